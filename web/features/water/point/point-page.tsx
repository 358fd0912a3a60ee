'use client';
import { IconPencil } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import { readFragment } from '../../../graphql/generated/fragment-masking.ts';
import {
  AlertRaisedDocument,
  LatestMeasurementsChangedDocument,
  PointFactsFragmentDoc,
  PointLatestFragmentDoc,
  PointStatusChangedDocument,
  WaterPointPageDocument,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useLive } from '../../../graphql/use-live.ts';
import { Link } from '../../../i18n/navigation.ts';
import { LiveNote } from '../../../shell/live-note.tsx';
import { type Scope, useScope } from '../../../shell/scope.ts';
import { useScopeQuery } from '../../../shell/use-scope-query.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { yearToDate } from '../../../ui/format/day-range.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { ZoneProvider } from '../../../ui/format/zone.tsx';
import { NoPermission } from '../../../ui/no-permission.tsx';
import { Page } from '../../../ui/page.tsx';
import { Panel } from '../../../ui/panel.tsx';
import { SiteTime } from '../../../ui/site-time.tsx';
import { SkeletonChart, SkeletonRows, SkeletonStats } from '../../../ui/skeleton.tsx';
import { useCoalesced } from '../../../ui/use-coalesced.ts';
import { AlertsPanel } from '../alerts/alerts-panel.tsx';
import { PointStateTag } from '../point-state-tag.tsx';
import waterClasses from '../water.module.css';
import { OutlookPanel } from './outlook/outlook-panel.tsx';
import classes from './point.module.css';
import { PointCharts } from './point-charts.tsx';
import { PointFacts } from './point-facts.tsx';
import { PointGroups } from './point-groups.tsx';
import { PointHeadline } from './point-headline.tsx';
import { PointHistory } from './point-history.tsx';
import { WaterRightPanel } from './water-right-panel.tsx';

/** One catchment point: what it says now, what it said, why its numbers are what they are, and what may be done. */
export function PointPage({ code }: { readonly code: string }) {
  const t = useTranslations();
  const can = useCan();
  const scope = useScope();
  if (can('telemetry:read')) return <OpenPoint code={code} scope={scope} />;
  return (
    <Page title={code} above={<BackToWater />}>
      <NoPermission what={t('pages.water')} />
    </Page>
  );
}

function OpenPoint({ code, scope }: { readonly code: string; readonly scope: Scope }) {
  const t = useTranslations('water');
  const { language } = useFormat();
  const mayWrite = useCan()('telemetry:write');
  const { data, isLoading, failed, failures, retry } = useGraph(
    WaterPointPageDocument,
    useMemo(() => ({ code, language, year: yearToDate(scope.today) }), [code, language, scope.today]),
  );
  const masked = data?.catchmentPoint ?? null;
  const point = readFragment(PointFactsFragmentDoc, masked);
  const pointId = masked?.id ?? '';
  const siteId = point?.site.id ?? '';
  const isUnknown = pointId === '';
  const askAgain = useCoalesced(retry, 1_000);
  useLive(
    LatestMeasurementsChangedDocument,
    useMemo(() => ({ pointIds: [pointId] }), [pointId]),
    { pause: isUnknown },
  );
  const sites = useMemo(() => ({ siteIds: [siteId] }), [siteId]);
  useLive(AlertRaisedDocument, sites, { pause: isUnknown, onEvent: askAgain });
  useLive(PointStatusChangedDocument, sites, { pause: isUnknown });
  const failure = failed ?? failureAt(failures, 'catchmentPoint');
  if (masked === null || point == null) {
    return (
      <Page title={code} above={<BackToWater />}>
        {isLoading ? (
          <PointSkeleton />
        ) : failure !== null ? (
          <ErrorState failure={failure} what={code} onRetry={retry} />
        ) : (
          <EmptyState title={t('point.unknown.title', { code })} hint={t('point.unknown.hint')} />
        )}
      </Page>
    );
  }
  const { latest } = readFragment(PointLatestFragmentDoc, masked);
  const about = [point.code, t(`types.${point.type}`), point.site.name].join(' · ');
  return (
    <ZoneProvider timeZone={point.timeZone}>
      <Page
        title={point.name}
        subtitle={
          <>
            <span>{about}</span>
            <SiteTime timeZone={point.timeZone} />
          </>
        }
        above={<BackToWater siteId={point.site.id} />}
        actions={
          <span className={classes.state}>
            <PointStateTag point={{ ...point, latest }} />
            <LiveNote />
            {mayWrite ? (
              <Link className={waterClasses.act} href={`/water/${encodeURIComponent(point.code)}/edit`}>
                <IconPencil size={15} aria-hidden="true" />
                {t('edit.open')}
              </Link>
            ) : null}
          </span>
        }
      >
        <PointHeadline point={point} latest={latest} />
        <div className={classes.body}>
          <AlertsPanel
            alerts={masked.openAlerts}
            siteId={point.site.id}
            isOfPoint
            failure={failureAt(failures, 'catchmentPoint.openAlerts')}
            onRetry={retry}
          />
          <div className={classes.stack}>
            <PointCharts key={point.id} point={point} latest={latest} scope={scope} />
            <OutlookPanel key={`outlook ${point.id}`} point={point} />
          </div>
          <div className={classes.stack}>
            <WaterRightPanel
              point={point}
              latest={latest}
              year={masked.year}
              days={masked.yearDays.points}
              today={scope.today}
            />
            <PointFacts point={point} />
          </div>
        </div>
        <PointGroups key={`groups ${point.id}`} point={point} scope={scope} />
        <PointHistory key={`history ${point.id}`} point={point} scope={scope} />
      </Page>
    </ZoneProvider>
  );
}

/** Back to the points of the place, with the period that was chosen. */
function BackToWater({ siteId }: { readonly siteId?: string }) {
  const t = useTranslations('water.point');
  const scope = useScopeQuery();
  const site = siteId === undefined ? {} : { site: siteId };
  return (
    <Link href={{ pathname: '/water', query: { ...scope, ...site } }} className={classes.back}>
      ← {t('back')}
    </Link>
  );
}

function PointSkeleton() {
  const t = useTranslations('water');
  return (
    <>
      <SkeletonStats count={3} />
      <div className={classes.body}>
        <Panel title={t('alerts.title')}>
          <SkeletonRows count={2} />
        </Panel>
        <Panel title={t('point.charts.title')}>
          <SkeletonChart height={620} />
        </Panel>
        <Panel title={t('point.facts.title')}>
          <SkeletonRows count={8} />
        </Panel>
      </div>
    </>
  );
}

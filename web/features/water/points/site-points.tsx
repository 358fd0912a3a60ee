'use client';
import { IconPlus } from '@tabler/icons-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useMemo } from 'react';
import { failureAt } from '../../../graphql/failures.ts';
import {
  AlertRaisedDocument,
  LatestMeasurementsChangedDocument,
  PointStatusChangedDocument,
  WaterSiteDocument,
} from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { useLive } from '../../../graphql/use-live.ts';
import { Link } from '../../../i18n/navigation.ts';
import { LiveNote } from '../../../shell/live-note.tsx';
import type { Scope, ScopeSite } from '../../../shell/scope.ts';
import { useCan } from '../../../shell/viewer.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { yearToDate } from '../../../ui/format/day-range.ts';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonChart, SkeletonRows, SkeletonStats } from '../../../ui/skeleton.tsx';
import { useCoalesced } from '../../../ui/use-coalesced.ts';
import { AlertsPanel } from '../alerts/alerts-panel.tsx';
import classes from '../water.module.css';
import { PointSeriesPanel } from './point-series-panel.tsx';
import { WaterHeadline } from './water-headline.tsx';
import { readWaterPoint } from './water-point.ts';

const PointsTable = dynamic(() => import('./points-table.tsx').then((module) => module.PointsTable), {
  ssr: false,
  loading: () => <SkeletonRows count={8} />,
});

const noPoints: readonly never[] = [];

/** The points of a site live, one of them over time, and what is wrong. */
export function SitePoints({ scope, site }: { readonly scope: Scope; readonly site: ScopeSite }) {
  const t = useTranslations('water');
  const { language } = useFormat();
  const mayWrite = useCan()('telemetry:write');
  const [openId, setOpenId] = useQueryState('point', parseAsString.withOptions({ history: 'replace' }));
  const answer = useGraph(
    WaterSiteDocument,
    useMemo(
      () => ({ site: site.id, range: scope.range, year: yearToDate(scope.today), language }),
      [site.id, scope.range, scope.today, language],
    ),
  );
  const masked = answer.data?.site?.catchmentPoints ?? noPoints;
  const points = useMemo(() => masked.map(readWaterPoint), [masked]);
  const pointIds = points.map((point) => point.id).join(' ');
  const variables = useMemo(() => ({ pointIds: pointIds.split(' ') }), [pointIds]);
  useLive(LatestMeasurementsChangedDocument, variables, { pause: pointIds === '' });

  const siteIds = useMemo(() => ({ siteIds: [site.id] }), [site.id]);
  const askAgain = useCoalesced(answer.retry, 1_000);
  useLive(AlertRaisedDocument, siteIds, { onEvent: askAgain });
  useLive(PointStatusChangedDocument, siteIds, {});

  if (answer.isLoading) return <WaterSkeleton />;
  const failure = answer.failed ?? failureAt(answer.failures, 'site.catchmentPoints');
  if (failure !== null || points.length === 0) {
    return (
      <Panel title={t('points')}>
        {failure !== null ? (
          <ErrorState failure={failure} what={t('points')} onRetry={answer.retry} />
        ) : (
          <EmptyState
            title={t('empty.title')}
            hint={t('empty.hint')}
            actions={mayWrite ? <NewPointLink site={site} /> : null}
          />
        )}
      </Panel>
    );
  }
  const open = points.find((point) => point.id === openId) ?? points[0];
  return (
    <>
      <WaterHeadline
        points={points}
        use={answer.data?.site?.waterUse}
        yearUse={answer.data?.site?.yearUse}
        scope={scope}
      />
      <div className={classes.grid}>
        <AlertsPanel
          alerts={answer.data?.site?.openAlerts ?? noPoints}
          siteId={site.id}
          failure={failureAt(answer.failures, 'site.openAlerts')}
          onRetry={answer.retry}
        />
        {open === undefined ? null : (
          <PointSeriesPanel point={open} siteId={site.id} range={scope.range} onZoom={scope.setRange} />
        )}
      </div>
      <Panel
        title={t('points')}
        aside={<LiveNote />}
        actions={mayWrite ? <NewPointLink site={site} /> : null}
        inset="flush"
      >
        <PointsTable
          points={points}
          openId={open?.id ?? null}
          onOpen={(id) => void setOpenId(id)}
          siteCode={site.code}
        />
      </Panel>
    </>
  );
}

/** The way to register a point at the site. */
function NewPointLink({ site }: { readonly site: ScopeSite }) {
  const t = useTranslations('water.edit');
  return (
    <Link className={classes.act} href={{ pathname: '/water/points/new', query: { site: site.id } }}>
      <IconPlus size={15} aria-hidden="true" />
      {t('make')}
    </Link>
  );
}

function WaterSkeleton() {
  const t = useTranslations('water');
  return (
    <>
      <SkeletonStats count={4} />
      <div className={classes.grid}>
        <Panel title={t('alerts.title')}>
          <SkeletonRows count={5} />
        </Panel>
        <Panel title={t('series')}>
          <SkeletonChart height={316} />
        </Panel>
      </div>
      <Panel title={t('points')}>
        <SkeletonRows count={6} />
      </Panel>
    </>
  );
}

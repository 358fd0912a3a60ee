'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, useQueryState } from 'nuqs';
import { useId, useMemo } from 'react';
import { failureAt } from '../../graphql/failures.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import {
  DailyMetricsChangedDocument,
  DashboardNumberFragmentDoc,
  FinanceDashboardDocument,
} from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import { useLive } from '../../graphql/use-live.ts';
import { LiveNote } from '../../shell/live-note.tsx';
import { type Me, useViewer } from '../../shell/viewer.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Freshness } from '../../ui/freshness.tsx';
import { NoPermission } from '../../ui/no-permission.tsx';
import { SkeletonStats } from '../../ui/skeleton.tsx';
import { StatRow } from '../../ui/stat.tsx';
import { useCoalesced } from '../../ui/use-coalesced.ts';
import { Choices } from './choices.tsx';
import classes from './finance.module.css';
import { MetricStat } from './metric-stat.tsx';

type Tab = Me['dashboards'][number];

/** The headline numbers that were granted to this person, tab by tab; which tab is in the address. */
export function DashboardHeadline({ companyId }: { readonly companyId: string }) {
  const t = useTranslations('finance.dashboard');
  const { dashboards } = useViewer();
  const headingId = useId();
  const [wanted, setWanted] = useQueryState('tab', parseAsString.withOptions({ history: 'replace' }));
  const tab = dashboards.find((one) => one === wanted) ?? dashboards[0];
  if (tab === undefined) return <NoPermission what={t('what')} />;
  return (
    <section className={classes.group} aria-labelledby={headingId}>
      <div className={classes.head}>
        <h2 id={headingId}>{t('title')}</h2>
        <Choices
          name={t('tab')}
          value={tab}
          options={dashboards.map((one) => ({ value: one, label: t(`tabs.${one}`) }))}
          onChange={(next) => void setWanted(next)}
        />
      </div>
      <TabNumbers key={tab} tab={tab} companyId={companyId} />
    </section>
  );
}

function TabNumbers({ tab, companyId }: { readonly tab: Tab; readonly companyId: string }) {
  const t = useTranslations('finance.dashboard');
  const format = useFormat();
  const answer = useGraph(
    FinanceDashboardDocument,
    useMemo(() => ({ tab }), [tab]),
  );
  const askAgain = useCoalesced(answer.retry, 2_000);
  useLive(
    DailyMetricsChangedDocument,
    useMemo(() => ({ companyIds: [companyId] }), [companyId]),
    { onEvent: askAgain },
  );
  if (answer.isLoading) return <SkeletonStats count={4} />;
  const failure = answer.failed ?? failureAt(answer.failures, 'dashboard');
  if (failure !== null) return <ErrorState failure={failure} what={t('what')} onRetry={answer.retry} />;
  const view = answer.data?.dashboard;
  const metrics = (view?.metrics ?? []).map((one) => readFragment(DashboardNumberFragmentDoc, one));
  if (view === undefined || metrics.every(({ current }) => current === null)) {
    return <EmptyState title={t('empty.title', { tab: t(`tabs.${tab}`) })} hint={t('empty.hint')} />;
  }
  return (
    <>
      <StatRow label={t(`tabs.${tab}`)}>
        {metrics.map((metric) => (
          <MetricStat key={metric.definition.id} metric={metric} />
        ))}
      </StatRow>
      <div className={classes.head}>
        <p>{t('period', { period: format.range(view) })}</p>
        <p>
          <Freshness source={t('source')} at={view.updatedAt} scheduleMs={scheduleMs} /> · <LiveNote />
        </p>
      </div>
    </>
  );
}

/** The warehouse is loaded every hour: numbers older than two are late. */
const scheduleMs = 2 * 60 * 60_000;

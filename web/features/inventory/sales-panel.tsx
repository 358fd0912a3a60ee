'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../graphql/failures.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import { DailyMetricValueFragmentDoc, InventorySalesDocument } from '../../graphql/generated/graphql.ts';
import { useGraph } from '../../graphql/use-graph.ts';
import type { Scope } from '../../shell/scope.ts';
import { BarSeries } from '../../ui/charts/lazy-chart.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonChart } from '../../ui/skeleton.tsx';
import { metricGrain } from '../finance/metric-grain.ts';
import { metricByDay, metricDays } from '../overview/daily-metrics.ts';

/** What the site sold and how many lines it picked for it, over the period; a stretch drawn over becomes the period. */
export function SalesPanel({
  scope,
  siteId,
  currency,
}: {
  readonly scope: Scope;
  readonly siteId: string;
  readonly currency: string;
}) {
  const t = useTranslations('inventory.sales');
  const format = useFormat();
  const { range, setRange } = scope;
  const grain = metricGrain(range);
  const answer = useGraph(
    InventorySalesDocument,
    useMemo(() => ({ site: siteId, range, grain }), [siteId, range, grain]),
  );
  const values = (answer.data?.site?.dailyMetrics ?? []).map((one) => readFragment(DailyMetricValueFragmentDoc, one));
  const days = metricDays(values);
  const failure = answer.failed ?? failureAt(answer.failures, 'site.dailyMetrics');
  const title = t(`title.${grain}`);
  return (
    <Panel title={title} aside={t('source')}>
      {answer.isLoading ? (
        <SkeletonChart height={246} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={t('what')} onRetry={answer.retry} />
      ) : days.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <BarSeries
          height={220}
          {...(grain === 'DAY' ? { onZoom: (from: string, to: string) => setRange({ from, to }) } : {})}
          data={{
            caption: title,
            positionLabel: t(`position.${grain}`),
            positions: days,
            tickText: (day) => format.day(day, false),
            fullText: (day) => format.day(day),
            series: [
              {
                id: 'revenue',
                label: t('revenue'),
                unit: currency,
                color: 'brand',
                digits: 0,
                values: metricByDay(values, 'revenue', days),
                write: (value) => format.money(value, currency),
              },
              {
                id: 'lines',
                label: t('lines'),
                unit: '',
                color: 'slate',
                digits: 0,
                kind: 'line',
                axis: 'right',
                values: metricByDay(values, 'order_lines', days),
              },
            ],
          }}
        />
      )}
    </Panel>
  );
}

'use client';
import { useTranslations } from 'next-intl';
import type { Failure } from '../../graphql/failures.ts';
import { type FragmentType, readFragment } from '../../graphql/generated/fragment-masking.ts';
import { DailyMetricValueFragmentDoc } from '../../graphql/generated/graphql.ts';
import { BarSeries } from '../../ui/charts/lazy-chart.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonChart } from '../../ui/skeleton.tsx';
import { metricByDay, metricDays } from './daily-metrics.ts';

/** Revenue and orders by day. */
export function SalesPanel({
  values,
  currency,
  isLoading,
  failure,
  onRetry,
}: {
  readonly values: readonly FragmentType<typeof DailyMetricValueFragmentDoc>[];
  /** Of the company's books, ISO 4217. */
  readonly currency: string;
  readonly isLoading: boolean;
  readonly failure: Failure | null;
  readonly onRetry: () => void;
}) {
  const t = useTranslations('overview.sales');
  const format = useFormat();
  const known = values.map((value) => readFragment(DailyMetricValueFragmentDoc, value));
  const days = metricDays(known);
  const money = known.find(({ metric, unit }) => metric === 'revenue' && /^[A-Z]{3}$/.test(unit))?.unit ?? currency;
  return (
    <Panel title={t('title')} aside={t('source')}>
      {isLoading ? (
        <SkeletonChart height={246} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={t('title')} onRetry={onRetry} />
      ) : days.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <BarSeries
          height={220}
          data={{
            caption: t('title'),
            positionLabel: t('day'),
            positions: days,
            tickText: (day) => format.day(day, false),
            fullText: (day) => format.day(day),
            series: [
              {
                id: 'revenue',
                label: t('revenue'),
                unit: money,
                color: 'brand',
                digits: 0,
                values: metricByDay(known, 'revenue', days),
                write: (value) => format.money(value, money),
              },
              {
                id: 'orders',
                label: t('orders'),
                unit: '',
                color: 'plum',
                digits: 0,
                kind: 'line',
                axis: 'right',
                values: metricByDay(known, 'orders', days),
              },
            ],
          }}
        />
      )}
    </Panel>
  );
}

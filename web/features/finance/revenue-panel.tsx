'use client';
import { useTranslations } from 'next-intl';
import type { Scope } from '../../shell/scope.ts';
import { BarSeries } from '../../ui/charts/lazy-chart.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonChart } from '../../ui/skeleton.tsx';
import { Choices } from './choices.tsx';
import type { FinanceSeries } from './use-finance-series.ts';

/** Revenue and orders over the period, of the whole company or of the site chosen above. */
export function RevenuePanel({
  series,
  scope,
  company,
}: {
  readonly series: FinanceSeries;
  readonly scope: Scope;
  readonly company: NonNullable<Scope['company']>;
}) {
  const t = useTranslations('finance.revenue');
  const format = useFormat();
  const title = t(`title.${series.grain}`);
  return (
    <Panel
      title={title}
      actions={
        scope.site === null ? null : (
          <Choices
            name={t('of')}
            value={series.of}
            options={[
              { value: 'company', label: t('all') },
              { value: 'site', label: t('site') },
            ]}
            onChange={series.setOf}
          />
        )
      }
    >
      {series.isLoading ? (
        <SkeletonChart height={266} />
      ) : series.failure !== null ? (
        <ErrorState failure={series.failure} what={t('what')} onRetry={series.retry} />
      ) : series.days.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <BarSeries
          height={240}
          {...(series.grain === 'DAY' ? { onZoom: (from: string, to: string) => scope.setRange({ from, to }) } : {})}
          data={{
            caption: title,
            positionLabel: t(`position.${series.grain}`),
            positions: series.days,
            tickText: (day) => format.day(day, false),
            fullText: (day) => format.day(day),
            series: [
              {
                id: 'revenue',
                label: t('revenue'),
                unit: company.currency,
                color: 'brand',
                digits: 0,
                values: series.revenue,
                write: (value) => format.money(value, company.currency),
              },
              {
                id: 'orders',
                label: t('orders'),
                unit: '',
                color: 'plum',
                digits: 0,
                kind: 'line',
                axis: 'right',
                values: series.orders,
              },
            ],
          }}
        />
      )}
    </Panel>
  );
}

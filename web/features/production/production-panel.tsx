'use client';
import { useTranslations } from 'next-intl';
import { BarSeries } from '../../ui/charts/lazy-chart.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import type { DayRange } from '../../ui/format/day-range.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import { Freshness } from '../../ui/freshness.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonChart } from '../../ui/skeleton.tsx';
import { useDailyProduction } from './use-daily-production.ts';

/** Tons by day, with and without the additive, and the loss over them. */
export function ProductionPanel({
  siteId,
  range,
  onZoom,
}: {
  readonly siteId: string;
  readonly range: DayRange;
  readonly onZoom?: (range: DayRange) => void;
}) {
  const t = useTranslations('production.chart');
  const format = useFormat();
  const daily = useDailyProduction(siteId, range);
  return (
    <Panel title={t(`title.${daily.grain}`)} aside={<Freshness source={t('source')} at={daily.changedAt} />}>
      {daily.isLoading ? (
        <SkeletonChart height={276} />
      ) : daily.failure !== null ? (
        <ErrorState failure={daily.failure} what={t('what')} onRetry={daily.retry} />
      ) : daily.days.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <BarSeries
          {...(onZoom === undefined ? {} : { onZoom: (from: string, to: string) => onZoom({ from, to }) })}
          data={{
            caption: t(`title.${daily.grain}`),
            positionLabel: t(`position.${daily.grain}`),
            positions: daily.days,
            tickText: (day) => format.day(day, false),
            fullText: (day) => format.day(day),
            series: [
              {
                id: 'with',
                label: t('with'),
                unit: 't',
                color: 'brand',
                digits: 1,
                stack: 'tons',
                values: daily.withAdiflow,
              },
              {
                id: 'without',
                label: t('without'),
                unit: 't',
                color: 'blue',
                digits: 1,
                stack: 'tons',
                values: daily.withoutAdiflow,
              },
              {
                id: 'sackoff',
                label: t('sackoff'),
                unit: '%',
                color: 'ochre',
                digits: 2,
                kind: 'line',
                axis: 'right',
                values: daily.sackoff,
              },
            ],
          }}
        />
      )}
    </Panel>
  );
}

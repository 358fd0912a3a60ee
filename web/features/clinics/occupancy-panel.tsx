'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { failureAt } from '../../graphql/failures.ts';
import type { ClinicSlotsQuery } from '../../graphql/generated/graphql.ts';
import type { GraphAnswer } from '../../graphql/use-graph.ts';
import { BarSeries } from '../../ui/charts/lazy-chart.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonChart } from '../../ui/skeleton.tsx';
import { occupancyOf } from './occupancy.ts';

/** How full the agenda of a day is, hour by hour. */
export function OccupancyPanel({
  slots,
  day,
  timeZone,
}: {
  readonly slots: GraphAnswer<ClinicSlotsQuery>;
  readonly day: string;
  readonly timeZone: string;
}) {
  const t = useTranslations('clinics.occupancy');
  const format = useFormat();
  const failure = slots.failed ?? failureAt(slots.failures, 'slots');
  const occupancy = useMemo(
    () =>
      occupancyOf(
        (slots.data?.slots.edges ?? []).map(({ node }) => node),
        timeZone,
      ),
    [slots.data, timeZone],
  );
  const title = t('title', { day: format.day(day, false) });
  return (
    <Panel
      title={title}
      aside={
        occupancy.takenPct === null ? undefined : (
          <span>{t('taken', { share: format.percent(occupancy.takenPct, { digits: 0 }) })}</span>
        )
      }
    >
      {slots.isLoading ? (
        <SkeletonChart height={266} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={t('what')} onRetry={slots.retry} />
      ) : occupancy.hours.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <BarSeries
          height={240}
          data={{
            caption: title,
            positionLabel: t('hour'),
            positions: occupancy.hours,
            tickText: (hour) => `${hour}:00`,
            fullText: (hour) => `${hour}:00–${hour}:59`,
            series: [
              { id: 'booked', label: t('booked'), color: 'brand', values: occupancy.booked, ...stacked },
              { id: 'held', label: t('held'), color: 'ochre', values: occupancy.held, ...stacked },
              { id: 'free', label: t('free'), color: 'slate', values: occupancy.free, ...stacked },
            ],
          }}
        />
      )}
    </Panel>
  );
}

const stacked = { unit: '', digits: 0, stack: 'slots' } as const;

'use client';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { WaterSchedulesDocument, type WaterSchedulesQuery } from '../../../graphql/generated/graphql.ts';
import { useGraph } from '../../../graphql/use-graph.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { useFormat } from '../../../ui/format/use-format.ts';
import { Panel } from '../../../ui/panel.tsx';
import { SkeletonRows } from '../../../ui/skeleton.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { SmallTable } from '../../../ui/table/small-table.tsx';
import type { TableColumn } from '../../../ui/table/table-column.ts';
import { PointAge } from '../point-age.tsx';
import { namedSchedule } from './named-schedules.ts';

type Schedule = WaterSchedulesQuery['telemetrySchedules'][number];

const tones = { RUNNING: 'brand', DONE: 'ok', FAILED: 'fault' } as const;
/** The most frequent of them run every minute. */
const againMs = 20_000;
const none = {};

/** What the platform does by the clock for the water: asking, watching, telling, reporting, and how each went. */
export function SchedulesPanel() {
  const t = useTranslations('water.schedules');
  const format = useFormat();
  const { data, isLoading, failed, retry } = useGraph(WaterSchedulesDocument, none);
  useEffect(() => {
    const timer = setInterval(retry, againMs);
    return () => clearInterval(timer);
  }, [retry]);
  const rows = data?.telemetrySchedules ?? [];
  const nameOf = ({ name }: Schedule) => {
    const named = namedSchedule(name);
    return named === null ? name : t(`names.${named}`);
  };
  const columns: readonly TableColumn<Schedule>[] = [
    { id: 'name', label: t('work'), value: nameOf, cell: (row) => <span title={row.name}>{nameOf(row)}</span> },
    {
      id: 'last',
      label: t('last'),
      align: 'end',
      value: (row) => row.startedAt,
      cell: (row) => <PointAge at={row.startedAt === null ? null : Date.parse(row.startedAt)} />,
    },
    {
      id: 'took',
      label: t('took'),
      align: 'end',
      isWide: true,
      value: (row) => row.tookMs,
      cell: (row) => (row.tookMs === null ? '–' : format.quantity(row.tookMs, 'ms', { digits: 0 })),
    },
    {
      id: 'next',
      label: t('next'),
      align: 'end',
      isWide: true,
      value: (row) => row.nextRunAt,
      cell: (row) => format.instant(row.nextRunAt),
    },
    {
      id: 'state',
      label: t('state'),
      align: 'end',
      value: (row) => row.state,
      cell: (row) => <ScheduleState schedule={row} />,
    },
  ];
  return (
    <Panel title={t('title')} aside={t('note')}>
      {isLoading && data === undefined ? (
        <SkeletonRows count={8} />
      ) : failed !== null ? (
        <ErrorState failure={failed} what={t('title')} onRetry={retry} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <SmallTable caption={t('title')} columns={columns} rows={rows} rowId={(row) => row.name} />
      )}
    </Panel>
  );
}

function ScheduleState({ schedule: { state, failures, error } }: { readonly schedule: Schedule }) {
  const t = useTranslations('water.schedules');
  if (state === null) return <StateTag tone="neutral">{t('states.NEVER')}</StateTag>;
  const text = state === 'FAILED' && failures > 1 ? t('failedTimes', { count: failures }) : t(`states.${state}`);
  return (
    <span title={error ?? undefined}>
      <StateTag tone={tones[state]}>{text}</StateTag>
    </span>
  );
}

'use client';
import { useTranslations } from 'next-intl';
import { failureAt } from '../../graphql/failures.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import {
  type AppointmentRowFragment,
  AppointmentRowFragmentDoc,
  type ClinicUpcomingQuery,
} from '../../graphql/generated/graphql.ts';
import type { GraphAnswer } from '../../graphql/use-graph.ts';
import { LiveNote } from '../../shell/live-note.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { SmallTable } from '../../ui/table/small-table.tsx';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { AppointmentTag } from './appointment-tag.tsx';
import classes from './clinics.module.css';

/** Who comes next, soonest first, and whether they said that they will; a name opens the appointment in its day. */
export function UpcomingPanel({
  upcoming,
  onOpen,
}: {
  readonly upcoming: GraphAnswer<ClinicUpcomingQuery>;
  readonly onOpen: (appointment: AppointmentRowFragment) => void;
}) {
  const t = useTranslations('clinics.upcoming');
  const format = useFormat();
  const failure = upcoming.failed ?? failureAt(upcoming.failures, 'upcomingAppointments');
  const list = upcoming.data?.upcomingAppointments;
  const rows = (list?.edges ?? []).map(({ node }) => readFragment(AppointmentRowFragmentDoc, node));
  const columns: readonly TableColumn<AppointmentRowFragment>[] = [
    {
      id: 'patient',
      label: t('patient'),
      value: (row) => row.patient?.name ?? '–',
      cell: (row) => (
        <button type="button" className={classes.name} onClick={() => onOpen(row)}>
          {row.patient?.name ?? '–'}
        </button>
      ),
    },
    {
      id: 'when',
      label: t('when'),
      align: 'end',
      value: (row) => row.startAt,
      cell: (row) => `${format.dayOf(row.startAt)}, ${format.clock(row.startAt)}`,
    },
    {
      id: 'state',
      label: t('state'),
      align: 'end',
      value: (row) => row.status,
      cell: (row) => <AppointmentTag appointment={row} />,
    },
  ];
  return (
    <Panel title={t('title')} aside={list === undefined ? <LiveNote /> : t('total', { count: list.totalCount })}>
      {upcoming.isLoading ? (
        <SkeletonRows count={6} />
      ) : failure !== null ? (
        <ErrorState failure={failure} what={t('title')} onRetry={upcoming.retry} />
      ) : rows.length === 0 ? (
        <EmptyState title={t('empty.title')} hint={t('empty.hint')} />
      ) : (
        <SmallTable caption={t('title')} columns={columns} rows={rows} rowId={(row) => row.id} />
      )}
    </Panel>
  );
}

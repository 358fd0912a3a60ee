'use client';
import { useTranslations } from 'next-intl';
import { parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs';
import { useMemo, useState } from 'react';
import { failureAt } from '../../graphql/failures.ts';
import { readFragment } from '../../graphql/generated/fragment-masking.ts';
import {
  type AppointmentRowFragment,
  AppointmentRowFragmentDoc,
  type ClinicAgendaQuery,
} from '../../graphql/generated/graphql.ts';
import type { GraphAnswer } from '../../graphql/use-graph.ts';
import { LiveNote } from '../../shell/live-note.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { FilterSelect, SearchField } from '../../ui/filters.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Panel } from '../../ui/panel.tsx';
import { SkeletonRows } from '../../ui/skeleton.tsx';
import { DataTable } from '../../ui/table/data-table.tsx';
import { useAppointmentColumns } from './appointment-columns.tsx';
import { AppointmentSheet } from './appointment-sheet.tsx';
import { appointmentState, appointmentStates } from './appointment-state.ts';
import classes from './clinics.module.css';
import { matchesAppointment } from './matches-appointment.ts';

const filterParsers = {
  state: parseAsStringLiteral(appointmentStates),
  specialty: parseAsString,
  appointment: parseAsString,
};

/** The appointments of a day: searched, filtered, exported, opened. */
export function AgendaPanel({
  agenda,
  day,
  siteCode,
}: {
  readonly agenda: GraphAnswer<ClinicAgendaQuery>;
  readonly day: string;
  readonly siteCode: string;
}) {
  const t = useTranslations('clinics');
  const format = useFormat();
  const [{ state, specialty, appointment }, setFilters] = useQueryStates(filterParsers, { history: 'replace' });
  // What is typed here are names of patients: it stays out of the address, and so out of histories and logs.
  const [search, setSearch] = useState('');
  const columns = useAppointmentColumns();
  const all = useMemo(
    () => (agenda.data?.appointments.edges ?? []).map(({ node }) => readFragment(AppointmentRowFragmentDoc, node)),
    [agenda.data],
  );
  const rows = useMemo(
    () =>
      all.filter(
        (row) =>
          (state === null || appointmentState(row) === state) &&
          (specialty === null || row.specialty?.code === specialty) &&
          matchesAppointment(row, search),
      ),
    [all, state, specialty, search],
  );
  const specialties = [...new Map(all.flatMap(({ specialty: one }) => (one === null ? [] : [[one.code, one.name]])))]
    .map(([value, label]) => ({ value, label }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  const states = appointmentStates.filter((one) => one === state || all.some((row) => appointmentState(row) === one));
  const failure = agenda.failed ?? failureAt(agenda.failures, 'appointments');
  const open = all.find((row) => row.id === appointment) ?? null;
  const title = t('agenda.on', { day: format.day(day, false) });
  return (
    <Panel title={title} aside={<LiveNote />} inset="flush">
      {failure !== null ? (
        <ErrorState failure={failure} what={t('agenda.title')} onRetry={agenda.retry} />
      ) : agenda.data !== undefined && all.length === 0 ? (
        <EmptyState title={t('agenda.empty.title')} hint={t('agenda.empty.hint')} />
      ) : (
        <DataTable
          caption={title}
          columns={columns}
          rows={rows}
          rowId={rowId}
          onOpen={(row) => void setFilters({ appointment: row.id })}
          openId={appointment}
          fileName={`${siteCode}-citas-${day}`}
          placeholder={
            agenda.data === undefined ? (
              <SkeletonRows count={8} />
            ) : (
              <EmptyState title={t('agenda.none.title')} hint={t('agenda.none.hint')} />
            )
          }
          filters={
            <span className={classes.filters}>
              <SearchField label={t('agenda.search')} value={search} onChange={setSearch} />
              <FilterSelect
                label={t('agenda.columns.state')}
                value={state}
                options={states.map((one) => ({ value: one, label: t(`states.${one}`) }))}
                all={t('agenda.allStates')}
                onChange={(next) => void setFilters({ state: next })}
              />
              <FilterSelect
                label={t('agenda.columns.specialty')}
                value={specialty}
                options={specialties}
                all={t('agenda.allSpecialties')}
                onChange={(next) => void setFilters({ specialty: next })}
              />
            </span>
          }
        />
      )}
      {open === null ? null : (
        <AppointmentSheet appointment={open} onClose={() => void setFilters({ appointment: null })} />
      )}
    </Panel>
  );
}

const rowId = (row: AppointmentRowFragment) => row.id;

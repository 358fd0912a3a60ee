'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import type { AppointmentRowFragment } from '../../graphql/generated/graphql.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import type { TableColumn } from '../../ui/table/table-column.ts';
import { appointmentState } from './appointment-state.ts';
import { AppointmentTag } from './appointment-tag.tsx';
import classes from './clinics.module.css';

/** The columns of a day's agenda. Of the patient it shows what the graph gives this viewer, and not the phone. */
export function useAppointmentColumns(): readonly TableColumn<AppointmentRowFragment>[] {
  const t = useTranslations('clinics');
  const format = useFormat();
  return useMemo((): readonly TableColumn<AppointmentRowFragment>[] => {
    return [
      {
        id: 'time',
        label: t('agenda.columns.time'),
        value: (row) => format.clock(row.startAt),
        cell: (row) => (
          <>
            {format.clock(row.startAt)}
            <span className={classes.until}>–{format.clock(row.endAt)}</span>
          </>
        ),
      },
      {
        id: 'patient',
        label: t('agenda.columns.patient'),
        value: (row) => row.patient?.name ?? null,
        cell: (row) => <span className={classes.cut}>{row.patient?.name ?? '–'}</span>,
      },
      {
        id: 'practitioner',
        label: t('agenda.columns.practitioner'),
        value: (row) => row.practitioner?.name ?? null,
        isWide: true,
      },
      {
        id: 'specialty',
        label: t('agenda.columns.specialty'),
        value: (row) => row.specialty?.name ?? null,
        isWide: true,
      },
      {
        id: 'channel',
        label: t('agenda.columns.channel'),
        value: (row) => t(`channels.${row.channel}`),
        isWide: true,
      },
      {
        id: 'state',
        label: t('agenda.columns.state'),
        align: 'end',
        value: (row) => t(`states.${appointmentState(row)}`),
        cell: (row) => <AppointmentTag appointment={row} />,
      },
    ];
  }, [t, format]);
}

'use client';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { AppointmentRowFragment } from '../../graphql/generated/graphql.ts';
import { useCan } from '../../shell/viewer.tsx';
import { Details } from '../../ui/details.tsx';
import { useFormat } from '../../ui/format/use-format.ts';
import { Sheet } from '../../ui/sheet.tsx';
import { AppointmentTag } from './appointment-tag.tsx';
import classes from './clinics.module.css';

/** One appointment in full. What the viewer may not know of the patient is not there, and it says so. */
export function AppointmentSheet({
  appointment,
  onClose,
}: {
  readonly appointment: AppointmentRowFragment;
  readonly onClose: () => void;
}) {
  const t = useTranslations('clinics');
  const format = useFormat();
  const mayKnow = useCan()('patients:read');
  const row = appointment;
  const rows: readonly (readonly [string, ReactNode] | null)[] = [
    [t('agenda.columns.state'), <AppointmentTag key="state" appointment={row} />],
    [t('sheet.when'), `${format.instant(row.startAt)}–${format.clock(row.endAt)}`],
    [t('agenda.columns.practitioner'), row.practitioner?.name ?? '–'],
    [t('agenda.columns.specialty'), row.specialty?.name ?? '–'],
    [t('agenda.columns.channel'), t(`channels.${row.channel}`)],
    [t('sheet.booked'), format.instant(row.createdAt)],
    row.confirmedAt === null ? null : [t('sheet.confirmed'), format.instant(row.confirmedAt)],
    row.cancelledAt === null ? null : [t('sheet.cancelled'), format.instant(row.cancelledAt)],
    row.cancellationReason === null ? null : [t('sheet.cancellationReason'), row.cancellationReason],
    mayKnow ? [t('sheet.phone'), row.patient?.phone ?? '–'] : null,
    mayKnow ? [t('sheet.reason'), row.reason ?? '–'] : null,
    row.patientNotes === null ? null : [t('sheet.notes'), row.patientNotes],
  ];
  return (
    <Sheet name={row.patient?.name ?? t('sheet.title')} side="right" onClose={onClose} hasTitle>
      <Details rows={rows.filter((one) => one !== null)} />
      {mayKnow ? null : <p className={classes.withheld}>{t('sheet.withheld')}</p>}
    </Sheet>
  );
}

'use client';
import { useTranslations } from 'next-intl';
import type { AppointmentRowFragment } from '../../graphql/generated/graphql.ts';
import { StateTag } from '../../ui/state-tag.tsx';
import { appointmentState, stateTones } from './appointment-state.ts';

/** The state of an appointment in a word. */
export function AppointmentTag({
  appointment,
}: {
  readonly appointment: Pick<AppointmentRowFragment, 'status' | 'needsConfirmation' | 'confirmedAt'>;
}) {
  const t = useTranslations('clinics.states');
  const state = appointmentState(appointment);
  return <StateTag tone={stateTones[state]}>{t(state)}</StateTag>;
}

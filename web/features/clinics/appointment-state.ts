import type { AppointmentRowFragment } from '../../graphql/generated/graphql.ts';
import type { StateTone } from '../../ui/state-tag.tsx';

export type AppointmentStatus = AppointmentRowFragment['status'];

/** What a front desk looks for: the statuses, and between booked and arrived whether the patient said they will come. */
export const appointmentStates = [
  'TO_CONFIRM',
  'CONFIRMED',
  'BOOKED',
  'PENDING',
  'ARRIVED',
  'FULFILLED',
  'NOSHOW',
  'CANCELLED',
  'PROPOSED',
] as const;
export type AppointmentState = (typeof appointmentStates)[number];

export const stateTones: Readonly<Record<AppointmentState, StateTone>> = {
  TO_CONFIRM: 'attention',
  CONFIRMED: 'brand',
  BOOKED: 'neutral',
  PENDING: 'neutral',
  ARRIVED: 'brand',
  FULFILLED: 'ok',
  NOSHOW: 'fault',
  CANCELLED: 'neutral',
  PROPOSED: 'neutral',
};

export function appointmentState({
  status,
  needsConfirmation,
  confirmedAt,
}: Pick<AppointmentRowFragment, 'status' | 'needsConfirmation' | 'confirmedAt'>): AppointmentState {
  if (needsConfirmation) return 'TO_CONFIRM';
  return status === 'BOOKED' && confirmedAt !== null ? 'CONFIRMED' : status;
}

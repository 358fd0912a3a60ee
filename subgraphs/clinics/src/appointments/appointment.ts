import type { Appointment as AppointmentRow } from '@cauce/prisma/client';

/** FHIR's states of an appointment. PROPOSED is a hold: it takes time and is nobody's appointment yet. */
export const appointmentStatuses = [
  'PROPOSED',
  'PENDING',
  'BOOKED',
  'ARRIVED',
  'FULFILLED',
  'CANCELLED',
  'NOSHOW',
] as const;
export type AppointmentStatus = (typeof appointmentStatuses)[number];

/** What a list shows unless it says otherwise. */
export const visibleStatuses = appointmentStatuses.filter((status) => status !== 'PROPOSED');

export const bookingChannels = ['WHATSAPP', 'STAFF', 'WEB', 'API'] as const;

/** A hold's token is a secret of who holds it, so reading leaves it out. */
export type Appointment = Omit<AppointmentRow, 'holdToken'>;

/** Can still be confirmed, moved or cancelled, as far as its state goes. */
export function isUpcoming({ status }: Pick<Appointment, 'status'>): boolean {
  return status === 'PENDING' || status === 'BOOKED';
}

/** Its state as the audit log keeps it: without what the patient said. */
export function auditState(appointment: Appointment) {
  const { id, clinicId, slotId, practitionerId, patientId, status, startAt, endAt, channel, version } = appointment;
  const { rescheduledFromId, confirmedAt, cancelledAt } = appointment;
  return {
    ...{ id, clinicId, slotId, practitionerId, patientId, status, startAt, endAt, channel, version },
    ...{ rescheduledFromId, confirmedAt, cancelledAt },
  };
}

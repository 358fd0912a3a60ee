import { defineTopic } from '@cauce/shared/events/domain-event';
import type { NewEvent } from '@cauce/shared/events/outbox';

export const appointmentChangeKinds = ['BOOKED', 'CONFIRMED', 'RESCHEDULED', 'CANCELLED'] as const;
export type AppointmentChangeKind = (typeof appointmentChangeKinds)[number];

/** Ids only: who is told of it reads the rest with their own rights. */
export interface AppointmentChanged {
  readonly kind: AppointmentChangeKind;
  readonly appointmentId: string;
  /** The appointment that this one takes the place of, when it was moved. */
  readonly previousAppointmentId: string | null;
  readonly clinicId: string;
  readonly slotId: string | null;
}

/** An appointment was booked, confirmed, moved or cancelled. */
export const appointmentChanged = defineTopic<AppointmentChanged>('clinics.appointmentChanged', { isPublic: true });

/** The day's numbers of a clinic are others now: an appointment changed, or a slot was held or let go. */
export const clinicStatsChanged = defineTopic<{ readonly clinicId: string }>('clinics.statsChanged');

interface Place {
  readonly clinicId: string;
  readonly siteId: string;
  readonly companyId: string;
}

/** What tells listeners of a clinic that its numbers changed. */
export function statsChange({ clinicId, siteId, companyId }: Place, occurredAt: Date): NewEvent {
  return { topic: clinicStatsChanged, companyId, siteId, key: clinicId, occurredAt, payload: { clinicId } };
}

/** What tells listeners and partners that an appointment changed. */
export function appointmentChange(
  appointment: Place & { readonly id: string; readonly slotId: string | null },
  kind: AppointmentChangeKind,
  occurredAt: Date,
  previousAppointmentId: string | null = null,
): NewEvent {
  const { id, clinicId, siteId, companyId, slotId } = appointment;
  const payload: AppointmentChanged = { kind, appointmentId: id, previousAppointmentId, clinicId, slotId };
  return { topic: appointmentChanged, companyId, siteId, key: id, occurredAt, payload };
}

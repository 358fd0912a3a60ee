import type { Slot } from '@cauce/prisma/client';
import type { Appointment } from '../appointments/appointment.ts';
import { SlotUnavailable } from './booking.errors.ts';
import type { BookingWrites, NewAppointment } from './booking.store.ts';

/** @throws SlotUnavailable when the slot is closed or has begun */
export function checkOpen({ id, status, startAt }: Pick<Slot, 'id' | 'status' | 'startAt'>, now: Date): void {
  if (status !== 'FREE') throw new SlotUnavailable('NOT_OPEN', id);
  if (startAt <= now) throw new SlotUnavailable('IN_THE_PAST', id);
}

/** The hold of a slot that a token stands for, as long as it lasts. @throws SlotUnavailable */
export function checkHold(hold: Appointment | null, slotId: string, now: Date): Appointment {
  if (hold === null || hold.slotId !== slotId || hold.status !== 'PROPOSED') {
    throw new SlotUnavailable('HOLD_UNKNOWN', slotId);
  }
  if (hold.heldUntil === null || hold.heldUntil <= now) throw new SlotUnavailable('HOLD_EXPIRED', slotId);
  return hold;
}

/** Columns that an appointment takes from its slot. */
export function placeOf(slot: Slot) {
  const { id: slotId, clinicId, siteId, companyId, practitionerId, specialtyId, startAt, endAt } = slot;
  return { slotId, clinicId, siteId, companyId, practitionerId, specialtyId, startAt, endAt };
}

export interface Taking {
  readonly slot: Slot;
  readonly patientId: string;
  /** The hold that becomes the appointment; without one the time is taken at once. */
  readonly holdToken: string | null;
  readonly columns: Pick<
    NewAppointment,
    'reason' | 'patientNotes' | 'channel' | 'conversationId' | 'rescheduledFromId' | 'createdBy'
  >;
}

/** Makes a slot the patient's: turns the hold into the appointment, or writes a new one. @throws SlotUnavailable */
export async function takeSlot(writes: BookingWrites, taking: Taking, now: Date): Promise<Appointment> {
  const { slot, patientId, holdToken, columns } = taking;
  const hold = holdToken === null ? null : checkHold(await writes.byToken(holdToken), slot.id, now);
  await writes.dropRunOutHolds({ ...slot, patientId }, now);
  if (hold === null)
    return writes.insert({ ...placeOf(slot), ...columns, status: 'BOOKED', patientId, createdAt: now });
  const booked = await writes.change(hold, {
    ...columns,
    status: 'BOOKED',
    patientId,
    heldUntil: null,
    createdAt: now,
  });
  if (booked === null) throw new SlotUnavailable('HOLD_UNKNOWN', slot.id);
  return booked;
}

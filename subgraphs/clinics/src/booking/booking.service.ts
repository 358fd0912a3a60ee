import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import { type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import { parseInput } from '@cauce/shared/errors/parse-input';
import { appendEvents } from '@cauce/shared/events/outbox';
import { type Appointment, auditState, isUpcoming } from '../appointments/appointment.ts';
import { type AppointmentChangeKind, appointmentChange, statsChange } from '../events.ts';
import { PatientAlreadyBooked, SlotUnavailable } from './booking.errors.ts';
import { type BookingStore, type BookingWrites, TimeTaken } from './booking.store.ts';
import { bookSchema, cancelSchema, confirmSchema, rescheduleSchema } from './booking-input.ts';
import { checkOpen, takeSlot } from './slot-rules.ts';

/**
 * Booking, and what happens to an appointment before it takes place. Each change is audited and announced in its own
 * transaction. All throw NotFound and ValidationFailed.
 */
export interface Booking {
  /**
   * Makes a slot a patient's. Asking again with the token that has been used for this patient answers the same
   * appointment. @throws SlotUnavailable, PatientAlreadyBooked or Conflict (`OTHER_COMPANY`)
   */
  book(input: unknown): Promise<Appointment>;
  /** @throws Conflict (`STALE`, `NOT_UPCOMING`, `ALREADY_STARTED`) */
  confirm(input: unknown): Promise<Appointment>;
  /** @throws Conflict (`STALE`, `NOT_UPCOMING`, `ALREADY_STARTED`) */
  cancel(input: unknown): Promise<Appointment>;
  /** Cancels the appointment and books another in its place, or does neither. @throws all of the above */
  reschedule(input: unknown): Promise<Appointment>;
}

export interface BookingDeps {
  readonly store: BookingStore;
  readonly clock: Clock;
  readonly actor: AuditActor;
}

export function createBooking({ store, clock, actor }: BookingDeps): Booking {
  const { viewer } = actor;
  const made = { channel: viewer.kind === 'apiKey' ? 'API' : 'STAFF', createdBy: viewer.userId } as const;

  const keep = async (
    tx: ScopedTransaction,
    {
      action,
      kind,
      before,
      after,
    }: { action: string; kind: AppointmentChangeKind } & Record<'before' | 'after', Appointment | null>,
  ): Promise<void> => {
    const about = after ?? before;
    if (about === null) return;
    const { id, companyId, siteId } = about;
    await recordAudit(tx, actor, {
      ...{ action, entityType: 'Appointment', entityId: id, companyId, siteId },
      before: before === null ? null : auditState(before),
      after: after === null ? null : auditState(after),
    });
    const at = clock.now();
    await appendEvents(unscoped(tx), [
      appointmentChange(about, kind, at, about.rescheduledFromId),
      statsChange(about, at),
    ]);
  };

  return {
    async book(input) {
      const { slotId, patientId, holdToken, reason, patientNotes } = parseInput(bookSchema, input);
      const work = store.transaction(async (writes, tx) => {
        const slot = await writes.lockSlot(slotId);
        if (slot === null) throw new NotFound('Slot');
        const patient = await writes.lockPatient(patientId);
        if (patient === null) throw new NotFound('Patient');
        if (patient.companyId !== slot.companyId) throw otherCompany();
        const earlier = holdToken === null ? null : await writes.byToken(holdToken);
        if (earlier?.slotId === slotId && earlier.patientId === patientId && isUpcoming(earlier)) return earlier;

        const now = clock.now();
        checkOpen(slot, now);
        const columns = { ...made, reason, patientNotes };
        const after = await takeSlot(writes, { slot, patientId, holdToken, columns }, now);
        await keep(tx, { action: 'clinics.bookAppointment', kind: 'BOOKED', before: null, after });
        return after;
      });
      return work.catch(refusalOf(slotId, () => patientId));
    },

    async confirm(input) {
      const { id, expectedVersion } = parseInput(confirmSchema, input);
      return store.transaction(async (writes, tx) => {
        const before = await changeable(writes, id, expectedVersion, clock.now());
        if (before.status === 'BOOKED' && before.confirmedAt !== null) return before;
        const after = await writes.change(before, { status: 'BOOKED', confirmedAt: clock.now() });
        if (after === null) throw stale();
        await keep(tx, { action: 'clinics.confirmAppointment', kind: 'CONFIRMED', before, after });
        return after;
      });
    },

    async cancel(input) {
      const { id, expectedVersion, reason } = parseInput(cancelSchema, input);
      return store.transaction(async (writes, tx) => {
        const before = await changeable(writes, id, expectedVersion, clock.now());
        const after = await writes.change(before, cancelled(clock.now(), reason));
        if (after === null) throw stale();
        await keep(tx, { action: 'clinics.cancelAppointment', kind: 'CANCELLED', before, after });
        return after;
      });
    },

    async reschedule(input) {
      const { id, slotId, holdToken, expectedVersion, reason } = parseInput(rescheduleSchema, input);
      let patientId = '';
      const work = store.transaction(async (writes, tx) => {
        const slot = await writes.lockSlot(slotId);
        if (slot === null) throw new NotFound('Slot');
        const now = clock.now();
        const before = await changeable(writes, id, expectedVersion, now);
        if (before.slotId === slotId) throw new Conflict('SAME_SLOT', 'The appointment has this slot already');
        if (before.companyId !== slot.companyId) throw otherCompany();
        patientId = before.patientId ?? '';
        if ((await writes.lockPatient(patientId)) === null) throw new NotFound('Patient');
        checkOpen(slot, now);

        // First let the old time go: the new one may overlap it.
        const old = await writes.change(before, cancelled(now, reason));
        if (old === null) throw stale();
        const { patientNotes, conversationId } = before;
        const columns = { ...made, reason: before.reason, patientNotes, conversationId, rescheduledFromId: id };
        const after = await takeSlot(writes, { slot, patientId, holdToken, columns }, now);
        await keep(tx, { action: 'clinics.rescheduleAppointment', kind: 'RESCHEDULED', before, after });
        if (old.clinicId !== after.clinicId) await appendEvents(unscoped(tx), [statsChange(old, now)]);
        return after;
      });
      return work.catch(refusalOf(slotId, () => patientId));
    },
  };
}

/** @throws NotFound or Conflict when the appointment cannot be changed any more, or is not the one that was seen */
async function changeable(
  writes: BookingWrites,
  id: string,
  expectedVersion: number | null,
  now: Date,
): Promise<Appointment> {
  const appointment = await writes.find(id);
  if (appointment === null || appointment.status === 'PROPOSED') throw new NotFound('Appointment');
  if (expectedVersion !== null && appointment.version !== expectedVersion) throw stale();
  if (!isUpcoming(appointment)) throw new Conflict('NOT_UPCOMING', `The appointment is ${appointment.status}`);
  if (appointment.startAt <= now) throw new Conflict('ALREADY_STARTED', 'The time of the appointment has come');
  return appointment;
}

function cancelled(cancelledAt: Date, cancellationReason: string | null) {
  return { status: 'CANCELLED', cancelledAt, cancellationReason } as const;
}

const stale = () => new Conflict('STALE', 'The appointment was changed by somebody else meanwhile: read it again');
const otherCompany = () => new Conflict('OTHER_COMPANY', 'The patient and the slot belong to different companies');

/** What the constraints refused, in the words of the mutation. */
function refusalOf(slotId: string, patientId: () => string) {
  return (error: unknown): never => {
    if (!(error instanceof TimeTaken)) throw error;
    throw error.whose === 'patient' ? new PatientAlreadyBooked(patientId()) : new SlotUnavailable('TAKEN', slotId);
  };
}

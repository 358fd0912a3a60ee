import type { Prisma, Slot } from '@cauce/prisma/client';
import { type ScopedClient, type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import type { Appointment } from '../appointments/appointment.ts';
import { excludedBy, isDeadlock } from '../database-refusals.ts';

export type NewAppointment = Prisma.AppointmentUncheckedCreateInput;
export type AppointmentChanges = Prisma.AppointmentUncheckedUpdateManyInput;

/** An exclusion constraint refused the time: the practitioner's or the patient's. */
export class TimeTaken extends Error {
  readonly whose: 'practitioner' | 'patient';

  constructor(whose: TimeTaken['whose']) {
    super(`The time of the ${whose} is taken`);
    this.whose = whose;
  }
}

/** Time that is about to be taken. */
export interface WantedTime {
  readonly practitionerId: string;
  readonly patientId: string | null;
  readonly startAt: Date;
  readonly endAt: Date;
}

/** What booking does inside one transaction. Slots are locked before patients and those before appointments. */
export interface BookingWrites {
  /** The slot, locked until the end: who wants the same one waits. With the minutes that its clinic holds a slot. */
  lockSlot(id: string): Promise<(Slot & { readonly holdMinutes: number }) | null>;
  /** The patient, locked until the end: two bookings of one patient follow each other. */
  lockPatient(id: string): Promise<{ readonly id: string; readonly companyId: string } | null>;
  find(id: string): Promise<Appointment | null>;
  byToken(token: string): Promise<Appointment | null>;
  /** Removes holds that have run out from this time: a hold is nothing any more when its time is over. */
  dropRunOutHolds(time: WantedTime, now: Date): Promise<void>;
  /** @throws TimeTaken through the transaction */
  insert(appointment: NewAppointment): Promise<Appointment>;
  /** Null when the appointment is no longer the one that was read. */
  change(before: Appointment, changes: AppointmentChanges): Promise<Appointment | null>;
  /** False when the hold is no longer one. */
  removeHold(hold: Appointment): Promise<boolean>;
}

const maxTries = 4;

/** Transactions of booking. The exclusion constraints decide who gets a time; what they refuse comes as TimeTaken. */
export function createBookingStore(client: ScopedClient) {
  const attempt = async <Value>(
    work: (writes: BookingWrites, tx: ScopedTransaction) => Promise<Value>,
    tries: number,
  ): Promise<Value> => {
    try {
      return await client.$transaction((tx) => work(writesIn(tx), tx));
    } catch (error) {
      if (isDeadlock(error) && tries < maxTries) return attempt(work, tries + 1);
      const constraint = excludedBy(error);
      if (constraint === null) throw error;
      throw new TimeTaken(constraint === 'appointments_patient_is_free' ? 'patient' : 'practitioner');
    }
  };
  return {
    transaction: <Value>(work: (writes: BookingWrites, tx: ScopedTransaction) => Promise<Value>): Promise<Value> =>
      attempt(work, 1),
  };
}

export type BookingStore = ReturnType<typeof createBookingStore>;

function writesIn(tx: ScopedTransaction): BookingWrites {
  const raw = unscoped(tx);
  const find = (id: string) => tx.appointment.findFirst({ where: { id }, omit: { holdToken: true } });
  return {
    async lockSlot(id) {
      await raw.$executeRaw`SELECT 1 FROM clinics.slots WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
      const row = await tx.slot.findFirst({ where: { id }, include: { clinic: { select: { holdMinutes: true } } } });
      if (row === null) return null;
      const { clinic, ...slot } = row;
      return { ...slot, holdMinutes: clinic.holdMinutes };
    },
    async lockPatient(id) {
      await raw.$executeRaw`SELECT 1 FROM clinics.patients WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
      return tx.patient.findFirst({ where: { id }, select: { id: true, companyId: true } });
    },
    find,
    byToken: (token) => tx.appointment.findFirst({ where: { holdToken: token }, omit: { holdToken: true } }),

    // Not kept to the viewer's rows: a run-out hold of another clinic would stand in the way of the same person too.
    async dropRunOutHolds({ practitionerId, patientId, startAt, endAt }, now) {
      await raw.$executeRaw`
        DELETE FROM clinics.appointments
        WHERE status = 'PROPOSED' AND held_until <= ${now}::timestamptz
          AND (practitioner_id = ${practitionerId}::uuid OR patient_id = ${patientId}::uuid)
          AND tstzrange(start_at, end_at) && tstzrange(${startAt}::timestamptz, ${endAt}::timestamptz)`;
    },

    async insert(appointment) {
      const { holdToken: _secret, ...row } = await tx.appointment.create({ data: appointment });
      return row;
    },

    async change({ id, version }, changes) {
      const { count } = await tx.appointment.updateMany({
        where: { id, version },
        data: { ...changes, version: { increment: 1 } },
      });
      return count === 0 ? null : find(id);
    },

    async removeHold({ id }) {
      const { count } = await tx.appointment.deleteMany({ where: { id, status: 'PROPOSED' } });
      return count > 0;
    },
  };
}

import { demoId } from '../demo-id.ts';
import { createRandom, type Random } from '../random.ts';
import type { DemoSlot } from './agenda.ts';
import type { DemoPatient } from './patients.ts';

/** A row of `clinics.appointments`. */
export interface DemoAppointment {
  readonly id: string;
  readonly clinic_id: string;
  readonly site_id: string;
  readonly company_id: string;
  readonly slot_id: string;
  readonly practitioner_id: string;
  readonly specialty_id: string;
  readonly patient_id: string | null;
  readonly status: 'PROPOSED' | 'PENDING' | 'BOOKED' | 'ARRIVED' | 'FULFILLED' | 'CANCELLED' | 'NOSHOW';
  readonly start_at: Date;
  readonly end_at: Date;
  readonly hold_token: string | null;
  readonly held_until: Date | null;
  readonly reason: string | null;
  readonly patient_notes: string | null;
  readonly channel: 'WHATSAPP' | 'STAFF' | 'WEB' | 'API';
  readonly is_overlap_allowed: boolean;
  readonly conversation_id: string | null;
  readonly rescheduled_from_id: string | null;
  readonly created_by: string | null;
  readonly confirmed_at: Date | null;
  readonly cancelled_at: Date | null;
  readonly cancellation_reason: string | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const pastCount = 1_190;
const futureCount = 807;
const holdCount = 3;
const dayMs = 86_400_000;

const reasons = [
  ...([
    'Control de rutina',
    'Dolor de cabeza persistente',
    'Revisión de exámenes',
    'Dolor lumbar',
    'Renovación de receta',
  ] as const),
  ...([
    'Control de presión',
    'Tos desde hace una semana',
    'Chequeo preventivo',
    'Molestia en la rodilla',
    'Segundo control',
  ] as const),
] as const;
const cancellations = [
  'No puede asistir',
  'Cambio de turno',
  'Se siente mejor',
  'Viaje',
  'La profesional no atiende ese día',
] as const;

/** 2,000 appointments on the slots: what happened, what is to come, and three holds of this minute. */
export function demoAppointments(
  slots: readonly DemoSlot[],
  patients: readonly DemoPatient[],
  now: Date,
): DemoAppointment[] {
  const random = createRandom('clinics.appointments');
  const open = slots.filter(({ isClosed }) => !isClosed);
  const past = choose(
    open.filter(({ startAt }) => startAt <= now),
    pastCount,
    random,
    () => 1,
  );
  const future = choose(
    open.filter(({ startAt }) => startAt > now),
    futureCount + holdCount,
    random,
    ({ startAt }) => Math.exp((now.getTime() - startAt.getTime()) / (12 * dayMs)),
  );
  const pickPatient = patientPicker(patients, random);
  const rows = [
    ...past.map((slot) => pastAppointment(slot, pickPatient(slot), now, random)),
    ...future.slice(holdCount).map((slot) => futureAppointment(slot, pickPatient(slot), now, random)),
    ...future.slice(0, holdCount).map((slot, index) => hold(slot, index, now)),
  ];
  return linkMoved(rows);
}

/** So many of the slots, likelier the heavier, in random order. */
function choose(
  slots: readonly DemoSlot[],
  count: number,
  random: Random,
  weight: (slot: DemoSlot) => number,
): DemoSlot[] {
  return slots
    .map((slot) => ({ slot, key: Math.log(1 - random.next()) / weight(slot) }))
    .sort((left, right) => right.key - left.key)
    .slice(0, count)
    .map(({ slot }) => slot);
}

/** Nobody comes twice on one day, so no patient is in two places at once. */
function patientPicker(patients: readonly DemoPatient[], random: Random): (slot: DemoSlot) => DemoPatient {
  const byCompany = Map.groupBy(patients, ({ companyId }) => companyId);
  const seen = new Set<string>();
  return ({ practitioner, day }) => {
    const candidates = byCompany.get(practitioner.clinic.site.companyId) ?? [];
    let place = random.int(0, candidates.length - 1);
    for (let tries = 0; tries < candidates.length; tries += 1, place = (place + 1) % candidates.length) {
      const patient = candidates[place];
      if (patient === undefined || seen.has(`${patient.id}:${day}`)) continue;
      seen.add(`${patient.id}:${day}`);
      return patient;
    }
    throw new Error('There are fewer patients than appointments on a day');
  };
}

function base({ id, practitioner, startAt, endAt }: DemoSlot): DemoAppointment {
  const { clinic, specialty } = practitioner;
  return {
    ...{
      id: demoId('appointment', id),
      clinic_id: clinic.id,
      site_id: clinic.site.id,
      company_id: clinic.site.companyId,
    },
    ...{ slot_id: id, practitioner_id: practitioner.id, specialty_id: specialty.id, patient_id: null },
    ...{ status: 'BOOKED', start_at: startAt, end_at: endAt, hold_token: null, held_until: null, reason: null },
    ...{ patient_notes: null, channel: 'STAFF', is_overlap_allowed: false, conversation_id: null },
    ...{
      rescheduled_from_id: null,
      created_by: null,
      confirmed_at: null,
      cancelled_at: null,
      cancellation_reason: null,
    },
    ...{ version: 1, created_at: startAt, updated_at: startAt },
  };
}

function pastAppointment(slot: DemoSlot, patient: DemoPatient, now: Date, random: Random): DemoAppointment {
  const made = common(slot, patient, new Date(slot.startAt.getTime() - random.between(0.1, 18) * dayMs), random);
  const fate = random.next();
  if (fate < 0.13) return cancelled(made, slot.startAt, random);
  const isNow = slot.endAt > now;
  const status = fate < 0.22 && !isNow ? 'NOSHOW' : isNow ? 'ARRIVED' : 'FULFILLED';
  const isConfirmed = random.chance(status === 'NOSHOW' ? 0.35 : 0.8);
  const confirmedAt = isConfirmed ? between(made.created_at, slot.startAt, random) : null;
  return { ...made, status, confirmed_at: confirmedAt, version: 3, updated_at: slot.endAt < now ? slot.endAt : now };
}

function futureAppointment(slot: DemoSlot, patient: DemoPatient, now: Date, random: Random): DemoAppointment {
  // Some of them were made this morning.
  const made = common(slot, patient, new Date(now.getTime() - random.between(0, 16) * dayMs), random);
  const fate = random.next();
  if (fate < 0.1) return cancelled(made, now, random);
  if (fate < 0.18) return { ...made, status: 'PENDING' };
  const daysAhead = (slot.startAt.getTime() - now.getTime()) / dayMs;
  if (!random.chance(daysAhead < 2 ? 0.75 : 0.15)) return made;
  const confirmedAt = between(made.created_at, now, random);
  return { ...made, confirmed_at: confirmedAt, version: 2, updated_at: confirmedAt };
}

function common(slot: DemoSlot, patient: DemoPatient, createdAt: Date, random: Random): DemoAppointment {
  const channel = random.chance(0.55) ? 'WHATSAPP' : random.chance(0.8) ? 'STAFF' : 'WEB';
  const [account] = slot.practitioner.clinic.staff;
  return {
    ...base(slot),
    patient_id: patient.id,
    reason: random.pick(reasons),
    channel,
    created_by: channel === 'STAFF' && account !== undefined ? demoId('user', account) : null,
    created_at: createdAt,
    updated_at: createdAt,
  };
}

function cancelled(made: DemoAppointment, until: Date, random: Random): DemoAppointment {
  const at = between(made.created_at, until, random);
  const reason = random.pick(cancellations);
  return { ...made, status: 'CANCELLED', cancelled_at: at, cancellation_reason: reason, version: 2, updated_at: at };
}

function hold(slot: DemoSlot, index: number, now: Date): DemoAppointment {
  return {
    ...base(slot),
    status: 'PROPOSED',
    hold_token: demoId('hold', String(index)),
    held_until: new Date(now.getTime() + (4 + 2 * index) * 60_000),
    created_at: now,
    updated_at: now,
  };
}

/** Some cancelled appointments were moved: the same patient has a later one of the same specialty in its place. */
function linkMoved(rows: readonly DemoAppointment[]): DemoAppointment[] {
  const later = new Map<string, DemoAppointment>();
  for (const row of rows) if (row.status === 'BOOKED') later.set(`${row.patient_id}:${row.specialty_id}`, row);
  const movedFrom = new Map<string, string>();
  for (const row of rows) {
    const next = row.status === 'CANCELLED' ? later.get(`${row.patient_id}:${row.specialty_id}`) : undefined;
    if (next !== undefined && next.start_at > row.start_at) movedFrom.set(next.id, row.id);
  }
  return rows.map((row) => ({ ...row, rescheduled_from_id: movedFrom.get(row.id) ?? null }));
}

function between(from: Date, to: Date, random: Random): Date {
  return new Date(from.getTime() + Math.max(0, to.getTime() - from.getTime()) * random.next());
}

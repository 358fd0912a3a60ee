import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type pg from 'pg';
import { describe, expect, test } from 'vitest';
import { migratedDatabase } from './test-support/databases.ts';

const { pool } = await migratedDatabase();

/** Codes of Postgres, as the errors carry them. */
const uniqueViolation = { code: '23505' };
const exclusionViolation = { code: '23P01' };
const checkViolation = { code: '23514' };
const deadlock = { code: '40P01' };
const refused = { code: '23001' };

describe('appointments', () => {
  test('of one practitioner cannot overlap, even when two connections insert at once', async () => {
    const clinic = await addClinic();
    const first = await pool.connect();
    const second = await pool.connect();
    try {
      await first.query('BEGIN');
      await second.query('BEGIN');
      await book(clinic, { from: 0, to: 30, patient: await addPatient(clinic) }, first);
      const rival = book(clinic, { from: 15, to: 45, patient: await addPatient(clinic) }, second);
      const outcome = expect(rival).rejects.toMatchObject(exclusionViolation);
      await first.query('COMMIT');
      await outcome;
      await second.query('ROLLBACK');
    } finally {
      first.release();
      second.release();
    }
    await book(clinic, { from: 30, to: 60, patient: await addPatient(clinic) });
    expect(await countAppointments(clinic)).toBe(2);
  });

  test('of one patient cannot overlap, with whichever practitioner', async () => {
    const clinic = await addClinic();
    const other = await addPractitioner(clinic);
    const patient = await addPatient(clinic);
    await book(clinic, { from: 0, to: 30, patient });
    await expect(book({ ...clinic, practitioner: other }, { from: 10, to: 20, patient })).rejects.toMatchObject(
      exclusionViolation,
    );
    await book({ ...clinic, practitioner: other }, { from: 30, to: 40, patient });
  });

  test('take time: an empty one would overlap with nothing and is refused', async () => {
    const clinic = await addClinic();
    await expect(book(clinic, { from: 5, to: 5, status: 'PROPOSED' })).rejects.toMatchObject(checkViolation);
  });

  test('give their time back when they are cancelled, and a hold takes it like a booking', async () => {
    const clinic = await addClinic();
    const held = await book(clinic, { from: 0, to: 30, status: 'PROPOSED' });
    await expect(book(clinic, { from: 0, to: 30, status: 'PROPOSED' })).rejects.toMatchObject(exclusionViolation);
    await pool.query(`UPDATE clinics.appointments SET status = 'CANCELLED' WHERE id = $1`, [held]);
    await book(clinic, { from: 0, to: 30, status: 'PROPOSED' });
  });

  test('may overlap only when that is labelled and has a reason', async () => {
    const clinic = await addClinic();
    await book(clinic, { from: 0, to: 30, patient: await addPatient(clinic) });
    const overlap = { from: 0, to: 30, patient: await addPatient(clinic) };
    await expect(book(clinic, { ...overlap, overlapReason: ' ' })).rejects.toMatchObject(checkViolation);
    await book(clinic, { ...overlap, overlapReason: 'urgent' });
    expect(await countAppointments(clinic)).toBe(2);
  });

  test('need a patient unless they are holds, and holds need an end', async () => {
    const clinic = await addClinic();
    await expect(book(clinic, { from: 0, to: 30 })).rejects.toMatchObject(checkViolation);
    const held = await book(clinic, { from: 0, to: 30, status: 'PROPOSED' });
    await expect(
      pool.query('UPDATE clinics.appointments SET held_until = NULL WHERE id = $1', [held]),
    ).rejects.toMatchObject(checkViolation);
    await expect(
      pool.query(`UPDATE clinics.appointments SET status = 'BOOKED' WHERE id = $1`, [held]),
    ).rejects.toMatchObject(checkViolation);
  });

  test('never overlap after any set of bookings made in parallel, and only clashing ones are refused', async () => {
    const intervals = fc.array(
      fc.record({ from: fc.integer({ min: 0, max: 40 }), length: fc.integer({ min: 1, max: 15 }) }),
      { minLength: 2, maxLength: 16 },
    );
    await fc.assert(
      fc.asyncProperty(intervals, async (wishes) => {
        const clinic = await addClinic();
        const asked = wishes.map(({ from, length }) => ({ from, to: from + length, status: 'PROPOSED' }));
        const outcomes = await Promise.allSettled(asked.map((wish) => book(clinic, wish)));
        const taken = asked.filter((_, index) => outcomes[index]?.status === 'fulfilled');
        const clashes = (a: Wish, b: Wish) => a !== b && a.from < b.to && b.from < a.to;
        expect(taken.length).toBeGreaterThan(0);
        expect(taken.filter((wish) => taken.some((other) => clashes(wish, other)))).toEqual([]);
        const left = asked.filter((wish) => !taken.includes(wish));
        // Two that wait for each other may end as a deadlock, whose victim clashes with a wish that is refused as well.
        expect(left.filter((wish) => !asked.some((other) => clashes(wish, other)))).toEqual([]);
        const refusals = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'taken'));
        expect(['taken', exclusionViolation.code, deadlock.code]).toEqual(expect.arrayContaining(refusals));
      }),
      { numRuns: 25 },
    );
  });
});

describe('slots and conversations', () => {
  test('slots of one practitioner cannot overlap', async () => {
    const clinic = await addClinic();
    const [specialty] = await rows(
      `INSERT INTO clinics.specialties (code, name) VALUES ('GEN', 'General') RETURNING id`,
    );
    const open = (from: number, to: number) =>
      pool.query(
        `INSERT INTO clinics.slots (clinic_id, site_id, company_id, practitioner_id, specialty_id, start_at, end_at)
         VALUES ($1, $2, $2, $3, $4, ${at(5)}, ${at(6)})`,
        [clinic.id, clinic.site, clinic.practitioner, specialty?.id, from, to],
      );
    await open(0, 30);
    await open(30, 60);
    await expect(open(15, 45)).rejects.toMatchObject(exclusionViolation);
    await expect(open(90, 90)).rejects.toMatchObject(checkViolation);
  });

  test('one conversation is open per clinic and phone, and a stale writer is refused', async () => {
    const clinic = await addClinic();
    const start = () =>
      rows(
        `INSERT INTO clinics.conversations (clinic_id, site_id, company_id, phone) VALUES ($1, $2, $2, '+56955500001') RETURNING id`,
        [clinic.id, clinic.site],
      );
    const [conversation] = await start();
    await expect(start()).rejects.toMatchObject(uniqueViolation);
    const write = (token: number) =>
      pool.query('UPDATE clinics.conversations SET fencing_token = $2, unread_count = 1 WHERE id = $1', [
        conversation?.id,
        token,
      ]);
    await write(2);
    await expect(write(1)).rejects.toMatchObject(refused);
    await pool.query('UPDATE clinics.conversations SET closed_at = now()');
    await start();
  });

  test('one inbound message is stored once, however often it is delivered', async () => {
    const deliver = () =>
      pool.query(
        `INSERT INTO clinics.webhook_inbox (phone_number_id, key, ordering_key, payload) VALUES ('1', 'message:wamid.A', 'p', '{}')`,
      );
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, deliver));
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1);
  });
});

interface Clinic {
  readonly id: unknown;
  readonly site: string;
  readonly practitioner: unknown;
}

interface Wish {
  readonly from: number;
  readonly to: number;
}

interface Booking extends Wish {
  readonly patient?: unknown;
  readonly status?: string;
  readonly overlapReason?: string;
}

async function rows(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await pool.query<Record<string, unknown>>(sql, values)).rows;
}

async function countAppointments({ id }: Clinic): Promise<number> {
  return Number((await rows('SELECT count(*) AS n FROM clinics.appointments WHERE clinic_id = $1', [id]))[0]?.n);
}

/** Minutes after a fixed instant, given as the numbered parameter. */
const at = (parameter: number) => `timestamptz '2026-01-05 12:00Z' + make_interval(mins => $${parameter}::int)`;

async function addClinic(): Promise<Clinic> {
  const site = randomUUID();
  const [clinic] = await rows(
    `INSERT INTO clinics.clinics (site_id, company_id, code, name) VALUES ($1, $1, gen_random_uuid()::text, 'Clínica') RETURNING id`,
    [site],
  );
  return { id: clinic?.id, site, practitioner: await addPractitioner({ site }) };
}

async function addPractitioner({ site }: Pick<Clinic, 'site'>): Promise<unknown> {
  const [practitioner] = await rows(
    `INSERT INTO clinics.practitioners (company_id, name) VALUES ($1, 'Dra.') RETURNING id`,
    [site],
  );
  return practitioner?.id;
}

async function addPatient({ site }: Clinic): Promise<unknown> {
  const [patient] = await rows(
    `INSERT INTO clinics.patients (company_id, document_number, name) VALUES ($1, $2, 'P') RETURNING id`,
    [site, randomUUID()],
  );
  return patient?.id;
}

async function book(clinic: Clinic, booking: Booking, connection: pg.Pool | pg.PoolClient = pool): Promise<unknown> {
  const isHold = booking.status === 'PROPOSED';
  const { rows: made } = await connection.query<{ id: string }>(
    `INSERT INTO clinics.appointments (clinic_id, site_id, company_id, practitioner_id, patient_id, status, start_at, end_at,
       hold_token, held_until, is_overlap_allowed, overlap_reason)
     VALUES ($1, $2, $2, $3, $4, $5::text::clinics.appointment_status, ${at(6)}, ${at(7)}, $8, $9, $10, $11) RETURNING id`,
    [
      clinic.id,
      clinic.site,
      clinic.practitioner,
      booking.patient ?? null,
      booking.status ?? 'BOOKED',
      booking.from,
      booking.to,
      isHold ? randomUUID() : null,
      isHold ? new Date('2026-01-01T00:00:00Z') : null,
      booking.overlapReason !== undefined,
      booking.overlapReason ?? null,
    ],
  );
  return made[0]?.id;
}

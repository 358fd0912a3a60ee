import { describe, expect, it } from 'vitest';
import { migratedDatabase } from '../test-support/databases.ts';
import { seedClinics } from './clinics.ts';

const { pool } = await migratedDatabase();
const now = new Date('2026-11-20T15:40:00Z');
await seedClinics(pool, now);

const one = async (sql: string): Promise<Record<string, unknown>> => (await pool.query(sql)).rows[0];
const counts = () =>
  one(`SELECT (SELECT count(*)::int FROM clinics.clinics) AS clinics,
    (SELECT count(*)::int FROM clinics.practitioners) AS practitioners,
    (SELECT count(*)::int FROM clinics.appointments) AS appointments,
    (SELECT count(*)::int FROM platform.outbox) AS events,
    (SELECT md5(string_agg(a::text, '' ORDER BY id)) FROM clinics.appointments a) AS content,
    (SELECT md5(string_agg(s::text, '' ORDER BY id)) FROM clinics.slots s) AS agenda,
    (SELECT count(*)::int FROM clinics.messages) AS messages`);

describe('seedClinics', () => {
  it('makes three clinics, twelve practitioners and 2,000 appointments and tells nobody', async () => {
    expect(await counts()).toMatchObject({ clinics: 3, practitioners: 12, appointments: 2_000, events: 0 });
  });

  it('changes nothing when it runs again, be it a day later', async () => {
    const before = await counts();
    await seedClinics(pool, now);
    await seedClinics(pool, new Date(now.getTime() + 86_400_000));
    expect(await counts()).toEqual(before);
  });

  it('opens a month back and a month ahead, with lunch, Sundays for duty only and holidays', async () => {
    const agenda = await one(`WITH local AS (
        SELECT s.*, s.start_at AT TIME ZONE 'America/Santiago' AS clock FROM clinics.slots s)
      SELECT min(clock)::date::text AS first, max(clock)::date::text AS last, count(*)::int AS slots,
        count(*) FILTER (WHERE clock::time >= '13:20' AND clock::time < '14:00' AND extract(isodow FROM clock) < 6
          AND to_char(clock, 'MM-DD') NOT IN ('11-01', '12-08', '10-31'))::int AS lunch,
        count(DISTINCT practitioner_id) FILTER (WHERE extract(isodow FROM clock) = 7)::int AS sunday_people,
        count(DISTINCT practitioner_id) FILTER (WHERE clock::date = '2026-12-08')::int AS holiday_people
      FROM local`);
    expect(agenda).toMatchObject({
      first: '2026-10-21',
      last: '2026-12-20',
      lunch: 0,
      sunday_people: 3,
      holiday_people: 3,
    });
    expect(agenda.slots).toBeGreaterThan(6_000);
  });

  it('has every status, each where it belongs in time, and every state of a conversation', async () => {
    const life = await one(`SELECT count(DISTINCT status)::int AS statuses,
      count(*) FILTER (WHERE status = 'NOSHOW')::int AS no_shows,
      count(*) FILTER (WHERE status IN ('FULFILLED', 'NOSHOW', 'ARRIVED') AND start_at > '${now.toISOString()}')::int AS too_early,
      count(*) FILTER (WHERE status IN ('BOOKED', 'PENDING', 'PROPOSED') AND start_at <= '${now.toISOString()}')::int AS too_late,
      count(*) FILTER (WHERE created_at > '${now.toISOString()}' OR updated_at > '${now.toISOString()}')::int AS from_the_future,
      count(*) FILTER (WHERE rescheduled_from_id IS NOT NULL)::int AS moved,
      count(*) FILTER (WHERE conversation_id IS NOT NULL)::int AS in_talks,
      count(*) FILTER (WHERE status <> 'CANCELLED' AND (start_at AT TIME ZONE 'America/Santiago')::date = '2026-11-20')::int AS today,
      count(DISTINCT clinic_id) FILTER (WHERE (start_at AT TIME ZONE 'America/Santiago')::date = '2026-11-20')::int AS clinics_today,
      (SELECT count(DISTINCT state)::int FROM clinics.conversations) AS states
      FROM clinics.appointments`);
    expect(life).toMatchObject({
      statuses: 7,
      too_early: 0,
      too_late: 0,
      from_the_future: 0,
      clinics_today: 3,
      states: 8,
    });
    expect(life.no_shows).toBeGreaterThan(60);
    for (const kind of ['moved', 'in_talks', 'today']) expect(life[kind], kind).toBeGreaterThan(2);
  });

  it.each(['2026-11-23T01:30:00Z', '2027-01-01T15:00:00Z'])(
    'has a day to show on a Sunday or holiday: %s',
    async (instant) => {
      await pool.query(
        'TRUNCATE clinics.clinics, clinics.practitioners, clinics.specialties, clinics.patients CASCADE',
      );
      await seedClinics(pool, new Date(instant));
      const { today } = await one(`SELECT count(*)::int AS today FROM clinics.appointments
      WHERE (start_at AT TIME ZONE 'America/Santiago')::date = ('${instant}'::timestamptz AT TIME ZONE 'America/Santiago')::date`);
      expect(today).toBeGreaterThan(2);
    },
  );
});

import { testDatabase } from '@cauce/shared/test/test-database';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../intake/message-store.ts';
import { addPoint, bodyOf, type TestPoint } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';
import { learnCadence } from './learn-cadence.ts';
import { watchSilence } from './watch-silence.ts';

const db = await testDatabase();
const now = new Date('2026-11-20T12:00:00Z');
const world = await telemetryWorld(db, { clock: { now: () => now } });
const store = createMessageStore(world.deps, 'cauce');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

type Values = Readonly<Record<string, number>>;
/** Readings so many minutes ago, each taken as it came. */
async function spoken(point: TestPoint, minutesAgo: readonly number[], values: (ago: number) => Values): Promise<void> {
  await store(
    minutesAgo.map((ago) => ({
      topic: `cauce/${point.code}/up`,
      payload: Buffer.from(bodyOf(later(-ago), values(ago))),
    })),
  );
  await db.pool.query('UPDATE telemetry.measurements SET processed_at = measured_at WHERE point_id = $1', [point.id]);
}
const every = (minutes: number, hours: number) =>
  Array.from({ length: Math.floor((hours * 60) / minutes) + 1 }, (_, index) => index * minutes).toReversed();
const level = () => ({ level: 3 });
const silences = async (point: TestPoint, at: Date) => {
  await watchSilence(db.client, at);
  const { rows } = await db.pool.query<{ variable: string | null; status: string; evidence: object }>(
    `SELECT variable::text, status::text, evidence FROM telemetry.alerts WHERE point_id = $1 AND status <> 'RESOLVED' ORDER BY opened_at`,
    [point.id],
  );
  return rows;
};
const learned = async (point: TestPoint) =>
  (
    await db.pool.query<{ cadence: number | null; usual: number | null }>(
      `SELECT cadence_seconds AS cadence, usual_gap_seconds AS usual FROM telemetry.latest_measurements WHERE point_id = $1`,
      [point.id],
    )
  ).rows[0];

describe('the cadence of a quantity', () => {
  it('is learned from its own readings, whatever its point is set to, and not from a few', async () => {
    const [slow, fresh] = [await addPoint(db, { samplingMinutes: 5 }), await addPoint(db, { samplingMinutes: 5 })];
    await spoken(slow, every(60, 48), level);
    await spoken(fresh, every(60, 12), level);
    await learnCadence(db.client, now);
    expect(await learned(slow)).toEqual({ cadence: 3_600, usual: 3_600 });
    expect(await learned(fresh)).toEqual({ cadence: null, usual: null });
    // Three of its hours, not three of five minutes.
    expect(await silences(slow, later(179))).toEqual([]);
    expect(await silences(fresh, later(16))).toMatchObject([{ variable: null, evidence: { allowedMinutes: 15 } }]);
    expect(await silences(slow, later(181))).toMatchObject([
      { variable: null, evidence: { samplingMinutes: 60, allowedMinutes: 180 } },
    ]);
  });

  it('is not taught by one outage, and knows a device that sleeps every night or sends by the hour', async () => {
    const [once, sleeper, batch] = [await addPoint(db), await addPoint(db), await addPoint(db)];
    await spoken(
      once,
      every(10, 48).filter((ago) => ago < 600 || ago > 1_200),
      level,
    );
    // Awake from 06:00 to 22:00 of each of four days; it is noon.
    await spoken(
      sleeper,
      every(10, 96).filter(
        (ago) => (12 * 60 - (ago % 1_440) + 1_440) % 1_440 >= 360 && (12 * 60 - (ago % 1_440) + 1_440) % 1_440 < 1_320,
      ),
      level,
    );
    await spoken(batch, every(10, 24), level);
    await db.pool.query(
      `UPDATE telemetry.measurements SET processed_at = date_trunc('hour', measured_at) + interval '1 hour' WHERE point_id = $1`,
      [batch.id],
    );
    await learnCadence(db.client, now);
    expect((await learned(once))?.usual).toBe(600);
    expect((await learned(sleeper))?.usual).toBeGreaterThanOrEqual(8 * 3_600);
    expect(await silences(once, later(31))).toHaveLength(1);
    expect(await silences(sleeper, later(11 * 60))).toEqual([]);
    expect(await silences(sleeper, later(13 * 60))).toHaveLength(1);
    expect(await silences(batch, later(89))).toEqual([]);
    expect(await silences(batch, later(91))).toHaveLength(1);
  });

  it('tells of a quantity that stays away while its point speaks on, leaves the point online, and ends with it', async () => {
    const point = await addPoint(db, { samplingMinutes: 10 });
    await spoken(point, every(10, 24), (ago) => (ago > 60 ? { level: 3, flow: 12 } : { level: 3 }));
    await learnCadence(db.client, now);
    expect(await silences(point, now)).toMatchObject([{ variable: 'FLOW', evidence: { samplingMinutes: 10 } }]);
    expect(await silences(point, now)).toHaveLength(1);
    const { rows } = await db.pool.query('SELECT status::text FROM telemetry.catchment_points WHERE id = $1', [
      point.id,
    ]);
    expect(rows).toEqual([{ status: 'ACTIVE' }]);
    await spoken(point, [0], () => ({ level: 3, flow: 12 }));
    expect(await silences(point, now)).toEqual([]);
    // Silent as a whole, it is one alert and not three.
    expect(await silences(point, later(60))).toMatchObject([{ variable: null }]);
  });

  it('raises nothing while a quantity comes in its rhythm, however it wavers and loses some, and tells when it ends', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 30 }),
        fc.array(
          fc.record({
            jitter: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
            isLost: fc.integer({ min: 0, max: 19 }),
          }),
          {
            minLength: 120,
            maxLength: 200,
          },
        ),
        async (minutes, steps) => {
          const point = await addPoint(db, { samplingMinutes: 5 });
          // One in twenty is lost, never two in a row.
          const kept = steps.filter(({ isLost }, index) => isLost > 0 || (steps[index - 1]?.isLost ?? 0) === 0);
          const times = kept
            .map((step) => (steps.length - steps.indexOf(step) + step.jitter) * minutes)
            .toSorted((a, b) => b - a);
          await spoken(point, times, level);
          await learnCadence(db.client, now);
          const newest = times.at(-1) ?? 0;
          const age = (intervals: number) => later(intervals * minutes - newest);
          expect(await silences(point, age(2.6))).toEqual([]);
          expect(await silences(point, age(6))).toHaveLength(1);
        },
      ),
      { numRuns: 8, endOnFailure: true },
    );
  });
});

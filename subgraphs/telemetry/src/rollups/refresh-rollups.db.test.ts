import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../intake/message-store.ts';
import { poolRunner } from '../intake/sql-runner.ts';
import { storeReadings } from '../intake/store-readings.ts';
import { addPoint, bodyOf, type TestPoint } from '../test-support/points.ts';
import { refreshRollups } from './refresh-rollups.ts';
import { ensurePartitions } from './rollups.jobs.ts';

const db = await testDatabase();
const { deps } = await testDeps(db, { clock: fixedClock(new Date('2026-11-20T12:00:00Z')) });
const store = createMessageStore(deps, 'cauce');

const send = (point: TestPoint, at: string | Date, values: Readonly<Record<string, number>>) =>
  store([{ topic: `cauce/${point.code}/up`, payload: Buffer.from(bodyOf(at, values)) }]);

async function rollups(point: TestPoint, grain: string) {
  const { rows } = await db.pool.query<{
    at: Date;
    count: number;
    min: number;
    max: number;
    last: number;
    delta: number | null;
  }>(
    `SELECT bucket_start AS at, count, min, max, last, delta::float8 FROM telemetry.measurement_rollups
     WHERE point_id = $1 AND grain = $2 ORDER BY bucket_start`,
    [point.id, grain],
  );
  return rows;
}

describe('refreshRollups', () => {
  it('adds up hours, days and months in the zone of the point: a day from midnight to midnight, both counters read', async () => {
    const point = await addPoint(db, { variables: ['TOTAL'] });
    // Midnight in Santiago is 03:00Z in summer and 04:00Z in winter.
    for (const [at, pulses] of [
      ['2026-08-31T23:10:00Z', 0],
      ['2026-09-01T03:50:00Z', 10],
      ['2026-09-01T04:10:00Z', 30],
      ['2026-11-20T02:59:00Z', 60],
      ['2026-11-20T03:00:00Z', 100],
    ] as const) {
      await send(point, at, { pulses });
    }
    expect(await refreshRollups(db.client)).toBe(4);
    expect((await rollups(point, 'DAY')).map(({ at, delta }) => [at.toISOString(), delta])).toEqual([
      ['2026-08-31T04:00:00.000Z', 1],
      ['2026-09-01T04:00:00.000Z', 2],
      ['2026-11-19T03:00:00.000Z', 7],
    ]);
    expect((await rollups(point, 'MONTH')).map(({ at, delta }) => [at.toISOString(), delta])).toEqual([
      ['2026-08-01T04:00:00.000Z', 1],
      ['2026-09-01T04:00:00.000Z', 2],
      ['2026-11-01T03:00:00.000Z', 7],
    ]);
    expect(await refreshRollups(db.client)).toBe(0);
  });

  it('adds late readings to the buckets that are there, also where only the share of the next one changes', async () => {
    const point = await addPoint(db, { variables: ['TOTAL'] });
    await send(point, '2026-11-20T08:00:00Z', { pulses: 0 });
    await send(point, '2026-11-20T10:00:00Z', { pulses: 100 });
    await refreshRollups(db.client);
    expect((await rollups(point, 'HOUR')).map(({ delta }) => delta)).toEqual([null, 10]);
    await send(point, '2026-11-20T09:00:00Z', { pulses: 40 });
    await refreshRollups(db.client);
    expect((await rollups(point, 'HOUR')).map(({ delta }) => delta)).toEqual([null, 4, 6]);
  });

  it('takes a bucket away when the only reading in it turns out to be a spike', async () => {
    const point = await addPoint(db, { variables: ['TOTAL'] });
    await send(point, '2026-09-01T08:10:00Z', { pulses: 100 });
    await send(point, '2026-10-15T09:10:00Z', { pulses: 900_000 });
    await refreshRollups(db.client);
    expect((await rollups(point, 'MONTH')).map(({ delta }) => delta)).toEqual([null, 89_990]);
    await send(point, '2026-11-02T10:10:00Z', { pulses: 110 });
    await refreshRollups(db.client);
    for (const grain of ['HOUR', 'DAY', 'MONTH']) {
      expect((await rollups(point, grain)).map(({ delta }) => delta)).toEqual([null, 1]);
    }
  });

  it('loses no late reading whose bucket is marked already and is added up before the reading commits', async () => {
    const point = await addPoint(db, { variables: ['TOTAL'] });
    await send(point, '2026-11-20T05:10:00Z', { pulses: 10 });
    const writer = await db.pool.connect();
    try {
      // The mark of the first reading is there; the second one finds it, and commits after the sums are made.
      await writer.query('BEGIN');
      await storeReadings(
        poolRunner(writer),
        [
          {
            pointCode: point.code,
            reading: {
              ...{ id: null, measuredAt: new Date('2026-11-20T05:20:00Z') },
              values: [{ channel: 'pulses', value: 60, text: null }],
            },
          },
        ],
        deps.clock.now(),
      );
      await refreshRollups(db.client);
      await writer.query('COMMIT');
    } finally {
      writer.release();
    }
    await refreshRollups(db.client);
    expect(await rollups(point, 'HOUR')).toMatchObject([{ count: 2, delta: 5 }]);
  });

  it('does not let a suspect value shape a bucket that has good ones, and counts it', async () => {
    const point = await addPoint(db, { variables: ['FLOW'], flowMax: 50 });
    await send(point, '2026-11-20T09:00:00Z', { flow: 10 });
    await send(point, '2026-11-20T09:10:00Z', { flow: 500 });
    await send(point, '2026-11-20T10:10:00Z', { flow: 600 });
    await refreshRollups(db.client);
    expect((await rollups(point, 'HOUR')).map(({ count, max }) => [count, max])).toEqual([
      [2, 10],
      [1, 600],
    ]);
  });

  it('answers the same sums in whatever order readings come and however often it runs: together, what the counter moved', async () => {
    const base = Date.parse('2026-11-10T00:00:00Z');
    const steps = fc.uniqueArray(fc.integer({ min: 0, max: 4_000 }), { minLength: 2, maxLength: 15 });
    await fc.assert(
      fc.asyncProperty(
        steps.chain((list) => fc.shuffledSubarray(list, { minLength: list.length })),
        async (minutes) => {
          const point = await addPoint(db, { variables: ['TOTAL'] });
          for (const minute of minutes) {
            // The counter stands where the minute puts it.
            await send(point, new Date(base + minute * 60_000), { pulses: minute * 10 });
            if (minute % 3 === 0) await refreshRollups(db.client);
          }
          await refreshRollups(db.client);
          const moved = Math.max(...minutes) - Math.min(...minutes);
          for (const grain of ['HOUR', 'DAY', 'MONTH']) {
            const sum = (await rollups(point, grain)).reduce((total, { delta }) => total + (delta ?? 0), 0);
            expect(sum).toBeCloseTo(moved, 6);
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('leaves out an hour that no number can hold, and adds up those of everybody else', async () => {
    const [odd, well] = [await addPoint(db), await addPoint(db)];
    await db.pool.query(
      `INSERT INTO telemetry.measurements (point_id, variable, measured_at, value, source_id)
       SELECT $1, 'FLOW', at::timestamptz, 1.7e308, $2 FROM unnest(ARRAY['2026-11-20T09:10Z', '2026-11-20T09:20Z']) AS at`,
      [odd.id, odd.sourceId],
    );
    await db.pool.query(
      `INSERT INTO telemetry.dirty_buckets (point_id, variable, grain, bucket_start) VALUES ($1, 'FLOW', 'HOUR', '2026-11-20T09:00Z')`,
      [odd.id],
    );
    for (const hour of ['07', '08', '09']) await send(well, `2026-11-20T${hour}:30:00Z`, { flow: 10 });
    const refused: string[] = [];
    await refreshRollups(db.client, undefined, ({ point_id }) => refused.push(point_id));
    expect(refused).toEqual([odd.id]);
    expect(await rollups(well, 'HOUR')).toHaveLength(3);
    expect(await refreshRollups(db.client)).toBe(0);
  });

  it('loses no mark to a reading that is stored while it runs, and lets one process work at a time', async () => {
    const point = await addPoint(db, { variables: ['TOTAL'] });
    const sends = Array.from(
      { length: 30 },
      (_, index) => () =>
        send(point, new Date(Date.parse('2026-11-20T06:01:00Z') + index * 60_000), { pulses: 10 * index }),
    );
    for (const one of sends) await Promise.all([one(), refreshRollups(db.client), refreshRollups(db.client)]);
    await refreshRollups(db.client);
    expect(await rollups(point, 'HOUR')).toMatchObject([{ count: 30, last: 29, delta: 29 }]);
  });
});

describe('ensurePartitions', () => {
  it('makes the months around now, moves readings there that came before, and does nothing the second time', async () => {
    const point = await addPoint(db, { variables: ['LEVEL'] });
    await send(point, '2026-11-20T06:00:00Z', { level: 1 });
    expect(await ensurePartitions(deps, deps.clock.now())).toBe(8);
    expect(await ensurePartitions(deps, deps.clock.now())).toBe(0);
    const { rows } = await db.pool.query(
      `SELECT tableoid::regclass::text AS home FROM telemetry.raw_readings WHERE point_id = $1`,
      [point.id],
    );
    expect(rows).toEqual([{ home: 'telemetry_partitions.raw_readings_2026_11' }]);
  });
});

import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../intake/message-store.ts';
import { refreshRollups } from '../rollups/refresh-rollups.ts';
import { addPoint, bodyOf, type TestPoint } from '../test-support/points.ts';

const db = await testDatabase();
const { deps } = await testDeps(db, { clock: fixedClock(new Date('2026-11-20T12:00:00Z')) });
const store = createMessageStore(deps, 'cauce');
const start = Date.parse('2026-11-18T20:00:00Z');

interface Reading {
  readonly minute: number;
  readonly pulses: number;
}

const send = (point: TestPoint, readings: readonly Reading[]) =>
  store(
    readings.map(({ minute, pulses }) => ({
      topic: `cauce/${point.code}/up`,
      payload: Buffer.from(bodyOf(new Date(start + minute * 60_000), { pulses, flow: pulses % 7 })),
    })),
  );

/** All that is kept of a point's measurements, but for when it was made. */
async function kept(point: TestPoint) {
  const read = async (sql: string) => (await db.pool.query(sql, [point.id])).rows;
  return {
    measurements: await read(
      `SELECT variable::text, measured_at, value, raw_value, delta, quality::text, flags, rule_version
       FROM telemetry.measurements WHERE point_id = $1 ORDER BY 1, 2`,
    ),
    latest: await read(
      `SELECT variable::text, value, measured_at, quality::text, flags FROM telemetry.latest_measurements WHERE point_id = $1 ORDER BY 1`,
    ),
    sums: await read(
      `SELECT variable::text, grain::text, bucket_start, count, good_count, min, max, sum, first, last, delta
       FROM telemetry.measurement_rollups WHERE point_id = $1 ORDER BY 1, 2, 3`,
    ),
  };
}

/** A counter that counts, begins again, rolls over (three digits of m3, 100 l a pulse), is set back and shows nonsense. */
const counter = fc
  .array(
    fc.record({
      after: fc.integer({ min: 1, max: 200 }),
      kind: fc.constantFrom('on', 'on', 'on', 'on', 'on', 'on', 'zero', 'glitch', 'back'),
      by: fc.nat({ max: 900 }),
    }),
    { minLength: 3, maxLength: 30 },
  )
  .map((moves) => {
    let minute = 0;
    let pulses = 8_800;
    return moves.map(({ after, kind, by }): Reading => {
      minute += after;
      if (kind === 'on') pulses = (pulses + by) % 10_000;
      if (kind === 'zero') pulses = by % 20;
      if (kind === 'back') pulses = Math.max(0, pulses - by);
      return { minute, pulses: kind === 'glitch' ? by * 11 : pulses };
    });
  });

/** All at once, its newest one a step that is marked; then newest first, one at a time. */
const overTheTop = [8_802, 8_980, 9_880, 355].map((pulses, place): Reading => ({ minute: 100 * place + 97, pulses }));
const rolledOver: [Reading[], Reading[], number[]] = [overTheTop, overTheTop.toReversed(), [1]];

describe('measurements', () => {
  it('are the same, to the last digit of every sum, whatever the order, batches, delays and repetitions', {
    timeout: 60_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(
        counter.chain((readings) =>
          fc.tuple(
            fc.constant(readings),
            fc.shuffledSubarray(readings, { minLength: readings.length }),
            fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 }),
          ),
        ),
        async ([readings, shuffled, sizes]) => {
          const [ordered, disordered] = [
            await addPoint(db, { variables: ['TOTAL', 'FLOW'], meterDigits: 3 }),
            await addPoint(db, { variables: ['TOTAL', 'FLOW'], meterDigits: 3 }),
          ];
          await send(ordered, readings);
          await refreshRollups(db.client);
          for (let from = 0, turn = 0; from < shuffled.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            await send(disordered, shuffled.slice(Math.max(0, from - 2), from + size));
            if (turn % 3 === 0) await refreshRollups(db.client);
            from += size;
          }
          await refreshRollups(db.client);
          const expected = await kept(ordered);
          expect(await kept(disordered)).toEqual(expected);
          // What the buckets of any grain add up to is what the steps add up to, exactly.
          const { rows } = await db.pool.query<{ is_whole: boolean }>(
            `SELECT (SELECT coalesce(sum(delta), 0) FROM telemetry.measurements WHERE point_id = $1)
                    = (SELECT coalesce(sum(delta), 0) FROM telemetry.measurement_rollups WHERE point_id = $1 AND grain = g::telemetry.rollup_grain)
                 AS is_whole FROM unnest(ARRAY['HOUR', 'DAY', 'MONTH']) AS g`,
            [disordered.id],
          );
          expect(rows.every(({ is_whole }) => is_whole)).toBe(true);
        },
      ),
      { numRuns: Number(process.env.CAUCE_COUNTER_RUNS ?? 12), examples: [[rolledOver]] },
    );
  });

  it('have a latest value that has come, whenever a clock that is ahead spoke, and follow a clock that stays ahead', async () => {
    const day = 1_440;
    const minuteOf = (at: string) => (Date.parse(at) - start) / 60_000;
    const earlier = { minute: minuteOf('2026-11-20T11:00:00Z'), pulses: 100 };
    const newest = { minute: minuteOf('2026-11-20T11:30:00Z'), pulses: 110 };
    const ahead = { minute: newest.minute + day, pulses: 120 };
    const latestOf = async (...batches: readonly (readonly Reading[])[]) => {
      const point = await addPoint(db, { variables: ['TOTAL'] });
      for (const batch of batches) await send(point, batch);
      return { point, latest: (await kept(point)).latest };
    };
    const come = [{ value: 11, measured_at: new Date('2026-11-20T11:30:00Z') }];
    for (const batches of [
      ...[
        [[earlier], [ahead], [newest]],
        [[ahead], [newest], [earlier]],
        [[earlier], [newest], [ahead]],
      ],
      [[earlier, newest, ahead]],
    ]) {
      expect((await latestOf(...batches)).latest).toMatchObject(come);
    }
    const { point, latest } = await latestOf([ahead]);
    expect(latest).toMatchObject([{ value: 12 }]);
    // Another day: what was ahead has come, and the same clock speaks again.
    const later = createMessageStore({ ...deps, clock: fixedClock(new Date('2026-11-21T12:00:00Z')) }, 'cauce');
    const payload = Buffer.from(bodyOf(new Date('2026-11-22T11:30:00Z'), { pulses: 130 }));
    await later([{ topic: `cauce/${point.code}/up`, payload }]);
    expect((await kept(point)).latest).toMatchObject([{ value: 12, measured_at: new Date('2026-11-21T11:30:00Z') }]);
  });

  it('of an instant that two sources tell are those of the older source, whichever came first', async () => {
    const tell = async (isOlderFirst: boolean) => {
      const point = await addPoint(db, { variables: ['TOTAL', 'FLOW'] });
      const { rows } = await db.pool.query<{ id: string }>(
        `INSERT INTO telemetry.reading_sources (id, point_id, device_id, created_at)
         VALUES (('ffffffff-ffff-4fff-bfff-' || substr(md5($2), 1, 12))::uuid, $1, $2, now() + interval '1 hour') RETURNING id`,
        [point.id, `${point.code}-2`],
      );
      await db.pool.query(
        `INSERT INTO telemetry.source_channels (source_id, channel, variable, is_pulses)
         SELECT $1, channel, variable, is_pulses FROM telemetry.source_channels WHERE source_id = $2`,
        [rows[0]?.id, point.sourceId],
      );
      const as = async (isActive: boolean, pulses: number) => {
        await db.pool.query('UPDATE telemetry.reading_sources SET is_active = $2 WHERE id = $1', [
          point.sourceId,
          isActive,
        ]);
        await send(point, [{ minute: 30, pulses }]);
      };
      await send(point, [{ minute: 10, pulses: 100 }]);
      await (isOlderFirst ? as(true, 150) : as(false, 190));
      await (isOlderFirst ? as(false, 190) : as(true, 150));
      return (await kept(point)).measurements;
    };
    const expected = await tell(true);
    expect(expected.map(({ value }) => value)).toEqual([2, 3, 10, 15]);
    expect(await tell(false)).toEqual(expected);
  });

  it('lets a counter be read over a change of its constants and of the meter itself', async () => {
    const point = await addPoint(db, { variables: ['TOTAL'] });
    const at = (minute: number) => new Date(start + minute * 60_000);
    await db.pool.query(
      `INSERT INTO telemetry.point_variables (point_id, variable, unit, valid_from, liters_per_pulse, calibration_factor)
       VALUES ($1, 'TOTAL', 'm3', $2, 100, 1.5)`,
      [point.id, at(25)],
    );
    await db.pool.query(
      'INSERT INTO telemetry.meter_changes (point_id, changed_at, final_m3, initial_m3) VALUES ($1, $2, 25, 0)',
      [point.id, at(45)],
    );
    await send(point, [
      { minute: 10, pulses: 100 },
      { minute: 20, pulses: 120 },
      { minute: 30, pulses: 140 },
      { minute: 40, pulses: 150 },
      { minute: 50, pulses: 20 },
      { minute: 60, pulses: 30 },
    ]);
    expect(
      (await kept(point)).measurements.map(({ delta, flags }) => [delta === null ? null : Number(delta), flags]),
    ).toEqual([
      [null, []],
      [2, []],
      // Valued by the constants at its end; that the scale changed is no consumption.
      [3, []],
      [1.5, []],
      [5.5, ['METER_REPLACED']],
      [1.5, []],
    ]);
  });
});

describe('constants and meters', () => {
  it('are dated facts that nobody can rewrite', async () => {
    const point = await addPoint(db, { variables: ['TOTAL'] });
    await db.pool.query(
      `INSERT INTO telemetry.meter_changes (point_id, changed_at, final_m3) VALUES ($1, '2026-11-18Z', 25)`,
      [point.id],
    );
    for (const sql of [
      'UPDATE telemetry.point_variables SET liters_per_pulse = 10 WHERE point_id = $1',
      `UPDATE telemetry.point_variables SET valid_from = '2001-01-01Z' WHERE point_id = $1`,
      'UPDATE telemetry.meter_changes SET final_m3 = 20 WHERE point_id = $1',
    ]) {
      await expect(db.pool.query(sql, [point.id])).rejects.toThrow('dated fact');
    }
    await db.pool.query('UPDATE telemetry.point_variables SET is_active = false WHERE point_id = $1', [point.id]);
  });
});

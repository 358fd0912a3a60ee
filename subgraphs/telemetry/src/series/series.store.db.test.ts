import { testDatabase } from '@cauce/shared/test/test-database';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addPoint } from '../test-support/points.ts';
import { createSeries } from './series.service.ts';
import { readSeries } from './series.store.ts';
import type { SeriesBucket } from './series-buckets.ts';

const db = await testDatabase();
const start = Date.parse('2026-11-01T00:00:00Z');
const minute = 60_000;

interface Row {
  readonly minute: number;
  readonly value: number;
  readonly delta: number;
  readonly isGood: boolean;
}

const rows = fc.uniqueArray(
  fc.record({
    minute: fc.integer({ min: 0, max: 3_000 }),
    value: fc.integer({ min: -1_000, max: 1_000 }),
    delta: fc.integer({ min: 0, max: 100 }),
    isGood: fc.boolean(),
  }),
  { selector: ({ minute: at }) => at, minLength: 1, maxLength: 120 },
);

async function write(pointId: string, list: readonly Row[]): Promise<void> {
  await db.pool.query('DELETE FROM telemetry.measurements WHERE point_id = $1', [pointId]);
  await db.pool.query(
    `INSERT INTO telemetry.measurements (point_id, variable, measured_at, value, delta, quality, source_id)
     SELECT $1, 'LEVEL', to_timestamp(r.ms / 1000), r.value, r.delta, r.quality::telemetry.measurement_quality, $1
     FROM jsonb_to_recordset($2) AS r (ms float8, value float8, delta numeric, quality text)`,
    [
      pointId,
      JSON.stringify(
        list.map(({ minute: at, isGood, ...rest }) => ({
          ...rest,
          ms: start + at * minute,
          quality: isGood ? 'GOOD' : 'SUSPECT',
        })),
      ),
    ],
  );
}

/** Good values, or all where none is good. */
const shaping = (list: readonly Row[]) => {
  const good = list.filter(({ isGood }) => isGood);
  return (good.length > 0 ? good : list).map(({ value }) => value);
};

describe('readSeries', () => {
  it('loses no extreme, no volume, no reading and no end of any stretch, and answers no more than is wanted', async () => {
    const point = await addPoint(db, { variables: ['LEVEL'] });
    await fc.assert(
      fc.asyncProperty(
        rows,
        fc.integer({ min: 2, max: 60 }),
        fc.integer({ min: 1, max: 3_000 }),
        async (list, limit, length) => {
          await write(point.id, list);
          const within = list.filter(({ minute: at }) => at < length).toSorted((a, b) => a.minute - b.minute);
          const stretchMs = Math.ceil(length / limit) * minute;
          const read = await readSeries(db.client, [point.id], {
            ...{ variable: 'LEVEL', grain: 'RAW', limit, stretchMs },
            ...{ from: new Date(start), to: new Date(start + length * minute) },
          });
          const place =
            within.length <= limit
              ? ({ minute: at }: Row) => at
              : ({ minute: at }: Row) => Math.floor((at * minute) / stretchMs);
          const expected = [...Map.groupBy(within, place).values()].map((own): SeriesBucket => {
            const values = shaping(own);
            return {
              at: new Date(start + (own[0]?.minute ?? 0) * minute),
              count: own.length,
              summed: values.length,
              suspect: own.filter(({ isGood }) => !isGood).length,
              min: Math.min(...values),
              max: Math.max(...values),
              sum: values.reduce((sum, value) => sum + value, 0),
              first: own[0]?.value ?? 0,
              last: own.at(-1)?.value ?? 0,
              delta: own.reduce((sum, { delta }) => sum + delta, 0),
              joined: own.length,
            };
          });
          const buckets = read.get(point.id) ?? [];
          expect(buckets).toMatchObject(expected);
          expect(buckets.length).toBeLessThanOrEqual(limit);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads the hours of a device that speaks more often than its point says, and leaves no part of the period out', async () => {
    const point = await addPoint(db, { variables: ['LEVEL'], samplingMinutes: 60 });
    await db.pool.query(
      `INSERT INTO telemetry.measurements (point_id, variable, measured_at, value, quality, source_id)
       SELECT $1, 'LEVEL', $2::timestamptz + n * interval '10 seconds', n, 'GOOD', $1 FROM generate_series(0, 24999) AS n`,
      [point.id, new Date(start)],
    );
    await db.pool.query(
      `INSERT INTO telemetry.measurement_rollups (point_id, variable, grain, bucket_start, count, good_count, min, max, sum, first, last)
       SELECT $1, 'LEVEL', 'HOUR', $2::timestamptz + n * interval '1 hour', 360, 360, n, n + 1, n, n, n FROM generate_series(0, 69) AS n`,
      [point.id, new Date(start)],
    );
    const series = createSeries((ids, query) => readSeries(db.client, ids, query));
    const of = { ...point, timeZone: 'UTC', samplingFrequencyMinutes: 60 };
    const between = { from: new Date(start), to: new Date(start + 3 * 86_400_000) };
    const answer = await series.of(of, { variable: 'LEVEL', between });
    expect([answer.grain, answer.points.length, answer.points.at(-1)?.bucket.max]).toEqual(['HOUR', 70, 70]);
  });
});

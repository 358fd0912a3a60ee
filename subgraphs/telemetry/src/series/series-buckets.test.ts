import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketValue, joinBuckets, type SeriesBucket } from './series-buckets.ts';

const bucket = (at: number, values: readonly number[], delta: number | null): SeriesBucket => ({
  at: new Date(at * 60_000),
  count: values.length,
  summed: values.length,
  suspect: 0,
  min: Math.min(...values),
  max: Math.max(...values),
  sum: values.reduce((sum, value) => sum + value, 0),
  first: values[0] ?? 0,
  last: values.at(-1) ?? 0,
  delta,
});

const list = fc.array(
  fc.record({
    values: fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 1, maxLength: 5 }),
    delta: fc.option(fc.integer({ min: 0, max: 100 })),
  }),
  { minLength: 1, maxLength: 300 },
);

describe('joinBuckets', () => {
  it('keeps extremes, volumes, counts and both ends, within the limit', () => {
    fc.assert(
      fc.property(list, fc.integer({ min: 2, max: 50 }), (given, limit) => {
        const buckets = given.map(({ values, delta }, index) => bucket(index, values, delta));
        const joined = joinBuckets(buckets, limit);
        const total = (of: readonly SeriesBucket[], read: (one: SeriesBucket) => number) =>
          of.reduce((sum, one) => sum + read(one), 0);
        expect(joined.length).toBeLessThanOrEqual(limit);
        expect(Math.min(...joined.map(({ min }) => min))).toBe(Math.min(...buckets.map(({ min }) => min)));
        expect(Math.max(...joined.map(({ max }) => max))).toBe(Math.max(...buckets.map(({ max }) => max)));
        for (const read of [
          (one: SeriesBucket) => one.delta ?? 0,
          (one: SeriesBucket) => one.count,
          (one: SeriesBucket) => one.sum,
          (one: SeriesBucket) => one.summed,
        ]) {
          expect(total(joined, read)).toBe(total(buckets, read));
        }
        expect(joined[0]?.first).toBe(buckets[0]?.first);
        expect(joined[0]?.at).toEqual(buckets[0]?.at);
        expect(joined.at(-1)?.last).toBe(buckets.at(-1)?.last);
        expect(joined.every((one, index) => index === 0 || one.at > (joined[index - 1]?.at ?? one.at))).toBe(true);
      }),
    );
  });

  it('leaves a list alone that is short enough', () => {
    const buckets = [bucket(0, [1, 2], 1), bucket(1, [4], null)];
    expect(joinBuckets(buckets, 2)).toBe(buckets);
  });
});

describe('bucketValue', () => {
  const one = bucket(0, [3, 1, 8], 5);

  it.each([
    ['AVERAGE', 4],
    ['MINIMUM', 1],
    ['MAXIMUM', 8],
    ['FIRST', 3],
    ['LAST', 8],
    ['DELTA', 5],
  ] as const)('%s of 3, 1, 8 with 5 m3 is %s', (aggregate, expected) => {
    expect(bucketValue(one, aggregate)).toBe(expected);
  });

  it('has no volume where nothing is counted', () => {
    expect(bucketValue(bucket(0, [1], null), 'DELTA')).toBeNull();
  });
});

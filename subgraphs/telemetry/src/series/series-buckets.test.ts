import { describe, expect, it } from 'vitest';
import { bucketValue, type SeriesBucket } from './series-buckets.ts';

const bucket = (values: readonly number[], delta: number | null): SeriesBucket => ({
  at: new Date(0),
  count: values.length,
  summed: values.length,
  suspect: 0,
  min: Math.min(...values),
  max: Math.max(...values),
  sum: values.reduce((sum, value) => sum + value, 0),
  first: values[0] ?? 0,
  last: values.at(-1) ?? 0,
  delta,
  joined: values.length,
});

describe('bucketValue', () => {
  const one = bucket([3, 1, 8], 5);

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
    expect(bucketValue(bucket([1], null), 'DELTA')).toBeNull();
  });
});

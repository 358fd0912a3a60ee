import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../plant-time.ts';
import { bucketOf, bucketsOf, maxBuckets, seriesGrains } from './series-buckets.ts';

describe('bucketsOf', () => {
  it.each([
    ['WEEK', ['2026-03-30', '2026-04-06']],
    ['MONTH', ['2026-04-01']],
    ['QUARTER', ['2026-04-01']],
    ['YEAR', ['2026-01-01']],
  ] as const)('begins a %s where the calendar does', (grain, expected) => {
    expect(bucketsOf({ from: '2026-04-04', to: '2026-04-12' }, grain)).toEqual(expected);
  });

  it('puts every day of a period into exactly one of its buckets', () => {
    const day = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays('2024-01-01', days));
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 400 }), fc.constantFrom(...seriesGrains), (from, length, grain) => {
        const buckets = bucketsOf({ from, to: addDays(from, length) }, grain);
        expect(buckets).toEqual([...new Set(buckets)].sort());
        const touched = new Set(
          Array.from({ length: length + 1 }, (_, index) => bucketOf(addDays(from, index), grain)),
        );
        expect(buckets).toEqual([...touched].sort());
      }),
    );
  });

  it('refuses more points than a chart can show', () => {
    expect(() => bucketsOf({ from: '2022-01-01', to: '2026-01-01' }, 'DAY')).toThrow(`more than ${maxBuckets} points`);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chartColumns, hasSpread, openGaps, type TimePoint } from './time-chart-data.ts';

const at = (atMs: number, value: number | null = 1): TimePoint => ({
  atMs,
  value,
  low: value,
  high: value,
  isSuspect: false,
});

describe('a series with gaps', () => {
  it('has an empty point in every silence and loses none of its own', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 1_000_000 })),
        fc.integer({ min: 1, max: 5_000 }),
        (times, longest) => {
          const points = times.toSorted((a, b) => a - b).map((ms) => at(ms));
          const opened = openGaps(points, longest);
          expect(opened.filter(({ value }) => value !== null)).toEqual(points);
          const silences = points.filter(({ atMs }, index) => atMs - (points[index - 1]?.atMs ?? atMs) > longest);
          expect(opened.length - points.length).toBe(silences.length);
          const order = opened.map(({ atMs }) => atMs);
          expect(order).toEqual(order.toSorted((a, b) => a - b));
        },
      ),
    );
  });
  it('is told in columns, where what is suspect stands by itself', () => {
    const points = [at(1, 5), { ...at(2, 7), isSuspect: true, high: 9 }];
    expect(chartColumns(points)).toEqual([
      [1, 2],
      [5, 7],
      [5, 9],
      [5, 7],
      [null, 7],
    ]);
    expect(hasSpread(points)).toBe(true);
    expect(hasSpread([at(1)])).toBe(false);
  });
});

import { describe, expect, it } from 'vitest';
import { pastPoints } from './past-points.ts';

const day = (date: string, sold: number | null, isInside: boolean | null) => ({
  date,
  low: 2,
  high: 6,
  sold,
  isInside,
});

describe('what was said of days that are over', () => {
  it('stands around what they sold, which is marked where it fell outside, and is no line where it is not known', () => {
    const [first, second, third] = pastPoints([
      ...[day('2026-05-01', 4, true), day('2026-05-02', 9, false), day('2026-05-03', null, null)],
    ]);
    expect(first).toEqual({ atMs: Date.parse('2026-05-01'), value: 4, low: 2, high: 6, isSuspect: false });
    expect(second).toMatchObject({ value: 9, isSuspect: true });
    expect(third).toMatchObject({ value: null, low: 2, high: 6, isSuspect: false });
  });

  it('has a gap over a time of which nothing was said', () => {
    const points = pastPoints([day('2026-05-01', 4, true), day('2026-05-09', 4, true)]);
    expect(points.map(({ high }) => high)).toEqual([6, null, 6]);
  });
});

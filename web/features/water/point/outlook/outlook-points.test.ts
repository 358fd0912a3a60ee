import { describe, expect, it } from 'vitest';
import { outlookPoints } from './outlook-points.ts';

const hourMs = 3_600_000;
const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour)).toISOString();

describe('what was measured and what is expected', () => {
  it('follow each other: the hour that is not over gives way, and what is unusual is marked', () => {
    const points = outlookPoints(
      [9, 10, 11].map((hour) => ({ at: at(hour), value: hour })),
      [{ at: at(11), expected: 20, low: 18, high: 23 }],
      [{ from: at(10), to: at(11) }],
      hourMs,
    );
    expect(points.map(({ value, low, high, isSuspect }) => [value, low, high, isSuspect])).toEqual([
      [9, 9, 9, false],
      [10, 10, 10, true],
      [20, 18, 23, false],
    ]);
  });

  it('are what was measured alone where nothing can be expected, a gap staying one', () => {
    const points = outlookPoints([{ at: at(9), value: null }], [], [], hourMs);
    expect(points).toEqual([{ atMs: Date.parse(at(9)), value: null, low: null, high: null, isSuspect: false }]);
  });
});

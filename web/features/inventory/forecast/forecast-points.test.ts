import { describe, expect, it } from 'vitest';
import { digitsFor, forecastPoints, spanOf } from './forecast-points.ts';

const sold = [
  { date: '2026-05-13', quantity: '4.5' },
  { date: '2026-05-14', quantity: '0' },
  { date: '2026-05-15', quantity: '9' },
];
const expected = [{ date: '2026-05-15', expected: 3, low: 1, high: 6 }];

describe('the points of a forecast', () => {
  it('are what was sold and then what is expected, each day once', () => {
    const points = forecastPoints(sold, expected);
    expect(points.map(({ value }) => value)).toEqual([4.5, 0, 3]);
    expect(points.at(-1)).toMatchObject({ low: 1, high: 6 });
    expect(spanOf(points)).toEqual({ fromMs: Date.parse('2026-05-13'), toMs: Date.parse('2026-05-16') });
    expect(forecastPoints(sold, [])).toHaveLength(3);
  });

  it('are written with digits that mean something', () => {
    expect([[0.4], [7.25], [480]].map(digitsFor)).toEqual([2, 1, 0]);
    expect(digitsFor([])).toBe(2);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeSeries } from '../test-support/made-series.ts';
import { findTrend } from './trend.ts';

const monthDays = 365.25 / 12;
const days = (made: Omit<Parameters<typeof madeSeries>[0], 'stepsPerDay'>) => madeSeries({ ...made, stepsPerDay: 1 });

describe('a trend', () => {
  it('has the slope that was put in, and a band that holds it in 18 of 20 series', () => {
    const truth = -0.01 * monthDays;
    const found = Array.from({ length: 20 }, (_none, seed) =>
      findTrend(days({ seed, length: 365, memory: 0.7, noise: 1, slope: -0.01 })),
    );
    for (const trend of found) {
      expect(trend?.direction).toBe('FALLING');
      expect(Math.abs((trend?.perMonth ?? 0) - truth)).toBeLessThan(0.1);
    }
    expect(
      found.filter((trend) => trend !== null && trend.lowPerMonth <= truth && trend.highPerMonth >= truth).length,
    ).toBeGreaterThanOrEqual(18);
  });

  it('is not seen where there is none: in at most one of ten series, though each day resembles the one before', () => {
    const found = Array.from({ length: 60 }, (_none, seed) =>
      findTrend(days({ seed, length: 365, memory: [0, 0.5, 0.8][seed % 3] ?? 0, noise: 1 })),
    );
    expect(found.filter((trend) => trend?.direction !== 'STEADY').length).toBeLessThanOrEqual(6);
  });

  it('is told from a season where two years were measured, and is not moved by outliers and gaps', () => {
    const values = days({ seed: 3, length: 1_000, noise: 0.5, slope: 0.004, yearly: 4 });
    const broken = values.map((value, day) => (day % 9 === 0 ? Number.NaN : day % 50 === 1 ? value + 500 : value));
    for (const series of [values, broken]) {
      expect(findTrend(series)).toMatchObject({ direction: 'RISING', isSeasonRemoved: true });
      expect(Math.abs((findTrend(series)?.perMonth ?? 0) - 0.004 * monthDays)).toBeLessThan(0.02);
    }
  });

  it('is not claimed of a short history, and is none in a constant', () => {
    expect(findTrend(days({ seed: 1, length: 39, slope: 1 }))).toBeNull();
    expect(findTrend(new Float64Array(400).fill(Number.NaN))).toBeNull();
    expect(findTrend(new Float64Array(100).fill(7))).toMatchObject({ direction: 'STEADY', perMonth: 0, pValue: 1 });
  });

  it('answers finite figures for anything, the band around the slope', () => {
    const value = fc.oneof(fc.constant(Number.NaN), fc.constant(0), fc.double({ min: -1e9, max: 1e9, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 120 }), (list) => {
        const trend = findTrend(Float64Array.from(list));
        if (trend === null) return;
        expect([trend.perMonth, trend.lowPerMonth, trend.highPerMonth, trend.pValue].every(Number.isFinite)).toBe(true);
        expect(trend.lowPerMonth).toBeLessThanOrEqual(trend.perMonth);
        expect(trend.highPerMonth).toBeGreaterThanOrEqual(trend.perMonth);
      }),
      { numRuns: 100 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GeneratedKind, generateDemand } from '../../test-support/generated-demand.ts';
import type { CategoryProfile, Forecast } from './demand-forecast.ts';
import { forecastDemand, horizonDays } from './forecast-demand.ts';

const forecastOf = (values: readonly (number | null)[], profile: CategoryProfile | null = null) =>
  forecastDemand({ history: { startsOn: '2026-01-05', values }, profile });

/** What holds of every forecast, whatever it was made from. */
function expectSound({ points, startsOn, backtests, method }: Forecast) {
  expect(points).toHaveLength(horizonDays);
  points.forEach(({ date, expected, low, high, sumDeviation }, at) => {
    expect(date).toBe(new Date(Date.parse(startsOn) + at * 86_400_000).toISOString().slice(0, 10));
    for (const value of [expected, low, high, sumDeviation]) expect(Number.isFinite(value) && value < 1e13).toBe(true);
    expect(low >= 0 && low <= expected && expected <= high && sumDeviation >= 0).toBe(true);
  });
  for (const { mae, rmse, bias, r2, mase, skill, measuredCoverage } of backtests) {
    for (const value of [mae, rmse, bias, r2, mase, skill, measuredCoverage]) {
      expect(value === null || Number.isFinite(value)).toBe(true);
    }
  }
  if (backtests.length > 0)
    expect(backtests.filter((one) => one.isChampion).map((one) => one.method)).toEqual([method]);
}

const day = fc.oneof(
  { weight: 4, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 20 }) },
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1e12, noNaN: true }) },
);

describe('a forecast', () => {
  it('is never below zero and never without a number, whatever the history', () => {
    fc.assert(
      fc.property(fc.array(day, { maxLength: 240 }), (values) => expectSound(forecastOf(values))),
      { numRuns: 40, examples: [[[]], [[null, null]], [new Array(200).fill(null)], [new Array(120).fill(1e12)]] },
    );
  });

  it('of nothing sold is nothing, and of the same every day the same', () => {
    const none = forecastOf(new Array(200).fill(0));
    expect(none).toMatchObject({ pattern: 'NONE', method: 'SEASONAL_NAIVE', beatsSeasonalNaive: false });
    expect(none.points.every(({ high }) => high === 0)).toBe(true);
    const even = forecastOf(new Array(200).fill(7));
    expect(even.points.every(({ low, expected, high }) => low === 7 && expected === 7 && high === 7)).toBe(true);
    expectSound(even);
  });

  it('is not carried away by one day', () => {
    const values = new Array(200).fill(0);
    values[190] = 50_000;
    const forecast = forecastOf(values);
    expectSound(forecast);
    expect(forecast.points.reduce((sum, { expected }) => sum + expected, 0)).toBeLessThan(50_000);
  });

  it('follows the week and says that it beats the same day of last week', () => {
    const { history, truth } = generateDemand('seasonal', 3);
    const forecast = forecastDemand({ history, profile: null });
    expectSound(forecast);
    expect(forecast.beatsSeasonalNaive).toBe(true);
    const missed = truth.map((value, at) => Math.abs((forecast.points[at]?.expected ?? 0) - value));
    const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
    expect(missed.reduce((sum, value) => sum + value, 0) / truth.length).toBeLessThan(0.25 * mean);
  });

  it('says so when nothing beats the same day of last week', () => {
    const week = [4, 9, 1, 30, 12, 55, 0];
    const values = Array.from({ length: 210 }, (_none, at) => week[at % 7] ?? 0);
    const forecast = forecastOf(values);
    expect(forecast).toMatchObject({ method: 'SEASONAL_NAIVE', beatsSeasonalNaive: false });
    expect(forecast.points.slice(0, 7).map(({ expected }) => expected)).toEqual(week);
  });

  it('takes days without stock for unknown and not for days without demand', () => {
    const { history, truth } = generateDemand('stock-outs', 5);
    const total = ({ points }: Forecast) => points.slice(0, 28).reduce((sum, { expected }) => sum + expected, 0);
    const values = history.values.with(-1, null).map((value, at, all) => (at >= all.length - 21 ? null : value));
    const wanted = truth.reduce((sum, value) => sum + value, 0);
    expect(total(forecastOf(values)) / wanted).toBeGreaterThan(0.75);
    expect(total(forecastOf(values.map((value) => value ?? 0))) / wanted).toBeLessThan(0.75);
    expect(forecastOf(values).stockOutDays).toBe(values.filter((value) => value === null).length);
  });

  it.each<[GeneratedKind, readonly string[]]>([
    ['smooth', ['SMOOTH']],
    ['erratic', ['ERRATIC']],
    ['intermittent', ['INTERMITTENT']],
    ['lumpy', ['LUMPY']],
  ])('knows %s demand and is judged where it is bought', (kind, patterns) => {
    const forecast = forecastDemand({ history: generateDemand(kind, 2).history, profile: null });
    expect(patterns).toContain(forecast.pattern);
    expect(forecast.basisDays).toBe(kind === 'smooth' || kind === 'erratic' ? 1 : 7);
    const coverage = forecast.backtests[0]?.measuredCoverage ?? 0;
    expect(coverage).toBeGreaterThan(0.7);
    expect(coverage).toBeLessThan(0.95);
    expect(forecast.points[0]?.low === 0 || kind === 'smooth' || kind === 'erratic').toBe(true);
  });

  it('of a new product goes by its category, and more by its own days the more there are', () => {
    const profile: CategoryProfile = {
      ...{ products: 8, dailyMean: 10 },
      weekdays: [0.2, 0.2, 0.2, 0.2, 0.2, 0, 0],
      quantiles: Array.from({ length: 21 }, (_none, at) => at / 10),
    };
    const week = (values: readonly number[]) =>
      forecastOf(values, profile)
        .points.slice(0, 7)
        .reduce((sum, { expected }) => sum + expected, 0);
    expect(forecastOf([], profile)).toMatchObject({ method: 'CATEGORY_PROFILE', beatsSeasonalNaive: null });
    expect(week([])).toBeCloseTo(70, 3);
    expect(week(new Array(14).fill(40))).toBeGreaterThan(week(new Array(3).fill(40)));
    expect(week(new Array(40).fill(40))).toBeLessThan(280);
    expectSound(forecastOf([3, 0, 2], profile));
    // 2026-01-05 is a Monday, so the sixth day ahead of an empty history is a Saturday.
    expect(forecastOf([], profile).points[5]?.expected).toBe(0);
  });

  it('is the same for the same history', () => {
    const { history } = generateDemand('lumpy', 4);
    expect(forecastDemand({ history, profile: null })).toEqual(forecastDemand({ history, profile: null }));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { madeSeries, randomFrom } from '../test-support/made-series.ts';
import { dailyPlan, type ForecastPlan, hourlyPlan, makeForecast } from './forecast.ts';

/** Part of what came later that lay in the band, over so many series. */
function held(count: number, known: number, plan: ForecastPlan, made: (seed: number) => Float64Array) {
  let [inside, all, said] = [0, 0, 0];
  for (let seed = 0; seed < count; seed += 1) {
    const values = made(seed);
    const forecast = makeForecast(values.subarray(0, known), plan);
    if (forecast === null) throw new Error('No forecast');
    said += forecast.backtest.coverage / count;
    for (const [step, { low, high }] of forecast.steps.entries()) {
      const came = values[known + step] ?? Number.NaN;
      inside += came >= low && came <= high ? 1 : 0;
      all += 1;
    }
  }
  return { came: inside / all, said };
}

const memoryOf = (seed: number) => [0, 0.5, 0.8][seed % 3] ?? 0;

describe('a forecast', () => {
  it('of hours holds about 80 % of what comes in its band, as it says', () => {
    const { came, said } = held(9, 1_344, hourlyPlan, (seed) =>
      madeSeries({ seed, length: 1_344 + 72, memory: memoryOf(seed) }),
    );
    expect(came).toBeGreaterThan(0.75);
    expect(came).toBeLessThan(0.88);
    expect(Math.abs(said - 0.8)).toBeLessThan(0.05);
  });

  it('of days too, and it is better than saying what a week ago was', () => {
    const made = (seed: number) => madeSeries({ seed, length: 230, stepsPerDay: 1, weekly: 2, memory: memoryOf(seed) });
    const { came } = held(15, 200, dailyPlan, made);
    expect(came).toBeGreaterThan(0.72);
    expect(came).toBeLessThan(0.88);
    const { method, backtest } = makeForecast(made(3), dailyPlan) ?? {};
    expect(method).toBe('SEASONAL_TREND');
    expect(backtest?.meanError ?? 1).toBeLessThan(backtest?.naiveError ?? 0);
    expect(backtest?.mase).toBeLessThan(1);
  });

  it('says what a season ago was where nothing is better', () => {
    const random = randomFrom(1);
    const week = Array.from({ length: 7 }, () => 10 * random());
    const repeated = Float64Array.from({ length: 200 }, (_none, day) => week[day % 7] ?? 0);
    const forecast = makeForecast(repeated, dailyPlan);
    expect(forecast).toMatchObject({ method: 'SEASONAL_NAIVE', backtest: { naiveError: 0, mase: null } });
    expect(forecast?.steps.map(({ expected }) => expected)).toEqual(
      Array.from({ length: 30 }, (_none, step) => week[(200 + step) % 7]),
    );
  });

  it('is not made from too little, and not below zero of what never was', () => {
    expect(makeForecast(madeSeries({ seed: 1, length: 24 * 14 }), hourlyPlan)).toBeNull();
    expect(makeForecast(new Float64Array(300).fill(Number.NaN), dailyPlan)).toBeNull();
    const flow = madeSeries({ seed: 2, length: 200, stepsPerDay: 1, level: 1, weekly: 1 }).map((value) =>
      Math.max(0, value),
    );
    expect(makeForecast(flow, dailyPlan)?.steps.every(({ low }) => low >= 0)).toBe(true);
  });

  it('answers finite steps or nothing, whatever it is given', () => {
    const value = fc.oneof(fc.constant(Number.NaN), fc.constant(0), fc.double({ min: -1e9, max: 1e9, noNaN: true }));
    const plan = { ...dailyPlan, horizon: 7, blocks: [3, 7], origins: 6, apart: 3 };
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 30 }),
        fc.integer({ max: 140, min: 1 }),
        (pattern, length) => {
          const values = Float64Array.from({ length }, (_none, day) => pattern[day % pattern.length] ?? 0);
          const steps = makeForecast(values, plan)?.steps ?? [];
          for (const { low, expected, high } of steps) {
            expect([low, expected, high].every(Number.isFinite)).toBe(true);
            expect(low).toBeLessThanOrEqual(high);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

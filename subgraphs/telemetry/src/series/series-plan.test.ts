import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSeries, rowsPerSeries, type SeriesGrain, seriesGrains } from './series-plan.ts';

const day = 86_400_000;
const from = new Date('2026-01-01T00:00:00Z');
const plan = (days: number, grain: SeriesGrain | null, samplingMinutes = 5) =>
  planSeries({ from, to: new Date(from.getTime() + days * day), grain, samplingMinutes, limit: 1_000 }).grain;

describe('planSeries', () => {
  it.each([
    ['a day of five-minute readings', 1, null, 'RAW'],
    ['two months of them', 60, null, 'RAW'],
    ['a year of them', 365, null, 'HOUR'],
    ['three years', 3 * 365, null, 'DAY'],
    ['a year when days are wanted', 365, 'DAY', 'DAY'],
    ['a year when every reading is wanted, which is too many', 365, 'RAW', 'HOUR'],
    ['ten years of months', 3_650, 'MONTH', 'MONTH'],
  ] as const)('reads %s as %s', (_name, days, grain, expected) => {
    expect(plan(days, grain)).toBe(expected);
  });

  it('refuses a period that is empty, backwards or endless', () => {
    for (const days of [0, -1, 5_000]) expect(() => plan(days, null)).toThrow('period');
  });

  it('never reads finer than asked, and never more rows than the bound', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 4_000, noNaN: true }),
        fc.option(fc.constantFrom(...seriesGrains)),
        fc.integer({ min: 1, max: 1_440 }),
        (days, grain, sampling) => {
          const chosen = plan(days, grain, sampling);
          const minutes = { RAW: sampling, HOUR: 60, DAY: 1_440, MONTH: 40_320 }[chosen];
          expect((days * 1_440) / minutes).toBeLessThanOrEqual(rowsPerSeries + 1);
          expect(seriesGrains.indexOf(chosen)).toBeGreaterThanOrEqual(seriesGrains.indexOf(grain ?? 'RAW'));
        },
      ),
    );
  });

  it('needs no more stretches than points are wanted, each of whole rows', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 4_000, noNaN: true }),
        fc.integer({ min: 2, max: 5_000 }),
        (days, limit) => {
          const to = new Date(from.getTime() + Math.ceil(days * day));
          const { grain, stretchMs } = planSeries({ from, to, grain: null, samplingMinutes: 5, limit });
          expect(Math.ceil((to.getTime() - from.getTime()) / stretchMs)).toBeLessThanOrEqual(limit);
          expect(stretchMs % { RAW: 300_000, HOUR: 3_600_000, DAY: day, MONTH: 28 * day }[grain]).toBe(0);
        },
      ),
    );
  });
});

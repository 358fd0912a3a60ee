import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outcomeOf, pastDaysOf } from './outcome.ts';
import { type PastForecast, trackOf } from './past-forecast.ts';

const madeOn = '2026-05-15';
const dayBefore = (days: number) => new Date(Date.parse(madeOn) - days * 86_400_000).toISOString().slice(0, 10);
const past = (days: Partial<Pick<PastForecast, 'expected' | 'low' | 'high'>> = {}): PastForecast => ({
  ...{ productId: 'p', siteId: 's', madeOn, method: 'NAIVE', coverage: 0.8 },
  ...{ expected: many(10), low: many(8), high: many(12), ...days },
});
const many = (value: number) => Array.from({ length: 30 }, () => value);
/** Four weeks before it of five a day, and then these. */
const history = (after: readonly (number | null)[], before: readonly (number | null)[] = Array(28).fill(5)) => ({
  startsOn: dayBefore(before.length),
  values: [...before, ...after],
});

describe('what came of a forecast', () => {
  it('is its first days against what they sold, and how many of them the band held', () => {
    const outcome = outcomeOf(past(), history([10, 8, 12, 7, 13, 10, 10, 99]), 7);
    expect(outcome).toEqual({ knownDays: 7, insideDays: 5, claimedDays: 0.8 * 7, said: 70, sold: 70, naive: 35 });
  });

  it('is not known before the last of its days is over', () => {
    expect(outcomeOf(past(), history([1, 2, 3, 4, 5, 6]), 7)).toBeNull();
    expect(outcomeOf(past(), history(Array(7).fill(1)), 7)).not.toBeNull();
    expect(outcomeOf(past(), history(Array(29).fill(1)), 30)).toBeNull();
    expect(outcomeOf(past(), history(Array(30).fill(1)), 30)).toMatchObject({ knownDays: 30, sold: 30, said: 300 });
  });

  it('leaves days without stock out on both sides, and knows nothing where there are only such', () => {
    const outcome = outcomeOf(past(), history([null, 10, null, 10, 10, 10, 20]), 7);
    expect(outcome).toMatchObject({ knownDays: 5, insideDays: 4, said: 50, sold: 60, naive: 25 });
    expect(outcomeOf(past(), history(Array(7).fill(null)), 7)).toMatchObject({ knownDays: 0, said: 0, sold: 0 });
  });

  it('is held against repeating the last week that is known of each day', () => {
    const before = [...Array(14).fill(3), 1, 2, 3, 4, 5, 6, 7, null, 2, 3, 4, 5, 6, 7];
    expect(outcomeOf(past(), history(Array(7).fill(0), before), 7)?.naive).toBe(1 + 2 + 3 + 4 + 5 + 6 + 7);
    // Thirty days repeat the week four times, and two days more.
    expect(outcomeOf(past(), history(Array(30).fill(0), before), 30)?.naive).toBe(4 * 28 + 1 + 2);
  });

  it('takes days before the first sale for days without one', () => {
    const late = { startsOn: dayBefore(-3), values: [4, 4, 4, 4] };
    expect(outcomeOf(past(), late, 7)).toMatchObject({ knownDays: 7, sold: 16, naive: 0 });
  });

  it('holds what stands on the limit of the band, though limits are kept with seven digits', () => {
    const limits = past({ low: many(Math.fround(14.3)), high: many(Math.fround(1234567.8)) });
    expect(outcomeOf(limits, history([14.3, 1234567.8, 14.2, 14.3, 14.3, 14.3, 14.3]), 7)?.insideDays).toBe(6);
  });

  it('never holds more days than are known, nor says more than it said', () => {
    const units = fc.option(fc.integer({ min: 0, max: 40 }), { nil: null });
    fc.assert(
      fc.property(
        fc.array(units, { minLength: 30, maxLength: 40 }),
        fc.array(units, { maxLength: 80 }),
        (after, before) => {
          const week = outcomeOf(past(), history(after, before), 7);
          const month = outcomeOf(past(), history(after, before), 30);
          if (week === null || month === null) throw new Error('All days are over');
          expect(week.insideDays).toBeLessThanOrEqual(week.knownDays);
          expect(week.knownDays).toBe(after.slice(0, 7).filter((value) => value !== null).length);
          expect(month.said).toBe(10 * month.knownDays);
          expect(month.sold).toBeGreaterThanOrEqual(week.sold);
        },
      ),
    );
  });
});

it('days are told as far as they are over, each with what had been said of it', () => {
  const days = pastDaysOf(past(), history([10, null, 13]), 0, 7);
  expect(days.map(({ date, sold, isInside }) => [date, sold, isInside])).toEqual([
    ['2026-05-15', 10, true],
    ['2026-05-16', null, null],
    ['2026-05-17', 13, false],
  ]);
});

it('forecasts are summed up without those of which no day is known, each off by its own sum', () => {
  const outcome = { knownDays: 7, insideDays: 6, claimedDays: 5.6, said: 70, sold: 60, naive: 40 };
  const track = trackOf(7, [
    outcome,
    { ...outcome, said: 50, naive: 80 },
    { ...outcome, knownDays: 0, insideDays: 0, claimedDays: 0, said: 0, sold: 0, naive: 0 },
  ]);
  expect(track).toEqual({
    ...{ horizonDays: 7, forecasts: 2, knownDays: 14, insideDays: 12, claimedDays: 11.2, said: 120, sold: 120 },
    ...{ missed: 20, naiveMissed: 40 },
  });
});

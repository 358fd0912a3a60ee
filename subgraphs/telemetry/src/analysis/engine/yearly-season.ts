import { medianOf } from './statistics.ts';

const yearDays = 365;

/** Whether a season can be told from a trend: two years, of which most was measured. */
export function hasTwoYears(days: Float64Array): boolean {
  return days.length >= 2 * yearDays && days.filter((value) => !Number.isNaN(value)).length >= days.length * 0.7;
}

/**
 * Days without what comes back every year. What changed from a year to the next is no season; without it, what the days
 * around one have in common over the years is.
 */
export function withoutYearlySeason(days: Float64Array): Float64Array {
  const apart = days.subarray(yearDays).map((value, place) => value - (days[place] ?? Number.NaN));
  const perDay = medianOf(apart) / yearDays;
  const level = days.map((value, place) => value - perDay * place);
  const byDay = Array.from({ length: yearDays }, (_none, day) =>
    level.filter((_value, place) => place % yearDays === day),
  );
  const season = byDay.map((_own, day) => medianOf(around(byDay, day)));
  const middle = medianOf(season);
  return days.map((value, place) => value - (season[place % yearDays] ?? 0) + middle);
}

/** What was measured within ten days of a day of the year, in all years. */
function around(byDay: readonly Float64Array[], day: number): number[] {
  return Array.from({ length: 21 }, (_none, step) => byDay[(day + step - 10 + yearDays) % yearDays] ?? []).flatMap(
    (own) => [...own],
  );
}

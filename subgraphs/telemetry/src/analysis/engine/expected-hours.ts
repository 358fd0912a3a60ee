import { type HourSeries, weekHoursOf } from './even-series.ts';
import { medianOf, quantileOf, sigmaPerMad, sortedOf } from './statistics.ts';

/** What each hour should have been, from the others. */
export interface ExpectedHours {
  readonly expected: Float64Array;
  /** Usual distance from it (one standard deviation), never zero. */
  readonly scale: Float64Array;
  /** What comes back every day or week: the part of `expected` that is no level. */
  readonly season: Float64Array;
}

const week = 168;
/** Fewer do not show what an hour of the day is like. */
const daysAtLeast = 14;

/**
 * What each hour should have been: the level of the week before it, and what its hour of the day, or of the week where
 * that tells more, is usually above or below. Medians throughout, and no hour speaks for itself: an anomaly hardly
 * moves what it is held against. Null where there is not enough history.
 */
export function expectHours(series: HourSeries): ExpectedHours | null {
  const { values } = series;
  const weekHours = weekHoursOf(series);
  const dayHours = weekHours.map((hour) => hour % 24);
  const measured = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  if (measured < daysAtLeast * 24 * 0.8) return null;

  const middle = medianOf(values);
  const rough = othersMedians(values, dayHours, 24);
  const level = levelBefore(values.map((value, place) => value - ((rough[place] ?? 0) - middle)));
  const above = values.map((value, place) => value - (level[place] ?? Number.NaN));
  const byDay = othersMedians(above, dayHours, 24);
  const byWeek = othersMedians(above, weekHours, week);
  const restOf = (season: Float64Array) => above.map((value, place) => Math.abs(value - (season[place] ?? Number.NaN)));
  const season = medianOf(restOf(byWeek)) < medianOf(restOf(byDay)) * 0.95 ? byWeek : byDay;
  return {
    season,
    expected: season.map((value, place) => value + (level[place] ?? Number.NaN)),
    scale: scaleOf(restOf(season), dayHours, values),
  };
}

/** Median of the other values with the same key; NaN where there are none. */
function othersMedians(values: Float64Array, keys: Uint8Array, count: number): Float64Array {
  const own = Array.from({ length: count }, () => [] as number[]);
  for (const [place, value] of values.entries()) if (!Number.isNaN(value)) own[keys[place] ?? 0]?.push(value);
  const sorted = own.map((list) => Float64Array.from(list).sort());
  return values.map((value, place) => {
    const list = sorted[keys[place] ?? 0] ?? new Float64Array();
    if (Number.isNaN(value)) return quantileOf(list, 0.5);
    const left = list.length - 1;
    if (left < 1) return Number.NaN;
    const at = lowerPlace(list, value);
    const without = (place: number) => list[place < at ? place : place + 1] ?? Number.NaN;
    return (without(Math.floor((left - 1) / 2)) + without(Math.ceil((left - 1) / 2))) / 2;
  });
}

/** Median of the week before each hour; of the first week, where it is that week itself. */
function levelBefore(values: Float64Array): Float64Array {
  const window: number[] = [];
  const add = (value: number) => {
    if (!Number.isNaN(value)) window.splice(lowerPlace(window, value), 0, value);
  };
  const drop = (value: number) => {
    if (!Number.isNaN(value)) window.splice(lowerPlace(window, value), 1);
  };
  for (const value of values.subarray(0, week)) add(value);
  return values.map((_value, place) => {
    if (place > week) {
      add(values[place - 1] ?? Number.NaN);
      drop(values[place - 1 - week] ?? Number.NaN);
    }
    return window.length < 24 ? Number.NaN : quantileOf(window, 0.5);
  });
}

/** First place in an ascending list whose value is not below. */
function lowerPlace(sorted: ArrayLike<number>, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const half = (low + high) >>> 1;
    if ((sorted[half] ?? 0) < value) low = half + 1;
    else high = half;
  }
  return low;
}

/** Usual distance by hour of the day with its neighbours; hours that never move are given part of what the others do. */
function scaleOf(rest: Float64Array, dayHours: Uint8Array, values: Float64Array): Float64Array {
  const all = medianOf(rest);
  const sorted = sortedOf(values);
  const spread = quantileOf(sorted, 0.95) - quantileOf(sorted, 0.05);
  const least = Math.max(all * 0.3, spread * 0.02, Math.abs(quantileOf(sorted, 0.5)) * 0.001, 1e-6);
  const byHour = Array.from({ length: 24 }, (_none, hour) =>
    medianOf(rest.filter((_value, place) => ((dayHours[place] ?? 0) - hour + 25) % 24 <= 2)),
  );
  return Float64Array.from(dayHours, (hour) => sigmaPerMad * Math.max(byHour[hour] || 0, least));
}

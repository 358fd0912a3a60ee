import type { ExpectedHours } from './expected-hours.ts';
import type { Stretch } from './find-anomalies.ts';
import { medianOf, sigmaPerMad } from './statistics.ts';

const day = 24;
const measuredAtLeast = 18;
/** A day that still does this part of what it is used to has its season. */
const lostBelow = 0.4;
/** How many times its usual distance it has to be away from the usual. */
const deviationsAtLeast = 5;

/**
 * Stretches in which days do not swing as they are used to, where they are used to swing clearly. A jump is in no more
 * than a day of windows, so that it takes more than a day of them; values too far off weigh no more than `limit`.
 */
export function lostSeason(
  values: Float64Array,
  { expected, scale, season }: ExpectedHours,
  limit: number,
): (Stretch & { readonly times: number })[] {
  const middle = medianOf(season);
  const swing = medianOf(season.map((value) => Math.abs(value - middle)));
  if (!(swing * sigmaPerMad > 1.5 * medianOf(scale))) return [];
  const kept = values.map((value, place) => {
    const [usual, reach] = [expected[place] ?? Number.NaN, limit * (scale[place] ?? 0)];
    return Math.min(Math.max(value, usual - reach), usual + reach);
  });
  const parts = values.map((_value, place) => partOf(kept, season, place));
  const usual = medianOf(parts);
  const distance = Math.max(sigmaPerMad * medianOf(parts.map((part) => Math.abs(part - usual))), 0.02);
  const found: (Stretch & { times: number })[] = [];
  let first = -1;
  for (let place = 0; place <= parts.length; place += 1) {
    const part = parts[place] ?? Number.NaN;
    if (part < lostBelow && (usual - part) / distance > deviationsAtLeast) {
      if (first < 0) first = place;
      continue;
    }
    if (first >= 0 && place - first > day) {
      found.push({
        first: Math.max(0, first - day / 2),
        last: place - 1,
        times: (usual - medianOf(parts.subarray(first, place))) / distance,
      });
    }
    first = -1;
  }
  return found;
}

/** How much of its season the day up to a place shows: 1 is all of it. NaN where too little was measured. */
function partOf(values: Float64Array, season: Float64Array, place: number): number {
  let [count, sumValue, sumSeason, both, square] = [0, 0, 0, 0, 0];
  for (let at = Math.max(0, place - day + 1); at <= place; at += 1) {
    const [value, usual] = [values[at] ?? Number.NaN, season[at] ?? Number.NaN];
    if (Number.isNaN(value) || Number.isNaN(usual)) continue;
    count += 1;
    sumValue += value;
    sumSeason += usual;
    both += value * usual;
    square += usual * usual;
  }
  const spread = square - (sumSeason * sumSeason) / count;
  return count < measuredAtLeast || spread <= 0 ? Number.NaN : (both - (sumValue * sumSeason) / count) / spread;
}

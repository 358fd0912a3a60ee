import type { CategoryProfile } from './demand-forecast.ts';
import { meanOf, type Series, weekdayOf } from './series.ts';

export interface DayOutlook {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  readonly sumDeviation: number;
}

/** Days of its own that weigh as much as the category. */
const weightOfCategory = 28;

/** What a product without enough history may sell: its own mean drawn towards its category's, by that one's week and spread. */
export function categoryForecast(
  series: Series,
  profile: CategoryProfile | null,
  horizon: number,
  coverage: number,
): DayOutlook[] {
  const own = [...series.known].filter((value) => !Number.isNaN(value));
  const ownMean = meanOf(own);
  const weight = profile === null ? 0 : weightOfCategory / (weightOfCategory + own.length);
  const rate = (1 - weight) * ownMean + weight * (profile?.dailyMean ?? 0);
  const quantiles = profile?.quantiles ?? quantilesOf(own, ownMean);
  const tail = (1 - coverage) / 2;
  const lower = valueAt(quantiles, tail);
  const [low, high] = lower <= 0 ? [0, valueAt(quantiles, coverage)] : [lower, valueAt(quantiles, 1 - tail)];
  const daily = rate * rate * meanOf(quantiles.map((value) => (value - 1) ** 2));
  // How far its own level may be from the one taken: as much as half of it while nothing of its own is known.
  const level = (rate * Math.max(weight, own.length === 0 ? 1 : 0)) / 2;
  return Array.from({ length: horizon }, (_none, ahead) => {
    const weekday = weekdayOf(series.firstDay + series.known.length + ahead);
    const expected = rate * (profile === null ? 1 : 7 * (profile.weekdays[weekday] ?? 1 / 7));
    const days = ahead + 1;
    const sumDeviation = Math.sqrt(daily * days + level * level * days * days);
    return {
      expected,
      low: Math.min(expected, low * expected),
      high: Math.max(expected, high * expected),
      sumDeviation,
    };
  });
}

const steps = 20;

/** Quantiles of days as multiples of their mean, evenly spaced from 0 to 1. */
export function quantilesOf(days: readonly number[], mean: number): number[] {
  const sorted = days.map((value) => (mean > 0 ? value / mean : 0)).sort((one, other) => one - other);
  return Array.from({ length: steps + 1 }, (_none, at) => valueAt(sorted, at / steps));
}

function valueAt(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const before = sorted[Math.floor(place)] ?? 0;
  const after = sorted[Math.ceil(place)] ?? before;
  return before + (after - before) * (place - Math.floor(place));
}

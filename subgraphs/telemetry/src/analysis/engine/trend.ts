import { effectiveDistance } from './effective-z.ts';
import { mannKendall } from './mann-kendall.ts';
import { medianOf, quantileOf, sortedOf } from './statistics.ts';
import { hasTwoYears, withoutYearlySeason } from './yearly-season.ts';

export interface Trend {
  readonly direction: 'RISING' | 'FALLING' | 'STEADY';
  /** In the unit of the quantity a month (30.4 days). */
  readonly perMonth: number;
  /** Between them with 95 %. */
  readonly lowPerMonth: number;
  readonly highPerMonth: number;
  /** How probable so clear a trend is where there is none. */
  readonly pValue: number;
  /** Of the median, a month; null where the median says nothing. */
  readonly percentPerMonth: number | null;
  readonly isSeasonRemoved: boolean;
  readonly measuredDays: number;
  /** Days before the last one of the series. */
  readonly spanDays: number;
}

const daysInMonth = 365.25 / 12;
/** Fewer weeks cannot be significant, and fewer days are not a trend. */
const weeksAtLeast = 8;
const daysAtLeast = 40;

/**
 * Where a quantity is going, by days (NaN where nothing was measured): the median of all slopes between two days
 * (Theil-Sen), which outliers do not move, and its significance (Mann-Kendall, over weeks, corrected for what one week
 * knows of the next). With two years the season is taken out first. Null where there is not enough history.
 */
export function findTrend(days: Float64Array): Trend | null {
  const first = days.findIndex((value) => !Number.isNaN(value));
  if (first < 0) return null;
  const measured = days.subarray(first);
  const isSeasonRemoved = hasTwoYears(measured);
  const values = isSeasonRemoved ? withoutYearlySeason(measured) : measured;
  const measuredDays = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  const weeks = weeksOf(values);
  if (measuredDays < daysAtLeast || weeks.filter((value) => !Number.isNaN(value)).length < weeksAtLeast) return null;

  const perDay = quantileOf(slopesOf(values), 0.5);
  const slopes = slopesOf(weeks);
  const { pValue, deviation, effective } = mannKendall(weeks, perDay * 7);
  // Ranks of the slopes that are as many deviations away from the middle as 95 % takes.
  const reach = (effectiveDistance(1.96, effective) * deviation) / slopes.length / 2;
  const low = Math.min(quantileOf(slopes, 0.5 - reach) / 7, perDay);
  const high = Math.max(quantileOf(slopes, 0.5 + reach) / 7, perDay);
  const isClear = pValue < 0.05 && (low > 0 || high < 0);
  const middle = medianOf(values);
  const spread = medianOf(values.map((value) => Math.abs(value - middle)));
  return {
    direction: isClear ? (perDay > 0 ? 'RISING' : 'FALLING') : 'STEADY',
    perMonth: perDay * daysInMonth,
    ...{ lowPerMonth: low * daysInMonth, highPerMonth: high * daysInMonth },
    pValue,
    percentPerMonth: middle > spread && middle > 0 ? (100 * perDay * daysInMonth) / middle : null,
    ...{ isSeasonRemoved, measuredDays, spanDays: values.length },
  };
}

/** Means of the weeks, counted back from the last day; NaN for one of which more than three days are missing. */
function weeksOf(days: Float64Array): Float64Array {
  const count = Math.floor(days.length / 7);
  const start = days.length - count * 7;
  return Float64Array.from({ length: count }, (_none, week) => {
    const own = days.subarray(start + week * 7, start + week * 7 + 7).filter((value) => !Number.isNaN(value));
    return own.length < 4 ? Number.NaN : own.reduce((sum, value) => sum + value, 0) / own.length;
  });
}

/** Slopes between any two steps, ascending. */
function slopesOf(values: Float64Array): Float64Array {
  const slopes = new Float64Array((values.length * (values.length - 1)) / 2).fill(Number.NaN);
  let place = 0;
  for (const [later, value] of values.entries()) {
    for (let earlier = 0; earlier < later; earlier += 1) {
      slopes[place] = (value - (values[earlier] ?? Number.NaN)) / (later - earlier);
      place += 1;
    }
  }
  return sortedOf(slopes);
}

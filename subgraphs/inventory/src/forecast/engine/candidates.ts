import type { DemandClass } from './classify-demand.ts';
import type { ForecastMethod } from './demand-forecast.ts';
import { randomForest } from './forest-method.ts';
import { croston, sba, sbj, tsb } from './intermittent-methods.ts';
import { meanOf, type Series } from './series.ts';
import { type Method, movingAverage, naive, seasonalNaive } from './simple-methods.ts';
import { exponentialSmoothing, holtWinters, mstl } from './smoothing-methods.ts';

/** All methods that are tried on a history by themselves; a product without one is forecast by its category. */
export type TriedMethod = Exclude<ForecastMethod, 'CATEGORY_PROFILE' | 'COMBINED'>;

export const methods: Readonly<Record<TriedMethod, Method>> = {
  SEASONAL_NAIVE: seasonalNaive,
  NAIVE: naive,
  MOVING_AVERAGE: movingAverage,
  EXPONENTIAL_SMOOTHING: exponentialSmoothing,
  HOLT_WINTERS: holtWinters,
  CROSTON: croston,
  SBA: sba,
  SBJ: sbj,
  TSB: tsb,
  MSTL: mstl,
  RANDOM_FOREST: randomForest,
};

/** Milliseconds each time: they go on only where they are near the others after two folds. */
export const laborious: ReadonlySet<TriedMethod> = new Set(['MSTL', 'RANDOM_FOREST']);

/** Most days may be without demand. */
const isSparse = ({ pattern }: DemandClass): boolean => pattern === 'INTERMITTENT' || pattern === 'LUMPY';

/** What is tried on a series of this kind, from the simplest on. */
export function candidatesFor(series: Series, kind: DemandClass): readonly TriedMethod[] {
  const naives = ['SEASONAL_NAIVE', 'NAIVE'] as const;
  const smoothed = ['EXPONENTIAL_SMOOTHING', 'HOLT_WINTERS'] as const;
  if (kind.pattern === 'NONE') return [...naives, 'MOVING_AVERAGE'];
  // Four weeks hold too few demands for a mean: smoothing with a long memory says the same of all of them.
  if (isSparse(kind)) return [...naives, ...smoothed, 'CROSTON', 'SBA', 'SBJ', 'TSB', 'RANDOM_FOREST'];
  return [...naives, 'MOVING_AVERAGE', ...smoothed, ...(hasWeek(series) ? ['MSTL' as const] : []), 'RANDOM_FOREST'];
}

const weekShown = 0.05;

/** Whether the day of the week explains some of the demand of the last sixteen weeks, beyond what chance would. */
function hasWeek({ filled }: Series): boolean {
  const values = filled.slice(-112);
  const mean = meanOf(values);
  const means = Float64Array.from({ length: 7 }, (_none, at) => meanOf(values.filter((_value, day) => day % 7 === at)));
  const total = meanOf(values.map((value) => (value - mean) ** 2)) / Math.max(1, values.length - 1);
  const within =
    meanOf(values.map((value, day) => (value - (means[day % 7] ?? 0)) ** 2)) / Math.max(1, values.length - 7);
  return total > 0 && 1 - within / total > weekShown;
}

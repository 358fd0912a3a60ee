import { candidatesFor, laborious, methods, type TriedMethod } from './candidates.ts';
import type { DemandClass } from './classify-demand.ts';
import { cutSeries, meanOf, type Series } from './series.ts';
import type { Method } from './simple-methods.ts';

/** One go at the past: what was said from `origin` on, and what then came (NaN where nobody knows). */
export interface Fold {
  /** Days that were known when it was said. */
  readonly origin: number;
  readonly said: Float64Array;
  readonly came: Float64Array;
}

export interface Tried {
  readonly method: TriedMethod;
  /** All of them, or every other one for a laborious method; of one that gave up the first and the last of these. */
  readonly folds: readonly Fold[];
  /** It was far behind after two folds and not tried on the others. */
  readonly gaveUp: boolean;
}

interface FoldPlan {
  readonly horizon: number;
  /** Days that were known when it was said, fewest first. */
  readonly origins: readonly number[];
}

const mostFolds = 9;
/** How much worse than the best a laborious method may be on two folds and still be tried on the rest. */
const behind = 1.08;

/** Days of history with which methods can be tried; fewer belong to a new product. */
export const shortestHistory = 56;

/** Tries methods on the end of a history, each time with nothing but what was known before. Empty for a short one. */
export function rollingBacktest(
  series: Series,
  kind: DemandClass,
  maeOf: (folds: readonly Fold[]) => number,
  chosen: readonly TriedMethod[] = candidatesFor(series, kind),
): readonly Tried[] {
  const plan = planFolds(series.known.length);
  if (plan === null) return [];
  const cuts = new Map(plan.origins.map((origin) => [origin, cutSeries(series, origin)]));
  const fold = (method: TriedMethod, origin: number): Fold => ({
    origin,
    said: askMethod(methods[method], cuts.get(origin) ?? series, plan.horizon),
    came: series.known.slice(origin, origin + plan.horizon),
  });
  const tried: Tried[] = [];
  for (const method of chosen.filter((one) => !laborious.has(one))) {
    tried.push({ method, folds: plan.origins.map((origin) => fold(method, origin)), gaveUp: false });
  }
  const some = plan.origins.filter((_origin, at) => at % 2 === (plan.origins.length - 1) % 2);
  const ends = some.filter((_origin, at) => at === 0 || at === some.length - 1);
  const bestOnEnds = Math.min(...tried.map(({ folds }) => maeOf(sameFolds(folds, ends))));
  for (const method of chosen.filter((one) => laborious.has(one))) {
    const onEnds = ends.map((origin) => fold(method, origin));
    const gaveUp = some.length > 2 && maeOf(onEnds) > behind * bestOnEnds;
    const goesOn = gaveUp ? ends : some;
    const folds = goesOn.map((origin) => onEnds.find((one) => one.origin === origin) ?? fold(method, origin));
    tried.push({ method, folds, gaveUp });
  }
  return tried;
}

/** Those of the folds that were said at the same days. */
export function sameFolds(folds: readonly Fold[], origins: readonly number[]): Fold[] {
  return folds.filter(({ origin }) => origins.includes(origin));
}

/** What a method says, without what cannot be: demand below zero, no number, more than can be kept. */
export function askMethod(method: Method, series: Series, horizon: number): Float64Array {
  const said = method(series, horizon);
  const usual = meanOf(series.filled);
  return said.map((value) => Math.min(mostUnits, Math.max(0, Number.isFinite(value) ? value : usual)));
}

/** Units a day that the columns of the store hold with room above. */
const mostUnits = 1e12;

function planFolds(length: number): FoldPlan | null {
  const isLong = length >= 112;
  const horizon = isLong ? 28 : 14;
  const fewest = isLong ? 56 : 28;
  const step = horizon / 2;
  const count = Math.min(mostFolds, Math.floor((length - horizon - fewest) / step) + 1);
  if (length < shortestHistory || count < 2) return null;
  return {
    horizon,
    origins: Array.from({ length: count }, (_none, at) => length - horizon - (count - 1 - at) * step),
  };
}

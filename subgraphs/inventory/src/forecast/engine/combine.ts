import type { TriedMethod } from './candidates.ts';
import { type Fold, sameFolds, type Tried } from './rolling-backtest.ts';

export interface Combined {
  readonly parts: readonly TriedMethod[];
  readonly folds: readonly Fold[];
}

const mostParts = 3;
/** Who missed by more than the best times this has nothing to add. */
const farthest = 1.05;

/** They say nearly the same: one of them speaks for all. */
const alike: readonly ReadonlySet<TriedMethod>[] = [
  new Set(['CROSTON', 'SBA', 'SBJ']),
  new Set(['MOVING_AVERAGE', 'EXPONENTIAL_SMOOTHING']),
];

/**
 * The mean of the methods that missed least: they err in different directions, and which one is best on some months of
 * the past is partly luck. Null where there are not two.
 */
export function combineBest(tried: readonly Tried[], maeOf: (one: Tried) => number): Combined | null {
  const ranked = tried
    .filter(({ gaveUp, method }) => !gaveUp && method !== 'SEASONAL_NAIVE' && method !== 'NAIVE')
    .map((one) => ({ one, mae: maeOf(one) }))
    .sort((one, other) => one.mae - other.mae);
  const nearest = ranked[0]?.mae ?? 0;
  const isSaid = (method: TriedMethod, before: typeof ranked) =>
    alike.some((some) => some.has(method) && before.some(({ one }) => some.has(one.method)));
  const parts = ranked
    .filter(({ one, mae }, at) => mae <= nearest * farthest && !isSaid(one.method, ranked.slice(0, at)))
    .slice(0, mostParts)
    .map(({ one }) => one);
  const fewest = parts.toSorted((one, other) => one.folds.length - other.folds.length)[0];
  if (fewest === undefined || parts.length < 2) return null;
  const folds = fewest.folds.map(({ origin, came }) => {
    const said = parts.flatMap(({ folds: all }) => sameFolds(all, [origin]).map((fold) => fold.said));
    return { origin, came, said: meanForecast(said) };
  });
  return { parts: parts.map(({ method }) => method), folds };
}

export function meanForecast(parts: readonly Float64Array[]): Float64Array {
  const [first = new Float64Array()] = parts;
  return first.map((_value, at) => parts.reduce((sum, part) => sum + (part[at] ?? 0), 0) / parts.length);
}

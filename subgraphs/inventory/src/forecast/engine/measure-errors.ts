import type { DemandClass } from './classify-demand.ts';
import type { Fold } from './rolling-backtest.ts';
import { meanOf, type Series } from './series.ts';

export interface Errors {
  readonly mae: number;
  readonly rmse: number;
  readonly bias: number;
  readonly r2: number | null;
}

/**
 * Days whose total is judged at once. By the day, saying zero is best for what sells every other day and useless to who
 * buys; so errors of such products are those of a week, and of four weeks where most weeks are without demand.
 */
export function basisOf({ pattern, interval }: DemandClass): 1 | 7 | 28 {
  if (pattern === 'SMOOTH' || pattern === 'ERRATIC' || pattern === 'NONE') return 1;
  return (1 - 1 / interval) ** 7 < 0.3 ? 7 : 28;
}

/** What was missed over all folds, by totals of `basis` days. */
export function measureErrors(folds: readonly Fold[], basis: number): Errors {
  const said: number[] = [];
  const came: number[] = [];
  for (const fold of folds) {
    for (let start = 0; start < fold.came.length; start += basis) {
      const end = Math.min(fold.came.length, start + basis);
      const total = totals(fold, start, end);
      if (total === null) continue;
      said.push(total.said);
      came.push(total.came);
    }
  }
  const missed = said.map((value, at) => value - (came[at] ?? 0));
  const squares = meanOf(missed.map((value) => value * value));
  const mean = meanOf(came);
  const variance = meanOf(came.map((value) => (value - mean) ** 2));
  return {
    mae: meanOf(missed.map(Math.abs)),
    rmse: Math.sqrt(squares),
    bias: meanOf(missed),
    r2: variance > 0 ? 1 - squares / variance : null,
  };
}

/** What seasonal naive misses by inside a history: the unit of MASE. Null where that is nothing. */
export function naiveScale({ known }: Series, basis: number): number | null {
  const missed: number[] = [];
  if (basis === 1) {
    for (let at = 7; at < known.length; at += 1) missed.push(Math.abs((known[at] ?? 0) - (known[at - 7] ?? 0)));
  } else {
    const totals: number[] = [];
    for (let end = known.length; end >= basis; end -= basis) totals.push(sumOf(known.slice(end - basis, end)));
    for (let at = 1; at < totals.length; at += 1) missed.push(Math.abs((totals[at] ?? 0) - (totals[at - 1] ?? 0)));
  }
  const scale = meanOf(missed.filter((value) => !Number.isNaN(value)));
  return scale > 0 ? scale : null;
}

const sumOf = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

/** Only days that are known are added, on both sides. */
function totals({ said, came }: Fold, start: number, end: number): { said: number; came: number } | null {
  let isKnown = false;
  const total = { said: 0, came: 0 };
  for (let at = start; at < end; at += 1) {
    const value = came[at] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    isKnown = true;
    total.said += said[at] ?? 0;
    total.came += value;
  }
  return isKnown ? total : null;
}

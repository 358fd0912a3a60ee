import type { Fold } from './rolling-backtest.ts';
import { meanOf } from './series.ts';

/** Between which limits a day's demand is said to be. */
export type Band = (expected: number, ahead: number) => { readonly low: number; readonly high: number };

/**
 * A band from what a method missed by on days that it had not seen (split conformal prediction), with the correction for
 * few samples. What is missed grows with the days ahead and with the demand, so each miss is divided by the size that is
 * usual for both. Demand is never below zero: where the lower limit would be, the band begins at zero and gives the
 * whole share to the upper one.
 */
export function conformalBand(folds: readonly Fold[], coverage: number): Band {
  const misses = folds
    .flatMap(({ said, came }) =>
      Array.from(said, (expected, ahead) => ({ expected, ahead, missed: (came[ahead] ?? Number.NaN) - expected })),
    )
    .filter(({ missed }) => !Number.isNaN(missed));
  const usual = meanOf(misses.map(({ expected }) => expected));
  const sizes = growingSizes(misses);
  const sizeOf = (expected: number, ahead: number) => sizeAhead(sizes, ahead) * relativeSize(expected, usual);
  const sorted = misses
    .map(({ expected, ahead, missed }) => missed / sizeOf(expected, ahead))
    .sort((one, other) => one - other);
  const tail = (1 - coverage) / 2;
  const lower = sorted[Math.max(0, Math.floor((sorted.length + 1) * tail) - 1)] ?? 0;
  const upper = quantileAbove(sorted, 1 - tail);
  const upperAlone = quantileAbove(sorted, coverage);
  // Where so many days are without demand, a limit above zero would leave them all out.
  const isOftenZero = misses.filter(({ expected, missed }) => expected + missed <= 0).length >= tail * misses.length;
  return (expected, ahead) => {
    const size = sizeOf(expected, ahead);
    const low = expected + size * lower;
    return isOftenZero || low <= 0
      ? { low: 0, high: Math.max(0, expected + size * upperAlone) }
      : { low, high: expected + size * upper };
  };
}

/** Share of known days inside the band, each fold against a band of the others. Null where there are too few folds. */
export function measureCoverage(folds: readonly Fold[], coverage: number): number | null {
  if (folds.length < 3) return null;
  let inside = 0;
  let days = 0;
  folds.forEach((fold, at) => {
    const band = conformalBand(folds.toSpliced(at, 1), coverage);
    fold.came.forEach((came, ahead) => {
      if (Number.isNaN(came)) return;
      const { low, high } = band(fold.said[ahead] ?? 0, ahead);
      days += 1;
      if (came >= low && came <= high) inside += 1;
    });
  });
  return days === 0 ? null : inside / days;
}

interface Miss {
  readonly expected: number;
  readonly ahead: number;
  readonly missed: number;
}

function quantileAbove(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil((sorted.length + 1) * share) - 1)] ?? 0;
}

/** Noise grows with the root of the demand, as counts do. */
const relativeSize = (expected: number, usual: number) =>
  usual > 0 ? Math.sqrt(Math.max(expected, usual / 20) / usual) : 1;

/** Root mean square of the misses in each week ahead, made so that a later week is never said to be surer. */
function growingSizes(misses: readonly Miss[]): number[] {
  const weeks = Map.groupBy(misses, ({ ahead }) => Math.floor(ahead / 7));
  const blocks: { square: number; weight: number; weeks: number }[] = [];
  for (const [, list] of [...weeks].sort(([one], [other]) => one - other)) {
    let block = { square: meanOf(list.map(({ missed }) => missed * missed)), weight: list.length, weeks: 1 };
    for (let before = blocks.at(-1); before !== undefined && before.square > block.square; before = blocks.at(-1)) {
      const weight = before.weight + block.weight;
      const square = (before.square * before.weight + block.square * block.weight) / weight;
      block = { square, weight, weeks: before.weeks + block.weeks };
      blocks.pop();
    }
    blocks.push(block);
  }
  return blocks.flatMap(({ square, weeks: count }) =>
    new Array<number>(count).fill(Math.max(Math.sqrt(square), leastSize)),
  );
}

/** Values are near 1: a week in which nothing was missed is still divided by. */
const leastSize = 1e-6;

/** Beyond the weeks that were tried, on as a random walk would from the growth that was seen; at most twice the last. */
function sizeAhead(sizes: readonly number[], ahead: number): number {
  const week = Math.floor(ahead / 7);
  const last = sizes.at(-1) ?? 1;
  if (week < sizes.length) return sizes[week] ?? last;
  const first = sizes[0] ?? last;
  const growth = (last * last - first * first) / Math.max(1, sizes.length - 1);
  return Math.min(2 * last, Math.sqrt(last * last + growth * (week - sizes.length + 1)));
}

import type { Fold } from './rolling-backtest.ts';
import { meanOf } from './series.ts';

/**
 * Standard deviation of the error of a sum over the first days ahead. The square of what such sums missed by is taken for
 * what days miss by one by one, which grows with their number, and what the level is off by, which grows with its square.
 * @returns for a number of days
 */
export function sumDeviation(folds: readonly Fold[]): (days: number) => number {
  const days: number[] = [];
  const squares: number[] = [];
  for (const { said, came } of folds) {
    let missed = 0;
    for (let at = 0; at < said.length; at += 1) {
      const value = came[at] ?? Number.NaN;
      if (!Number.isNaN(value)) missed += (said[at] ?? 0) - value;
      days.push(at + 1);
      squares.push((missed * missed) / (at + 1));
    }
  }
  const { daily, level } = fit(days, squares);
  return (count) => Math.sqrt(daily * count + level * count * count);
}

/** The line `daily + level × days` through the squares, neither of them below zero. */
function fit(days: readonly number[], squares: readonly number[]): { daily: number; level: number } {
  const meanDay = meanOf(days);
  const meanSquare = meanOf(squares);
  const spread = meanOf(days.map((day) => (day - meanDay) ** 2));
  const slope = meanOf(days.map((day, at) => (day - meanDay) * ((squares[at] ?? 0) - meanSquare))) / (spread || 1);
  const start = meanSquare - slope * meanDay;
  if (slope <= 0) return { daily: meanSquare, level: 0 };
  if (start >= 0) return { daily: start, level: slope };
  const through = meanOf(days.map((day, at) => day * (squares[at] ?? 0))) / (meanOf(days.map((day) => day * day)) || 1);
  return { daily: 0, level: through };
}

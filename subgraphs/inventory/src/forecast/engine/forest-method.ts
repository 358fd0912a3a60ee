import { growForest } from './regression-forest.ts';
import { weekdayOf } from './series.ts';
import type { Method } from './simple-methods.ts';

const lags = [1, 7, 14, 30];
const windows = [7, 14, 30];
/** Days that the first row needs behind it. */
const longestLook = 30;
const mostRows = 365;
const dayMs = 86_400_000;

/**
 * A random forest on demand 1, 7, 14 and 30 days before, its means and its trend over a week, two and a month, the day of
 * the week, the month and the quarter. Goes on day by day from what it has said itself.
 */
export const randomForest: Method = ({ known, filled, firstDay }, horizon) => {
  const length = filled.length;
  const values = new Float64Array(length + horizon);
  values.set(filled);
  const sums = runningSums(filled, length + horizon);
  const rows: number[] = [];
  // A day that nobody knows teaches nothing.
  for (let at = Math.max(longestLook, length - mostRows); at < length; at += 1) {
    if (!Number.isNaN(known[at] ?? Number.NaN)) rows.push(at);
  }
  const table = rows.map((at) => features(values, sums, at, firstDay + at));
  const columns = Array.from({ length: featureCount }, (_none, column) =>
    Float64Array.from(table, (row) => row[column] ?? 0),
  );
  const forest = growForest(
    { columns, targets: Float64Array.from(rows, (at) => values[at] ?? 0) },
    { trees: 20, depth: 5, leaf: 8, tried: 4, seed: 7 },
  );
  for (let at = length; at < length + horizon; at += 1) {
    const value = Math.max(0, forest(features(values, sums, at, firstDay + at)));
    values[at] = value;
    sums[at + 1] = (sums[at] ?? 0) + value;
  }
  return values.slice(length);
};

const featureCount = lags.length + windows.length + 4;

function features(values: Float64Array, sums: Float64Array, at: number, day: number): Float64Array {
  const row = new Float64Array(featureCount);
  let column = 0;
  const put = (value: number) => {
    row[column] = value;
    column += 1;
  };
  const meanBefore = (end: number, days: number) => {
    const start = Math.max(0, end - days);
    return end <= start ? 0 : ((sums[end] ?? 0) - (sums[start] ?? 0)) / (end - start);
  };
  for (const lag of lags) put(values[at - lag] ?? 0);
  for (const days of windows) put(meanBefore(at, days));
  // What the last two weeks sold a day more than the two before.
  put(meanBefore(at, 14) - meanBefore(Math.max(0, at - 14), 14));
  const month = new Date(day * dayMs).getUTCMonth();
  put(weekdayOf(day));
  put(month);
  put(Math.floor(month / 3));
  return row;
}

/** `sums[n]` is the sum of the first n values; room is left for those to come. */
function runningSums(values: Float64Array, length: number): Float64Array {
  const sums = new Float64Array(length + 1);
  for (let at = 0; at < values.length; at += 1) sums[at + 1] = (sums[at] ?? 0) + (values[at] ?? 0);
  return sums;
}

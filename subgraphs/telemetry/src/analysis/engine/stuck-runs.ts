import type { Stretch } from './find-anomalies.ts';

const hoursAtLeast = 8;

/**
 * Stretches in which a value does not move by its last digit, for longer than it is used to: more than twice as long as
 * the third longest other one, so that one fault or two do not teach it. Zero is rest, where the quantity `mayRest`.
 */
export function stuckRuns(values: Float64Array, mayRest: boolean): (Stretch & { readonly times: number })[] {
  const runs: Stretch[] = [];
  let first = 0;
  for (let place = 1; place <= values.length; place += 1) {
    if (place < values.length && isSame(values[place], values[first])) continue;
    if (place - first > 1) runs.push({ first, last: place - 1 });
    first = place;
  }
  const hoursOf = (run: Stretch) => run.last - run.first + 1;
  const longest = runs.map(hoursOf).toSorted((a, b) => b - a);
  const usual = longest[2] ?? 1;
  return runs
    .filter((run) => hoursOf(run) >= Math.max(hoursAtLeast, 2 * usual + 2))
    .filter(({ first: start }) => !(mayRest && values[start] === 0))
    .map((run) => ({ ...run, times: hoursOf(run) / Math.max(1, usual) }));
}

/** Means of equal readings differ by how they were added. */
function isSame(one: number | undefined, other: number | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  return Math.abs(one - other) <= 1e-9 * Math.max(Math.abs(one), Math.abs(other));
}

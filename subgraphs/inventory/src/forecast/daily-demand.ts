import type { DemandHistory } from './engine/demand-forecast.ts';

/** Units of a day, less what came back on it. */
export interface SoldDay {
  readonly date: string;
  readonly quantity: number;
}

/** Days on which nothing lay in any warehouse of a site; `until` is the first that is no more. */
export interface OutOfStock {
  readonly from: string;
  readonly until: string;
}

/** Nobody keeps a shelf empty for longer by mistake: after this many days, silence is silence. */
const longestOutOfStock = 60;
const dayMs = 86_400_000;

/**
 * Demand day by day, from the first through the day before `today`. What came back is taken off the sales before it,
 * so that no day is below zero; a day without sale is unknown while there was nothing to sell.
 */
export function dailyDemand(options: {
  readonly firstDay: string;
  readonly today: string;
  readonly sold: readonly SoldDay[];
  readonly outOfStock: readonly OutOfStock[];
}): DemandHistory {
  const first = dayOf(options.firstDay);
  const values = new Array<number | null>(Math.max(0, dayOf(options.today) - first)).fill(0);
  for (const { date, quantity } of options.sold) {
    const at = dayOf(date) - first;
    if (at >= 0 && at < values.length) values[at] = (values[at] ?? 0) + quantity;
  }
  takeOffReturns(values);
  const empty = new Set<number>();
  for (const { from, until } of options.outOfStock) {
    for (let at = Math.max(0, dayOf(from) - first); at < Math.min(values.length, dayOf(until) - first); at += 1) {
      empty.add(at);
    }
  }
  let run = 0;
  for (let at = 0; at < values.length; at += 1) {
    run = empty.has(at) && values[at] === 0 ? run + 1 : 0;
    if (run > 0 && run <= longestOutOfStock) values[at] = null;
  }
  return { startsOn: options.firstDay, values };
}

const dayOf = (date: string) => Math.round(Date.parse(date) / dayMs);

function takeOffReturns(values: (number | null)[]): void {
  let left = 0;
  for (let at = values.length - 1; at >= 0; at -= 1) {
    const rest = (values[at] ?? 0) + left;
    values[at] = Math.max(0, rest);
    left = Math.min(0, rest);
  }
}

/** Days on which every warehouse of a site was empty, from those of each. */
export function whereAllAreEmpty(warehouses: readonly (readonly OutOfStock[])[]): OutOfStock[] {
  const [first, ...others] = warehouses;
  if (first === undefined) return [];
  return others.reduce<OutOfStock[]>(
    (common, other) =>
      common.flatMap((one) =>
        other.flatMap(({ from, until }) => {
          const [, latest = from] = [one.from, from].sort();
          const [earliest = until] = [one.until, until].sort();
          const both = { from: latest, until: earliest };
          return both.from < both.until ? [both] : [];
        }),
      ),
    [...first],
  );
}

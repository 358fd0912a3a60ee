import { twoSidedP } from './statistics.ts';

export interface MannKendall {
  /** How probable so many rising or falling pairs are where nothing rises or falls. */
  readonly pValue: number;
  /** Standard deviation of rising pairs minus falling ones. */
  readonly deviation: number;
}

/**
 * Mann and Kendall's test with Hamed and Rao's correction: where a step resembles the one before, fewer of them are
 * news. `slope` is what is taken out before it is asked how much they resemble each other.
 */
export function mannKendall(values: Float64Array, slope: number): MannKendall {
  const places = [...values.keys()].filter((place) => !Number.isNaN(values[place]));
  const measured = places.map((place) => values[place] ?? 0);
  const count = measured.length;
  let rising = 0;
  for (const [later, value] of measured.entries()) {
    for (let earlier = 0; earlier < later; earlier += 1) rising += Math.sign(value - (measured[earlier] ?? 0));
  }
  const ties = [...Map.groupBy(measured, (value) => value).values()].map(({ length }) => length);
  const pairsOf = (size: number) => size * (size - 1) * (2 * size + 5);
  const plain = (pairsOf(count) - ties.reduce((sum, size) => sum + pairsOf(size), 0)) / 18;
  const variance = plain * correctionOf(ranksOf(places.map((place) => (values[place] ?? 0) - slope * place)));
  // A constant series has no variance and no trend.
  if (variance <= 0) return { pValue: 1, deviation: 0 };
  const deviation = Math.sqrt(variance);
  return { pValue: twoSidedP(Math.max(0, Math.abs(rising) - 1) / deviation), deviation };
}

/** How many times wider the spread is than that of steps that know nothing of each other; never narrower. */
function correctionOf(ranks: readonly number[]): number {
  const count = ranks.length;
  const middle = (count + 1) / 2;
  const spread = ranks.reduce((sum, rank) => sum + (rank - middle) ** 2, 0);
  if (spread === 0) return 1;
  let sum = 0;
  for (let lag = 1; lag <= Math.min(10, Math.floor(count / 3)); lag += 1) {
    let shared = 0;
    for (let place = lag; place < count; place += 1) {
      shared += ((ranks[place] ?? 0) - middle) * ((ranks[place - lag] ?? 0) - middle);
    }
    const likeness = shared / spread;
    if (likeness < 1.645 / Math.sqrt(count)) break;
    sum += (count - lag) * (count - lag - 1) * (count - lag - 2) * likeness;
  }
  return 1 + (2 * sum) / (count * (count - 1) * (count - 2));
}

/** Places in ascending order from 1; equal ones share theirs. */
function ranksOf(values: readonly number[]): number[] {
  const order = [...values.keys()].toSorted((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1] ?? 0] === values[order[from] ?? 0]) to += 1;
    for (let place = from; place <= to; place += 1) ranks[order[place] ?? 0] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return ranks;
}

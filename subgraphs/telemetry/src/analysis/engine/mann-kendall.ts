import { effectiveZ } from './effective-z.ts';
import { twoSidedP } from './statistics.ts';

export interface MannKendall {
  /** How probable so many rising or falling pairs are where nothing rises or falls. */
  readonly pValue: number;
  /** Standard deviation of rising pairs minus falling ones. */
  readonly deviation: number;
  /** Steps that would say as much if they knew nothing of each other. */
  readonly effective: number;
}

/**
 * Mann and Kendall's test with a correction in the manner of Hamed and Rao: where a step resembles the one before, fewer
 * of them are news, and of few of them the spread itself is uncertain (Student's distribution instead of the bell curve).
 * `slope` is what is taken out before it is asked how much they resemble each other.
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
  const correction = correctionOf(ranksOf(places.map((place) => (values[place] ?? 0) - slope * place)));
  const variance = plain * correction;
  const effective = count / correction;
  // A constant series has no variance and no trend.
  if (variance <= 0) return { pValue: 1, deviation: 0, effective };
  const deviation = Math.sqrt(variance);
  const z = Math.max(0, Math.abs(rising) - 1) / deviation;
  return { pValue: twoSidedP(effectiveZ(z, effective)), deviation, effective };
}

/**
 * How many times wider the spread is than that of steps that know nothing of each other; never narrower. What a short
 * series shows of its own memory is too little, the more so as a line was fitted to it: one step's likeness is put right
 * for both (Kendall), and of a memory that fades by that much each step every lag counts, not only those that stand out.
 */
function correctionOf(ranks: readonly number[]): number {
  const count = ranks.length;
  const middle = (count + 1) / 2;
  const spread = ranks.reduce((sum, rank) => sum + (rank - middle) ** 2, 0);
  if (spread === 0) return 1;
  let shared = 0;
  for (let place = 1; place < count; place += 1)
    shared += ((ranks[place] ?? 0) - middle) * ((ranks[place - 1] ?? 0) - middle);
  const likeness = 2 * Math.sin((Math.PI / 6) * (shared / spread));
  const memory = Math.min(mostMemory, Math.max(0, (count * likeness + 2) / (count - 4)));
  let sum = 0;
  for (let lag = 1; lag < count - 2; lag += 1) {
    // Of ranks, what of the values is `memory ** lag`.
    const ofRanks = (6 / Math.PI) * Math.asin(memory ** lag / 2);
    sum += (count - lag) * (count - lag - 1) * (count - lag - 2) * ofRanks;
  }
  return 1 + (2 * sum) / (count * (count - 1) * (count - 2));
}

/** A series that remembers more is a walk, of which nothing can be said. */
const mostMemory = 0.99;

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

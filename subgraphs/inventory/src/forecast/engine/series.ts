/** Demand of one product at one site, as the methods work on it: days from the first to yesterday. */
export interface Series {
  /** Units of each day; NaN where nobody knows. */
  readonly known: Float64Array;
  /** The same with the unknown days filled by what is usual for them. */
  readonly filled: Float64Array;
  /** Days since 1970-01-01 of the first value. */
  readonly firstDay: number;
}

const weeksAround = 4;

/** Makes a series of days, null where nobody knows. */
export function seriesOf(values: readonly (number | null)[], firstDay: number): Series {
  const known = Float64Array.from(values, (value) => value ?? Number.NaN);
  return { known, filled: fillUnknown(known), firstDay };
}

/** The series as it was known when it had `length` days: nothing of what came later is in it. */
export function cutSeries({ known, firstDay }: Series, length: number): Series {
  const cut = known.slice(0, length);
  return { known: cut, filled: fillUnknown(cut), firstDay };
}

/** 0 on Mondays. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

/** An unknown day gets the mean of the same weekday in the weeks around it, or else the mean of all known days. */
function fillUnknown(known: Float64Array): Float64Array {
  if (!known.some(Number.isNaN)) return known;
  const all = meanOf(known.filter((value) => !Number.isNaN(value)));
  return known.map((value, at) => {
    if (!Number.isNaN(value)) return value;
    const near: number[] = [];
    for (let step = -weeksAround; step <= weeksAround; step += 1) {
      const other = known[at + 7 * step] ?? Number.NaN;
      if (!Number.isNaN(other)) near.push(other);
    }
    return near.length === 0 ? all : meanOf(near);
  });
}

/** 0 of nothing. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at] ?? 0;
  return values.length === 0 ? 0 : sum / values.length;
}

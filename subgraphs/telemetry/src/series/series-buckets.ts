/** A stretch of measurements, or a single one. */
export interface SeriesBucket {
  /** Where it begins. */
  readonly at: Date;
  readonly count: number;
  /** Values behind min, max and sum: the good ones, or all where none is good. */
  readonly summed: number;
  readonly suspect: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly first: number;
  readonly last: number;
  /** Of a counter: m3 that flowed. */
  readonly delta: number | null;
}

export const seriesAggregates = ['AVERAGE', 'MINIMUM', 'MAXIMUM', 'FIRST', 'LAST', 'DELTA'] as const;
export type SeriesAggregate = (typeof seriesAggregates)[number];

/** The number that a bucket stands for; null when it has none of the kind. */
export function bucketValue(bucket: SeriesBucket, aggregate: SeriesAggregate): number | null {
  switch (aggregate) {
    case 'AVERAGE':
      return bucket.sum / bucket.summed;
    case 'MINIMUM':
      return bucket.min;
    case 'MAXIMUM':
      return bucket.max;
    case 'FIRST':
      return bucket.first;
    case 'LAST':
      return bucket.last;
    case 'DELTA':
      return bucket.delta;
  }
}

/**
 * At most `limit` buckets out of consecutive ones, each joining as many as its neighbours. Extremes and volumes survive:
 * the lowest minimum, the highest maximum and the sum of deltas are those of the input.
 */
export function joinBuckets(buckets: readonly SeriesBucket[], limit: number): readonly SeriesBucket[] {
  if (buckets.length <= limit) return buckets;
  const size = Math.ceil(buckets.length / limit);
  const joined: SeriesBucket[] = [];
  for (let start = 0; start < buckets.length; start += size) {
    const [first, ...rest] = buckets.slice(start, start + size);
    if (first !== undefined) joined.push(rest.reduce(join, first));
  }
  return joined;
}

function join(one: SeriesBucket, next: SeriesBucket): SeriesBucket {
  return {
    at: one.at,
    count: one.count + next.count,
    summed: one.summed + next.summed,
    suspect: one.suspect + next.suspect,
    min: Math.min(one.min, next.min),
    max: Math.max(one.max, next.max),
    sum: one.sum + next.sum,
    first: one.first,
    last: next.last,
    delta: one.delta === null && next.delta === null ? null : (one.delta ?? 0) + (next.delta ?? 0),
  };
}

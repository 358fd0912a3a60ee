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
  /** Measurements, or buckets of the grain, that are gathered in it. */
  readonly joined: number;
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

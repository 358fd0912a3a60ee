import { AppError } from '@cauce/shared/errors/app-error';

export const seriesGrains = ['RAW', 'HOUR', 'DAY', 'MONTH'] as const;
export type SeriesGrain = (typeof seriesGrains)[number];

/** What is asked of the store for one series. */
export interface SeriesPlan {
  readonly grain: SeriesGrain;
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
  /** Points that are wanted at most. */
  readonly limit: number;
  /** Rows of the grain, where there are more of them than points, are gathered by so long stretches from `from` on. */
  readonly stretchMs: number;
}

export interface SeriesQuestion {
  readonly from: Date;
  readonly to: Date;
  /** The finest grain that is wanted; null lets the length of the period decide. */
  readonly grain: SeriesGrain | null;
  readonly samplingMinutes: number;
  readonly limit: number;
}

/** Rows that one series may read. A year of hours fits, and so do two months of five-minute readings. */
export const rowsPerSeries = 20_000;

const longestPeriodMs = 11 * 366 * 86_400_000;
const grainMinutes: Readonly<Record<Exclude<SeriesGrain, 'RAW'>, number>> = { HOUR: 60, DAY: 1_440, MONTH: 28 * 1_440 };

/**
 * Picks the finest grain that is wanted and whose rows stay within the bound: what is coarser than asked says so in its
 * answer. Stretches are whole rows of the grain, and no more than points are wanted. Throws BAD_USER_INPUT for a period that is empty or longer than eleven years.
 */
export function planSeries({ from, to, grain, samplingMinutes, limit }: SeriesQuestion): SeriesPlan {
  const spanMs = to.getTime() - from.getTime();
  if (spanMs <= 0 || spanMs > longestPeriodMs) {
    throw new AppError('BAD_USER_INPUT', 'The period must end after it begins and last eleven years at most', {
      detail: { argument: 'range' },
    });
  }
  const lengthOf = (candidate: SeriesGrain) =>
    60_000 * (candidate === 'RAW' ? Math.max(1, samplingMinutes) : grainMinutes[candidate]);
  const wanted = seriesGrains.slice(seriesGrains.indexOf(grain ?? 'RAW'));
  const chosen = wanted.find((candidate) => spanMs / lengthOf(candidate) <= rowsPerSeries) ?? 'MONTH';
  const stretchMs = Math.ceil(spanMs / lengthOf(chosen) / limit) * lengthOf(chosen);
  return { grain: chosen, from, to, limit, stretchMs };
}

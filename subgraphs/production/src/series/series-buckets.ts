import { AppError } from '@cauce/shared/errors/app-error';
import type { DateRange } from '@cauce/shared/schema/date-range';
import { addDays, dayOf, startOfDay } from '../plant-time.ts';

export const seriesGrains = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'] as const;
export type SeriesGrain = (typeof seriesGrains)[number];

/** Points of one line: more than a chart can show. */
export const maxBuckets = 800;

/**
 * The first day of every bucket that a period touches, as Postgres' `date_trunc` names them; weeks begin on Monday.
 * The first and the last bucket hold only the days that lie in the period.
 */
export function bucketsOf({ from, to }: DateRange, grain: SeriesGrain): string[] {
  const buckets: string[] = [];
  for (let bucket = bucketOf(from, grain); bucket <= to; bucket = nextBucket(bucket, grain)) {
    buckets.push(bucket);
    if (buckets.length > maxBuckets) {
      throw new AppError('BAD_USER_INPUT', `The period has more than ${maxBuckets} points of this grain`, {
        detail: { argument: 'grain' },
      });
    }
  }
  return buckets;
}

export function bucketOf(day: string, grain: SeriesGrain): string {
  const month = Number(day.slice(5, 7));
  switch (grain) {
    case 'DAY':
      return day;
    case 'WEEK':
      return addDays(day, -((startOfDay(day).getUTCDay() + 6) % 7));
    case 'MONTH':
      return `${day.slice(0, 7)}-01`;
    case 'QUARTER':
      return `${day.slice(0, 4)}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
    case 'YEAR':
      return `${day.slice(0, 4)}-01-01`;
  }
}

const monthsIn = { MONTH: 1, QUARTER: 3, YEAR: 12 } as const;

function nextBucket(bucket: string, grain: SeriesGrain): string {
  if (grain === 'DAY') return addDays(bucket, 1);
  if (grain === 'WEEK') return addDays(bucket, 7);
  const start = startOfDay(bucket);
  start.setUTCMonth(start.getUTCMonth() + monthsIn[grain]);
  return dayOf(start);
}

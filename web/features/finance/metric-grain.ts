import { type DayRange, dayCount } from '../../ui/format/day-range.ts';

export type MetricBucket = 'DAY' | 'WEEK' | 'MONTH';

/** As many bars as can still be told apart. */
export function metricGrain(range: DayRange): MetricBucket {
  const days = dayCount(range);
  return days <= 62 ? 'DAY' : days <= 400 ? 'WEEK' : 'MONTH';
}

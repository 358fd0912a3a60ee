import { isTimeZone } from '@cauce/shared/time-zone';
import { z } from 'zod';

/** Spans that can be asked for by name, counted in days of a time zone; today is the last day of those that end now. */
export const namedRanges = [
  'today',
  'yesterday',
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'last_365_days',
  'this_month',
  'last_month',
  'this_year',
  'last_year',
] as const;

export type NamedRange = (typeof namedRanges)[number];

export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** An IANA time zone that this runtime knows. */
export const timeZoneSchema = z
  .string()
  .max(60)
  .refine((zone) => isTimeZone(zone), 'No such IANA time zone');

/** The first and the last day of a named span, both included, as `YYYY-MM-DD`. */
export function namedRange(name: NamedRange, now: Date, timeZone: string): DayRange {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);
  const [year = 0, month = 1] = today.split('-').map(Number);
  const lastDays = /^last_(\d+)_days$/.exec(name);
  if (lastDays !== null) return { from: dayAfter(today, 1 - Number(lastDays[1])), to: today };
  switch (name) {
    case 'yesterday':
      return { from: dayAfter(today, -1), to: dayAfter(today, -1) };
    case 'this_month':
      return { from: day(year, month, 1), to: today };
    case 'last_month':
      return { from: day(year, month - 1, 1), to: day(year, month, 0) };
    case 'this_year':
      return { from: day(year, 1, 1), to: today };
    case 'last_year':
      return { from: day(year - 1, 1, 1), to: day(year - 1, 12, 31) };
    default:
      return { from: today, to: today };
  }
}

/** Months and days may run over either end of their range, as in `Date.UTC`. */
function day(year: number, month: number, date: number): string {
  return new Date(Date.UTC(year, month - 1, date)).toISOString().slice(0, 10);
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

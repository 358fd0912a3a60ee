import type { DateRange } from '@cauce/shared/schema/date-range';
import { businessZone } from './orders/order.store.ts';

/** The instants that a span of book days covers, the end excluded. */
export function instantsOf({ from, to }: DateRange): { readonly from: Date; readonly until: Date } {
  return { from: startOfDay(from), until: startOfDay(nextDay(to)) };
}

/** When a calendar day begins in the books' zone, daylight saving considered. */
export function startOfDay(day: string): Date {
  const asUtc = Date.parse(`${day}T00:00:00Z`);
  const guess = new Date(asUtc - offsetMs(new Date(asUtc)));
  // The offset may change between the first guess and the day's real start.
  return new Date(asUtc - offsetMs(guess));
}

/** The calendar day of an instant in the books' zone. */
export function dayOf(instant: Date): string {
  return dayFormat.format(instant);
}

export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

export function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: businessZone, dateStyle: 'short' });
const partsFormat = new Intl.DateTimeFormat('en-US', {
  timeZone: businessZone,
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

function offsetMs(instant: Date): number {
  const parts = Object.fromEntries(partsFormat.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(
    parts.year ?? 0,
    (parts.month ?? 1) - 1,
    parts.day ?? 1,
    parts.hour ?? 0,
    parts.minute ?? 0,
    parts.second ?? 0,
  );
  return wall - Math.floor(instant.getTime() / 1000) * 1000;
}

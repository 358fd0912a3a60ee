import { hourIn } from './zone-day.ts';

interface Slot {
  readonly startAt: string;
  readonly status: string;
}

/** How the slots of a day are taken, hour by hour from the first to the last that has any. */
export interface Occupancy {
  /** `08`, `09`, … */
  readonly hours: readonly string[];
  readonly booked: readonly number[];
  readonly held: readonly number[];
  readonly free: readonly number[];
  /** Booked or held, of all that are open for booking, 0 to 100; null without slots. */
  readonly takenPct: number | null;
}

/** Counts slots by hour of the clinic's clock. Closed slots are nobody's to take and do not count. */
export function occupancyOf(slots: readonly Slot[], timeZone: string): Occupancy {
  const open = slots
    .filter(({ status }) => status === 'BUSY' || status === 'BUSY_TENTATIVE' || status === 'FREE')
    .map(({ status, startAt }) => ({ status, hour: hourIn(startAt, timeZone) }));
  if (open.length === 0) return { hours: [], booked: [], held: [], free: [], takenPct: null };
  const first = Math.min(...open.map(({ hour }) => hour));
  const last = Math.max(...open.map(({ hour }) => hour));
  const hours = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const count = (status: string) =>
    hours.map((hour) => open.filter((slot) => slot.hour === hour && slot.status === status).length);
  const free = count('FREE');
  return {
    hours: hours.map((hour) => String(hour).padStart(2, '0')),
    booked: count('BUSY'),
    held: count('BUSY_TENTATIVE'),
    free,
    takenPct: (1 - free.reduce((sum, one) => sum + one, 0) / open.length) * 100,
  };
}

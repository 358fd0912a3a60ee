/**
 * Time at a plant. `fecha_produccion` is what the plant's own clock showed, without zone, and stays that: its day is
 * the calendar day of the site whatever zone this process or the database session runs in, and no conversion can
 * move an order across midnight. An hour that a clock change repeats or skips is therefore only a label inside its
 * day. What cannot be had from such a clock is an instant, so none is offered.
 *
 * In JavaScript the wall clock travels in the UTC fields of a `Date`, as Prisma reads and writes `timestamp`.
 */
export type WallClock = Date;

/** `2026-04-04T23:30` or with seconds: ISO 8601 without an offset. */
export const localTimePattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?$/;

/** Reads plant time; null for text that is none, such as the 30th of February or one with an offset. */
export function readWallClock(text: string): WallClock | null {
  if (!localTimePattern.test(text)) return null;
  const clock = new Date(`${text}Z`);
  return Number.isNaN(clock.getTime()) || clock.toISOString().slice(0, 16) !== text.slice(0, 16) ? null : clock;
}

/** `2026-04-04T23:30:00`. */
export function wallClockText(clock: WallClock): string {
  return clock.toISOString().slice(0, 19);
}

/** The plant's calendar day: `2026-04-04`. */
export function dayOf(clock: WallClock): string {
  return clock.toISOString().slice(0, 10);
}

/** The first moment of a plant's day. */
export function startOfDay(day: string): WallClock {
  return new Date(`${day}T00:00:00Z`);
}

export function addDays(day: string, days: number): string {
  const clock = startOfDay(day);
  clock.setUTCDate(clock.getUTCDate() + days);
  return dayOf(clock);
}

/** No clock on earth is further ahead of UTC than this. */
const furthestAheadMs = 14 * 3_600_000;

/** Whether a plant's clock can show this time yet, wherever the plant is. */
export function hasHappened(clock: WallClock, now: Date): boolean {
  return clock.getTime() <= now.getTime() + furthestAheadMs;
}

import { clockAt, instantAt, nextDay } from '../zone-time.ts';
import type { TellingTimes } from './notification.ts';

/** When digests of a day go out, minutes from midnight. */
export const dailyDigestMinute = 8 * 60;
const hourMs = 60 * 60 * 1000;

/**
 * When a message may go out that is ready now: at once if it cannot wait, else with the next digest, and never within
 * the recipient's quiet hours. Never before `now`, and never more than two days after it.
 */
export function dueAt(now: Date, times: TellingTimes, isUrgent: boolean): Date {
  if (isUrgent) return now;
  return afterQuietHours(digestAfter(now, times), times);
}

/** Whether it waits for others, to go out with them as one message. */
export function isDigested({ digest }: TellingTimes, isUrgent: boolean): boolean {
  return digest !== 'IMMEDIATE' && !isUrgent;
}

function digestAfter(now: Date, { digest, timeZone }: TellingTimes): Date {
  if (digest === 'IMMEDIATE') return now;
  if (digest === 'HOURLY') return new Date(Math.ceil(now.getTime() / hourMs) * hourMs);
  const { day } = clockAt(now, timeZone);
  const today = instantAt(day, dailyDigestMinute, timeZone);
  return today >= now ? today : instantAt(nextDay(day), dailyDigestMinute, timeZone);
}

/** The instant itself, or the end of the quiet hours that it falls into. */
export function afterQuietHours(
  at: Date,
  { quietFromMinute, quietToMinute, timeZone }: Omit<TellingTimes, 'digest'>,
): Date {
  if (quietFromMinute === null || quietToMinute === null) return at;
  const { day, minute } = clockAt(at, timeZone);
  const passesMidnight = quietFromMinute > quietToMinute;
  const isQuiet = passesMidnight
    ? minute >= quietFromMinute || minute < quietToMinute
    : minute >= quietFromMinute && minute < quietToMinute;
  if (!isQuiet) return at;
  const end = instantAt(passesMidnight && minute >= quietFromMinute ? nextDay(day) : day, quietToMinute, timeZone);
  // Where the clock is set back, the same minute comes twice.
  return end > at ? end : at;
}

import { type GroupInterval, intervalMinutes } from '../schemas/schema-intervals.ts';
import { clockAt, startOfDay } from '../zone-time.ts';

/** What is measured in a stretch comes, and is added up, within so long after its end. */
const graceMs = 2 * 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Where the newest stretch ended that is whole and added up by now. */
export function newestEnd(interval: GroupInterval, now: Date, timeZone: string): Date {
  const settled = now.getTime() - graceMs;
  const minutes = intervalMinutes[interval];
  const stepMs = minutes === null ? hourMs : minutes * 60_000;
  if (minutes !== null || interval === 'HOUR') return new Date(Math.floor(settled / stepMs) * stepMs);
  const { day } = clockAt(new Date(settled), timeZone);
  return startOfDay(interval === 'MONTH' ? `${day.slice(0, 7)}-01` : day, timeZone);
}

/** A group from before it says nothing of how things are: the point has been silent since. */
export function oldestUseful(interval: GroupInterval, end: Date): Date {
  const days = interval === 'MONTH' ? 70 : interval === 'DAY' ? 8 : 2;
  return new Date(end.getTime() - days * dayMs);
}

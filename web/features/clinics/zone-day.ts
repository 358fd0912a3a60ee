import { shiftDay } from '../../ui/format/day-range.ts';

/** The instants between which a calendar day of a zone lies: the first one is in it, the second one no more. */
export interface DayInstants {
  readonly from: string;
  readonly to: string;
}

/** A calendar day (`2026-11-20`) of an IANA zone as instants; a day may have 23 or 25 hours. */
export function dayInstants(day: string, timeZone: string): DayInstants {
  return { from: startOfDay(day, timeZone), to: startOfDay(shiftDay(day, 1), timeZone) };
}

/** The hour of the day, 0 to 23, that a zone's clock shows at an instant. */
export function hourIn(at: string, timeZone: string): number {
  return Number(clock(timeZone).format(new Date(at)).slice(11, 13));
}

/** Where the clocks go forward at midnight, as in Chile, the day begins at one: its first instant is what counts. */
function startOfDay(day: string, timeZone: string): string {
  const wall = Date.parse(`${day}T00:00:00Z`);
  const candidates = [wall - offsetMs(wall - 864e5, timeZone), wall - offsetMs(wall + 864e5, timeZone)];
  const inDay = candidates.filter((at) => clock(timeZone).format(at).slice(0, 10) === day);
  return new Date(Math.min(...(inDay.length > 0 ? inDay : candidates))).toISOString();
}

/** What a zone's clock is ahead of UTC at an instant. */
function offsetMs(at: number, timeZone: string): number {
  return Date.parse(`${clock(timeZone).format(at).replace(' ', 'T')}Z`) - Math.floor(at / 1000) * 1000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The Swedish locale writes ISO 8601: `2026-11-20 14:05:00`. */
function clock(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timeZone, made);
  return made;
}

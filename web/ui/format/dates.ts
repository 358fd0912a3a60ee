import type { Language } from './numbers.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** An instant in a zone: `20 nov 2026, 14:05`. */
export function formatInstant(at: string | number | Date, language: Language, timeZone?: string): string {
  return `${formatDayOf(at, language, timeZone, true)}, ${formatClock(at, language, timeZone)}`;
}

/** A date and time on a place's own clock, without an offset (`2026-11-20T14:05:00`): `20 nov 2026, 14:05`. */
export function formatLocalInstant(local: string, language: Language): string {
  return formatInstant(`${local.slice(0, 19)}Z`, language, 'UTC');
}

/** The time of day of an instant, 24 hours: `14:05`. */
export function formatClock(at: string | number | Date, language: Language, timeZone?: string): string {
  return dateFormat(language, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(new Date(at));
}

/** A calendar day as the graph sends it (`2026-11-20`): `20 nov 2026`, or `20 nov` when the year is plain. */
export function formatDay(day: string, language: Language, withYear = true): string {
  return dayText(dateFormat(language, dayOptions(withYear, 'UTC')), new Date(`${day}T00:00:00Z`));
}

/** Both days with what they share written once: `1–20 nov 2026`, `28 oct – 20 nov 2026`. */
export function formatDayRange(range: { readonly from: string; readonly to: string }, language: Language): string {
  const { from, to } = range;
  if (from === to) return formatDay(to, language);
  if (from.slice(0, 7) === to.slice(0, 7)) return `${Number(from.slice(8))}–${formatDay(to, language)}`;
  return `${formatDay(from, language, from.slice(0, 4) !== to.slice(0, 4))} – ${formatDay(to, language)}`;
}

/** The month of a calendar day, in words: `octubre`. */
export function formatMonth(day: string, language: Language): string {
  return dateFormat(language, { month: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** How long ago, in the largest unit that says enough: `hace 4 s`, `hace 2 min`, `4 s ago`. */
export function formatAge(ageMs: number, language: Language): string {
  if (ageMs < 1_000) return language === 'es' ? 'ahora' : 'now';
  const text = formatDuration(ageMs);
  return language === 'es' ? `hace ${text}` : `${text} ago`;
}

/** A length of time in the largest unit that says enough: `26 min`. The units read the same in both languages. */
export function formatDuration(ms: number): string {
  const length = Math.max(0, ms);
  if (length < 1_000) return '<\u00a01\u00a0s';
  const [count, unit] =
    length < minuteMs
      ? [length / 1000, 's']
      : length < hourMs
        ? [length / minuteMs, 'min']
        : length < 2 * dayMs
          ? [length / hourMs, 'h']
          : [length / dayMs, 'd'];
  return `${Math.floor(count)}\u00a0${unit}`;
}

/** The zone's short name at an instant (`GMT-3`), to be said where it differs from the reader's. */
export function formatZone(timeZone: string, language: Language, at: Date = new Date()): string {
  const parts = dateFormat(language, { timeZone, timeZoneName: 'shortOffset' }).formatToParts(at);
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? timeZone;
}

/** The calendar day of an instant in a zone: `20 nov`, or `20 nov 2026`. */
export function formatDayOf(
  at: string | number | Date,
  language: Language,
  timeZone: string | undefined,
  withYear: boolean,
): string {
  return dayText(dateFormat(language, dayOptions(withYear, timeZone)), new Date(at));
}

function dayOptions(withYear: boolean, timeZone: string | undefined): DateOptions {
  return { day: 'numeric', month: 'short', ...(withYear ? { year: 'numeric' } : {}), timeZone };
}

/** Day, month, year in this order in both languages, without the points and prepositions that engines disagree on. */
function dayText(format: Intl.DateTimeFormat, at: Date): string {
  const parts = format.formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value;
  return [part('day'), part('month')?.slice(0, 3), part('year')].filter((text) => text !== undefined).join(' ');
}

type DateOptions = Omit<Intl.DateTimeFormatOptions, 'timeZone'> & { readonly timeZone: string | undefined };

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(language: Language, { timeZone, ...options }: DateOptions): Intl.DateTimeFormat {
  const key = `${language}|${timeZone}|${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'es', {
    ...options,
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  formats.set(key, made);
  return made;
}

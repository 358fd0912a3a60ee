/** Calendar days of a site, both included, as the graph's `DateRangeInput` takes them. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** How a period is compared: with the same days of the month before, or with the days just before it. */
export interface Comparison {
  readonly range: DayRange;
  readonly kind: 'month' | 'days';
}

const dayMs = 86_400_000;

/** Today's calendar day in a zone. */
export function todayIn(timeZone: string | undefined, now: Date = new Date()): string {
  // The Swedish locale writes ISO 8601 days.
  return new Intl.DateTimeFormat('sv-SE', timeZone === undefined ? {} : { timeZone }).format(now);
}

export function monthToDate(today: string): DayRange {
  return { from: `${today.slice(0, 7)}-01`, to: today };
}

/** The last `count` days that end with and include `today`. */
export function lastDays(today: string, count: number): DayRange {
  return { from: shiftDay(today, 1 - count), to: today };
}

export function previousMonth(today: string): DayRange {
  const last = shiftDay(`${today.slice(0, 7)}-01`, -1);
  return { from: `${last.slice(0, 7)}-01`, to: last };
}

export function yearToDate(today: string): DayRange {
  return { from: `${today.slice(0, 4)}-01-01`, to: today };
}

/** The period a number is fairly compared with: month to date against the same days of the month before. */
export function comparisonOf(range: DayRange): Comparison {
  const startsMonth = range.from.endsWith('-01');
  if (startsMonth && range.from.slice(0, 7) === range.to.slice(0, 7)) {
    const before = previousMonth(range.from);
    const isWholeMonth = shiftDay(range.to, 1).endsWith('-01');
    const sameDay = `${before.from.slice(0, 8)}${range.to.slice(8)}`;
    return {
      kind: 'month',
      range: { from: before.from, to: isWholeMonth || sameDay > before.to ? before.to : sameDay },
    };
  }
  const length = dayCount(range);
  return { kind: 'days', range: { from: shiftDay(range.from, -length), to: shiftDay(range.from, -1) } };
}

/** Days in a period, both ends counted. */
export function dayCount({ from, to }: DayRange): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1;
}

/** Whether text is a calendar day that exists: what a link says is not to be trusted. */
export function isDay(text: string | null | undefined): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** A day some days later, or earlier when negative. */
export function shiftDay(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

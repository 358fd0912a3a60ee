/**
 * The instant at which a calendar day begins in a time zone. Where a clock change removes midnight (Chile's falls on it
 * each spring), the day begins with its first instant, as in Postgres.
 */
export function startOfDay(day: string, timeZone: string): Date {
  return instantAt(day, 0, timeZone);
}

/** The instant at which a zone's clock shows a minute of a calendar day; the first after it where the clock skips it. */
export function instantAt(day: string, minute: number, timeZone: string): Date {
  const wanted = Date.parse(`${day}T00:00:00Z`) + minute * 60_000;
  const first = wanted - offsetMs(wanted, timeZone);
  // The offset before the change may differ from the one after: ask again at the instant that was found.
  const second = wanted - offsetMs(first, timeZone);
  return new Date(offsetMs(second, timeZone) === offsetMs(first, timeZone) ? second : Math.max(first, second));
}

/** What a zone's clock shows at an instant: the calendar day, and the minutes since its midnight. */
export function clockAt(instant: Date, timeZone: string): { readonly day: string; readonly minute: number } {
  const shown = new Date(instant.getTime() + offsetMs(instant.getTime(), timeZone));
  return { day: shown.toISOString().slice(0, 10), minute: shown.getUTCHours() * 60 + shown.getUTCMinutes() };
}

/** The day after. */
export function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** How far the zone's clock is ahead of UTC at an instant. */
export function offsetMs(instantMs: number, timeZone: string): number {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA-u-hc-h23', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, value]));
  const shown = Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}Z`);
  return shown - Math.floor(instantMs / 1_000) * 1_000;
}

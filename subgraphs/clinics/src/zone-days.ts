const dayMs = 86_400_000;

/** Calendar days from one instant to another on the clock of a time zone; negative when it has passed. */
export function daysBetween(from: Date, to: Date, timeZone: string): number {
  // The Canadian way of writing a date is ISO 8601.
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const dayAt = (instant: Date) => Date.parse(`${format.format(instant)}T00:00:00Z`);
  return Math.round((dayAt(to) - dayAt(from)) / dayMs);
}

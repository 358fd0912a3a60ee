/**
 * Whether a text is the name of a time zone: `America/Santiago`. An offset is none, although programs take it for one:
 * Postgres reads `+05:00` as five hours behind.
 */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Za-z]/.test(text)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}

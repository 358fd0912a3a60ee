/** A month as it hangs on a wall: weeks from Monday on, null for days of other months. */
export function weeksOf(month: string): readonly (readonly (string | null)[])[] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const days = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const before = (first.getUTCDay() + 6) % 7;
  const cells = Array.from({ length: Math.ceil((before + days) / 7) * 7 }, (_, index) => {
    const day = index - before + 1;
    return day < 1 || day > days ? null : `${month}-${String(day).padStart(2, '0')}`;
  });
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** A month some months from another: `2026-11` and 2 is `2027-01`. */
export function monthFrom(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** The calendar day of an instant in a zone: `2026-11-20`. */
export function dayIn(at: string | number, timeZone: string): string {
  // Sweden writes dates as ISO does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(at));
}

/** First instant of some days of a zone and the first after them, ISO. */
export function boundsIn(from: string, to: string, timeZone: string): { readonly from: string; readonly to: string } {
  const after = new Date(Date.parse(`${to}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
  return { from: startOf(from, timeZone), to: startOf(after, timeZone) };
}

const dayMs = 86_400_000;

/** Zones lie at most fourteen hours from UTC; the quarters of an hour between are tried from the earliest on. */
function startOf(day: string, timeZone: string): string {
  const middle = Date.parse(`${day}T00:00:00Z`);
  for (let quarter = -14 * 4; quarter <= 14 * 4; quarter += 1) {
    const at = middle + quarter * 15 * 60_000;
    if (dayIn(at, timeZone) === day) return new Date(at).toISOString();
  }
  return new Date(middle).toISOString();
}

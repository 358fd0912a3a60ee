/** The instant at which a calendar day begins in a zone, epoch milliseconds. */
export function zonedStart(day: string, timeZone: string): number {
  return zonedInstant(`${day}T00:00`, timeZone);
}

/** The instant at which the clocks of a zone show a date and time (`2026-11-20T14:05`), epoch milliseconds. */
export function zonedInstant(local: string, timeZone: string): number {
  const asUtc = Date.parse(`${local}Z`);
  const guess = asUtc - offsetMs(asUtc, timeZone);
  // Where the clocks change between the guess and what is meant, the offset at the guess is the right one.
  return asUtc - offsetMs(guess, timeZone);
}

/** How far the clocks of a zone are ahead of UTC at an instant. */
function offsetMs(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(atMs);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(atMs / 1_000) * 1_000;
}

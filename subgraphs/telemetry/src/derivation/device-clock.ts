/** What a device's clock may be ahead of ours, ms. */
const toleranceMs = 10 * 60_000;

/**
 * The last instant that has come, as far as clocks agree on it. What was measured later is kept as it came, but it is not
 * the latest of anything: a clock that is a day ahead would hide every reading until then.
 */
export function lastInstant(now: Date): Date {
  return new Date(now.getTime() + toleranceMs);
}

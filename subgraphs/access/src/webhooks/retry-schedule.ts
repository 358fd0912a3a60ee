const [seconds, minutes, hours] = [1_000, 60_000, 3_600_000];

/** Pauses after the first try, the second, and so on: eight tries in a day. */
const pausesMs = [30 * seconds, 2 * minutes, 10 * minutes, 30 * minutes, 2 * hours, 6 * hours, 15 * hours] as const;

/** Tries of one delivery before it is given up. */
export const mostAttempts = pausesMs.length + 1;

/**
 * When a delivery is tried again after so many failed attempts, or null when it is given up. A tenth more or less, by
 * `random` in [0, 1), keeps the deliveries that failed together from coming back together.
 */
export function nextAttemptAt(attempts: number, now: Date, random: number): Date | null {
  const pauseMs = pausesMs[attempts - 1];
  return pauseMs === undefined ? null : new Date(now.getTime() + pauseMs * (0.9 + 0.2 * random));
}

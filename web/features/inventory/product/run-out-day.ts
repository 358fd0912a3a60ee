/** The day on which what is on hand is sold out, by what is expected to be sold each day; null when it lasts beyond them. */
export function runOutDay(
  onHand: number,
  points: readonly { readonly date: string; readonly expected: number }[],
): string | null {
  let left = onHand;
  for (const { date, expected } of points) {
    left -= Math.max(0, expected);
    // A remainder that is smaller than any quantity is none.
    if (left < 1e-6) return date;
  }
  return null;
}

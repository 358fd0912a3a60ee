/** A stretch of time in which a holder may spend so much. */
export interface QuotaWindow {
  /** Names the stretch among the holder's: `minute:29388123`, `day:2026-11-20`. The next one counts from nothing. */
  readonly id: string;
  readonly limit: number;
  /** In epoch milliseconds; the count is forgotten soon after. */
  readonly endsAtMs: number;
  /** Stretches before it, by their ids, whose counts are held against the limit as well: so a window slides. */
  readonly earlier?: readonly string[];
  /** What is known to have been spent in it: counting starts there when nothing is counted yet. */
  readonly spentBefore?: number;
}

export interface QuotaTaken {
  /** The first window that has too little left, by position; null when the units were taken. */
  readonly refusedBy: number | null;
  /** What is spent in each window now, what was spent in earlier stretches included. */
  readonly spent: readonly number[];
  /** What of it was spent in each of the earlier stretches, in their order. */
  readonly earlier: readonly (readonly number[])[];
}

/** Counts what holders spend, over all processes together. */
export interface QuotaCounters {
  /**
   * Takes units from every window, or from none when one of them has too little left: one atomic step, so that requests
   * side by side never spend more than the limit. Never rejects: while Redis is away each process counts for itself.
   */
  take(holder: string, units: number, windows: readonly QuotaWindow[]): Promise<QuotaTaken>;
}

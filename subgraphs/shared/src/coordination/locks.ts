/**
 * Keeps two processes from doing the same work at once. A lock only saves work: it may be lost at any time, so a
 * constraint in Postgres stands behind every rule.
 */
export interface Locks {
  /** Runs `work` while holding the lock; `null` when somebody else holds it. */
  tryRun<Value>(
    key: string,
    ttlMs: number,
    work: (signal: AbortSignal) => Promise<Value>,
  ): Promise<{ readonly value: Value } | null>;
  close(): Promise<void>;
}

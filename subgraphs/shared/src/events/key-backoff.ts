/** Keys whose event could not be handled and that wait for their next try, longer each time. */
export interface KeyBackoff {
  /** How often it has failed by now. */
  fail(key: string, nowMs: number): number;
  forget(key: string): void;
  /** Keys that must not be tried yet. */
  blockedKeys(nowMs: number): string[];
  hasBlocked(): boolean;
}

/** From half a second, doubling, to five minutes. */
export function createKeyBackoff(firstMs = 500, longestMs = 300_000): KeyBackoff {
  const waiting = new Map<string, { readonly failures: number; readonly untilMs: number }>();
  return {
    fail: (key, nowMs) => {
      const failures = (waiting.get(key)?.failures ?? 0) + 1;
      waiting.set(key, { failures, untilMs: nowMs + Math.min(longestMs, firstMs * 2 ** (failures - 1)) });
      return failures;
    },
    forget: (key) => {
      waiting.delete(key);
    },
    blockedKeys: (nowMs) => [...waiting].filter(([, wait]) => wait.untilMs > nowMs).map(([key]) => key),
    hasBlocked: () => waiting.size > 0,
  };
}

import type { QuotaCounters } from './quota-counters.ts';

const mostCounts = 20_000;

/** Counts in this process. What is over is forgotten when there is much of it. */
export function createMemoryQuotaCounters(now: () => number = Date.now): QuotaCounters {
  const counts = new Map<string, { spent: number; readonly endsAtMs: number }>();
  const forgetEnded = (): void => {
    for (const [key, { endsAtMs }] of counts) if (endsAtMs < now()) counts.delete(key);
  };
  return {
    take: async (holder, units, windows) => {
      if (counts.size > mostCounts) forgetEnded();
      const held = windows.map(({ id, endsAtMs, spentBefore = 0 }) => {
        const key = `${holder}:${id}`;
        const known = counts.get(key) ?? { spent: spentBefore, endsAtMs };
        counts.set(key, known);
        return known;
      });
      const refusedBy = windows.findIndex(({ limit }, at) => (held[at]?.spent ?? 0) + units > limit);
      if (refusedBy === -1) for (const count of held) count.spent += units;
      return { refusedBy: refusedBy === -1 ? null : refusedBy, spent: held.map(({ spent }) => spent) };
    },
  };
}

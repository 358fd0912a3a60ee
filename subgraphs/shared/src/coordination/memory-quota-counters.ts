import type { QuotaCounters } from './quota-counters.ts';

const mostCounts = 20_000;

/** Counts in this process. What is over is forgotten when there is much of it. */
export function createMemoryQuotaCounters(now: () => number = Date.now): QuotaCounters {
  const counts = new Map<string, { spent: number; readonly endsAtMs: number }>();
  let forgetAt = mostCounts;
  const forgetEnded = (): void => {
    for (const [key, { endsAtMs }] of counts) if (endsAtMs < now()) counts.delete(key);
  };
  return {
    take: async (holder, units, windows) => {
      if (counts.size > forgetAt) {
        forgetEnded();
        // Those that stand are not looked through again for each request.
        forgetAt = Math.max(mostCounts, counts.size * 2);
      }
      const held = windows.map(({ id, endsAtMs, spentBefore = 0 }) => {
        const key = `${holder}:${id}`;
        const known = counts.get(key) ?? { spent: spentBefore, endsAtMs };
        counts.set(key, known);
        return known;
      });
      const earlier = windows.map((window) =>
        (window.earlier ?? []).map((id) => counts.get(`${holder}:${id}`)?.spent ?? 0),
      );
      const spentIn = (at: number) => (earlier[at] ?? []).reduce((sum, one) => sum + one, held[at]?.spent ?? 0);
      const refusedBy = windows.findIndex(({ limit }, at) => spentIn(at) + units > limit);
      if (refusedBy === -1) for (const count of held) count.spent += units;
      return { refusedBy: refusedBy === -1 ? null : refusedBy, spent: held.map((_, at) => spentIn(at)), earlier };
    },
  };
}

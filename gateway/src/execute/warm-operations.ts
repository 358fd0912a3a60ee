import { setImmediate } from 'node:timers/promises';
import type { AccessRules, Demand } from '../plan/access-rules.ts';
import type { Decisions } from '../plan/decisions.ts';

/** How much is made ready before another supergraph takes over. */
export interface WarmLimits {
  readonly maxOperations: number;
  /** Milliseconds after which the rest is left to its first requests. */
  readonly maxMs: number;
}

export const defaultWarmLimits: WarmLimits = { maxOperations: 200, maxMs: 3_000 };

interface Used {
  readonly uses: number;
}

/**
 * Does `work` for the most used of these, one at a time, letting requests through in between. What fails is left out: its
 * first request will be told why.
 */
export async function forBusiest<Item extends Used>(
  items: Iterable<Item>,
  { maxOperations, maxMs }: WarmLimits,
  work: (item: Item) => void | Promise<void>,
): Promise<void> {
  const end = performance.now() + maxMs;
  const busiest = [...items].sort((a, b) => b.uses - a.uses).slice(0, maxOperations);
  for (const item of busiest) {
    if (performance.now() >= end) return;
    try {
      await work(item);
    } catch {
      // Its first request will say so.
    }
    await setImmediate();
  }
}

/** What requests were decided by on one supergraph. */
export interface DecidedOn {
  readonly rules: AccessRules | null;
  readonly demands: readonly Demand[];
  readonly overrideLabels: readonly string[];
}

/** The same decisions on another supergraph; null where it demands something else of viewers, or overrides otherwise. */
export function decidedAgain(decisions: Decisions, before: DecidedOn, now: DecidedOn): Decisions | null {
  const isSame =
    JSON.stringify([before.demands, before.overrideLabels]) === JSON.stringify([now.demands, now.overrideLabels]);
  if (!isSame) return null;
  const unmet = new Set(now.demands.filter((_, index) => isIn(decisions.unmet, before.demands[index])));
  return { ...decisions, rules: now.rules, unmet };
}

function isIn(set: ReadonlySet<Demand>, demand: Demand | undefined): boolean {
  return demand !== undefined && set.has(demand);
}

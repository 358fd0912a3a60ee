import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import type { QuotaCounters, QuotaWindow } from '@cauce/shared/coordination/quota-counters';
import { AppError } from '@cauce/shared/errors/app-error';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { UsageLedger } from './usage-ledger.ts';

/** An operation that was measured and is about to run. */
export interface ChargedOperation {
  /** As the client named it. */
  readonly name: string | null | undefined;
  /** Objects that the answer might hold. */
  readonly cost: number;
}

/** What an API key was charged, and what it may still spend. */
export interface QuotaLeft {
  readonly unitsCharged: number;
  readonly unitsPerMinute: number;
  readonly unitsPerDay: number;
  readonly unitsLeftThisMinute: number;
  readonly unitsLeftToday: number;
}

/** Charges API keys for what they ask, by cost. */
export interface Quota {
  /**
   * Charges one operation before it runs and answers what is left; null for who is not charged. Throws `RATE_LIMITED`
   * with `retryAfterSeconds` when too little is left, `OPERATION_TOO_COSTLY` for what no minute has room for.
   */
  charge(viewer: Viewer, operation: ChargedOperation): Promise<QuotaLeft | null>;
}

export interface QuotaDeps {
  readonly counters: QuotaCounters;
  readonly ledger: UsageLedger;
  readonly clock: Clock;
  readonly metrics: Metrics;
}

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** The minute slides by so much: what was spent counts for at least 60 seconds, and for 65 at most. */
const slotMs = 5_000;
const earlierSlots = minuteMs / slotMs;

/**
 * Quotas by minute and by calendar day (UTC), counted over all gateways in one atomic step, so that requests side by
 * side cannot overspend; what is refused costs nothing. No sixty seconds hold more than a minute's units, wherever they
 * begin. A count that was lost starts from what is
 * written down of the day.
 */
export function createQuota({ counters, ledger, clock, metrics }: QuotaDeps): Quota {
  return {
    async charge({ id, kind, quota }, { name, cost }) {
      if (kind !== 'apiKey' || quota === undefined) return null;
      const { unitsPerMinute, unitsPerDay } = quota;
      // An operation of nothing but scalars is work as well.
      const units = Math.max(1, Math.ceil(cost));
      if (units > unitsPerMinute) {
        throw new AppError(
          'OPERATION_TOO_COSTLY',
          `The operation costs ${units}; the key may spend ${unitsPerMinute}`,
          {
            detail: { measured: units, limit: unitsPerMinute },
          },
        );
      }
      const nowMs = clock.now().getTime();
      const day = new Date(nowMs).toISOString().slice(0, 10);
      const windows: readonly [QuotaWindow, QuotaWindow] = [
        slidingMinute(nowMs, unitsPerMinute),
        { ...windowOf('day', nowMs, dayMs, unitsPerDay), spentBefore: quota.day === day ? quota.spentThatDay : 0 },
      ];
      const { refusedBy, spent, earlier } = await counters.take(id, units, windows);
      ledger.note({ keyId: id, day, operation: name ?? null, units: refusedBy === null ? units : 0 });
      if (refusedBy === null) {
        const [thisMinute = 0, today = 0] = spent;
        return {
          unitsCharged: units,
          unitsPerMinute,
          unitsPerDay,
          unitsLeftThisMinute: Math.max(0, unitsPerMinute - thisMinute),
          unitsLeftToday: Math.max(0, unitsPerDay - today),
        };
      }
      const limit = refusedBy === 0 ? 'api-key.minute' : 'api-key.day';
      metrics.count('cauce_rate_limited_total', 'Requests refused by a limit', { limit });
      const waitMs =
        refusedBy === 0
          ? untilRoom(nowMs, units - (unitsPerMinute - (spent[0] ?? 0)), earlier[0] ?? [])
          : windows[1].endsAtMs - nowMs;
      throw refusal(limit, units, waitMs);
    },
  };
}

function slidingMinute(nowMs: number, limit: number): QuotaWindow {
  const slot = Math.floor(nowMs / slotMs);
  const earlier = Array.from({ length: earlierSlots }, (_, at) => `slot:${slot - earlierSlots + at}`);
  return { id: `slot:${slot}`, limit, endsAtMs: (slot + 1) * slotMs + minuteMs, earlier };
}

/** How long until so many units have slid out of the minute; the oldest stretch is the first to go. */
function untilRoom(nowMs: number, missing: number, earlier: readonly number[]): number {
  const slotEndsInMs = slotMs - (nowMs % slotMs);
  let left = missing;
  const gone = earlier.findIndex((spent) => {
    left -= spent;
    return left <= 0;
  });
  return slotEndsInMs + (gone === -1 ? earlierSlots : gone) * slotMs;
}

function windowOf(name: string, nowMs: number, lengthMs: number, limit: number): QuotaWindow {
  const position = Math.floor(nowMs / lengthMs);
  return { id: `${name}:${position}`, limit, endsAtMs: (position + 1) * lengthMs };
}

function refusal(limit: string, units: number, waitMs: number): AppError {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1_000));
  return new AppError(
    'RATE_LIMITED',
    `The key's quota has no ${units} units left; try again in ${retryAfterSeconds} s`,
    {
      detail: { limit, retryAfterSeconds, cost: units },
    },
  );
}

import type { StateTone } from '../../ui/state-tag.tsx';

export type PointStateName = 'upToDate' | 'silent' | 'never' | 'maintenance' | 'inactive' | 'error';

export interface PointState {
  readonly name: PointStateName;
  readonly tone: StateTone;
  /** How long nothing has come, for the states that are about time. */
  readonly silentMs: number | null;
}

/** A point that misses this many samples in a row is silent: one late upload is not a fault. */
const missedSamples = 3;
const leastSilenceMs = 10 * 60_000;

/** What to say about a point: what somebody set it to, else whether its newest value came in time. */
export function pointState(
  point: {
    readonly status: string;
    readonly samplingMinutes: number;
    readonly latest: readonly { readonly measuredAt: string }[];
  },
  nowMs: number,
): PointState {
  if (point.status === 'MAINTENANCE') return { name: 'maintenance', tone: 'neutral', silentMs: null };
  if (point.status === 'INACTIVE') return { name: 'inactive', tone: 'neutral', silentMs: null };
  const newestMs = newestAt(point.latest);
  if (newestMs === null) return { name: 'never', tone: 'attention', silentMs: null };
  const silentMs = nowMs - newestMs;
  if (silentMs > Math.max(leastSilenceMs, missedSamples * point.samplingMinutes * 60_000)) {
    return { name: 'silent', tone: 'fault', silentMs };
  }
  if (point.status === 'ERROR') return { name: 'error', tone: 'fault', silentMs: null };
  return { name: 'upToDate', tone: 'ok', silentMs: null };
}

/** When the newest value of a point was measured, in epoch milliseconds; null when it has none. */
export function newestAt(latest: readonly { readonly measuredAt: string }[]): number | null {
  return latest.length === 0 ? null : Math.max(...latest.map(({ measuredAt }) => Date.parse(measuredAt)));
}

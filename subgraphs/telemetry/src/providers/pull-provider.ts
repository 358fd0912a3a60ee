import type { Log } from '@cauce/shared/log/log';
import { ProviderFailure, type ProviderFailureKind } from './provider-failure.ts';
import type { Pulling } from './provider-settings.ts';
import { type KeepBatch, pullChannel } from './pull-channel.ts';
import type { ChannelCursor } from './pull-cursor.ts';
import { SourceGone } from './pulled-readings.store.ts';
import type { SourceOfReadings } from './source-of-readings.ts';

export interface PulledDevice {
  readonly sourceId: string;
  readonly deviceId: string;
  readonly channels: readonly {
    readonly channel: string;
    readonly unit: string | null;
    readonly cursor: ChannelCursor;
  }[];
}

export interface ProviderPullDeps {
  readonly source: SourceOfReadings;
  readonly pulling: Pulling;
  readonly keepFor: (device: PulledDevice, channel: string, unit: string | null) => KeepBatch;
  readonly now: () => Date;
  readonly hasTime: () => boolean;
  readonly log: Log;
  readonly signal: AbortSignal;
}

export interface PullResult {
  readonly result: 'OK' | 'PARTIAL' | 'FAILED';
  /** What failed, for people; null when nothing did. */
  readonly message: string | null;
  /** How long the provider asks to be left alone, ms. */
  readonly retryAfterMs: number | null;
  /** There is more to fetch than one run had time for. */
  readonly isUnfinished: boolean;
  /** At least one answer was what was asked for. */
  readonly hasAnswered: boolean;
}

/** Not known three times in a row: providers forget a resource for a moment and find it again. */
const strikes = 3;

/**
 * Pulls all channels of a provider's devices, some devices at a time. A device that fails costs the others nothing; a
 * provider that refuses the account, asks to be left alone or is left alone ends the run for all.
 */
export async function pullProvider(deps: ProviderPullDeps, devices: readonly PulledDevice[]): Promise<PullResult> {
  const failures: { readonly where: string; readonly failure: ProviderFailure }[] = [];
  const waiting = [...devices];
  let stopped: ProviderFailure | null = null;
  let done = 0;
  let isUnfinished = false;

  const pullOne = async (device: PulledDevice): Promise<void> => {
    for (const { channel, unit, cursor } of device.channels) {
      if (stopped !== null) return;
      if (!deps.hasTime()) {
        isUnfinished = true;
        return;
      }
      const keep = deps.keepFor(device, channel, unit);
      try {
        const isDone = await pullChannel({ ...deps, keep }, { deviceId: device.deviceId, channel, cursor });
        isUnfinished ||= !isDone;
        done += 1;
      } catch (error) {
        if (error instanceof SourceGone) return;
        if (!(error instanceof ProviderFailure)) {
          waiting.length = 0;
          throw error;
        }
        const misses = error.kind === 'MISSING' ? cursor.misses + 1 : 0;
        if (misses > 0) await keep({ values: [], unreadable: [], cursor: { misses } }).catch(ignoreGone);
        if (misses === 0 || misses >= strikes)
          failures.push({ where: `${device.deviceId}/${channel}`, failure: error });
        if (endsRun(error)) stopped = error;
      }
    }
  };
  const worker = async (): Promise<void> => {
    for (let device = waiting.shift(); device !== undefined && stopped === null; device = waiting.shift()) {
      await pullOne(device);
    }
  };
  await Promise.all(Array.from({ length: Math.min(deps.pulling.concurrency, devices.length) }, worker));
  const [first] = failures;
  return {
    result: first === undefined ? 'OK' : done > 0 ? 'PARTIAL' : 'FAILED',
    message: first === undefined ? null : describe(first, failures.length),
    retryAfterMs: failures.map(({ failure }) => failure.retryAfterMs).find((ms) => ms !== null) ?? null,
    isUnfinished,
    hasAnswered: done > 0,
  };
}

const enders: ReadonlySet<ProviderFailureKind> = new Set([
  'SIGN_IN_REFUSED',
  'RATE_LIMITED',
  'CIRCUIT_OPEN',
  'PRIVATE_ADDRESS',
]);

function endsRun({ kind }: ProviderFailure): boolean {
  return enders.has(kind);
}

function describe({ where, failure }: { where: string; failure: ProviderFailure }, count: number): string {
  const more = count > 1 ? ` (and ${count - 1} more)` : '';
  return `${failure.kind}: ${failure.message} [${where}]${more}`.slice(0, 500);
}

function ignoreGone(error: unknown): void {
  if (!(error instanceof SourceGone)) throw error;
}

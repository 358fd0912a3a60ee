import type { Log } from '@cauce/shared/log/log';
import { type Soon, whenReady } from '../plan/when-ready.ts';
import type { FetchTiming } from './fetch-timings.ts';

export interface SlowOperation {
  readonly requestId: string;
  readonly kind: string;
  readonly operation: string;
  /** Names the text; the same for every request that sends it. */
  readonly hash: string;
  readonly durationMs: number;
  readonly outcome: string;
  readonly fetches: readonly FetchTiming[];
  readonly plan: string;
}

export interface SlowOperationsOptions {
  readonly log: Log;
  /** Operations that take longer are logged; 0 for none. */
  readonly thresholdMs: number;
  readonly now?: () => number;
}

export interface SlowOperations {
  isSlow(durationMs: number): boolean;
  /**
   * Logs an operation, unless it or too many others were logged a moment ago. What the line holds is asked for only
   * when there is one.
   */
  report(hash: string, describe: () => Soon<Omit<SlowOperation, 'hash'>>): void;
}

const windowMs = 60_000;
const maxPerWindow = 20;

/**
 * The log of slow operations: each operation once a minute, all together twenty times a minute. A platform that is slow
 * as a whole must not be made slower by saying so.
 */
export function createSlowOperations(options: SlowOperationsOptions): SlowOperations {
  const { log, thresholdMs, now = () => performance.now() } = options;
  const seen = new Set<string>();
  let windowStartedAt = Number.NEGATIVE_INFINITY;
  let unsaid = 0;

  const turnWindow = () => {
    if (now() - windowStartedAt < windowMs) return;
    if (unsaid > 0) log.warn({ operations: unsaid }, 'More operations were slow than were logged');
    windowStartedAt = now();
    unsaid = 0;
    seen.clear();
  };
  return {
    isSlow: (durationMs) => thresholdMs > 0 && durationMs > thresholdMs,
    report(hash, describe) {
      turnWindow();
      if (seen.has(hash) || seen.size >= maxPerWindow) {
        unsaid += 1;
        return;
      }
      seen.add(hash);
      const logged = whenReady(describe(), (told) => log.warn({ hash, ...told }, 'A slow operation'));
      if (logged instanceof Promise)
        logged.catch((err) => log.warn({ hash, err }, 'A slow operation, and no word of it'));
    },
  };
}

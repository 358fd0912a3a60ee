import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Log } from '../log/log.ts';

export interface JobRun {
  readonly jobId: string;
  /** 0 for the first try. */
  readonly attempt: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * A kind of background work. Its handler must be idempotent and safe to overlap itself: it runs at least once, and a
 * worker that was killed is followed by another that starts from the beginning.
 */
export interface JobDefinition<Data = unknown> {
  /** `<subgraph>.<verb-noun>`, for example `access.deliver-webhook`. */
  readonly name: string;
  readonly data: z.ZodType<Data>;
  readonly retryLimit: number;
  readonly retryDelaySeconds: number;
  readonly expireInSeconds: number;
  /** Cron in five fields, read in `timeZone`. */
  readonly cron?: { readonly expression: string; readonly timeZone: string };
  readonly concurrency: number;
  handle(data: Data, run: JobRun): Promise<void>;
}

type Optional = 'retryLimit' | 'retryDelaySeconds' | 'expireInSeconds' | 'concurrency';

/** Fills in the defaults: five tries with exponential backoff from 5 s, 15 minutes each, one at a time. */
export function defineJob<Data>(
  job: Omit<JobDefinition<Data>, Optional> & Partial<Pick<JobDefinition<Data>, Optional>>,
): JobDefinition<Data> {
  return { retryLimit: 5, retryDelaySeconds: 5, expireInSeconds: 900, concurrency: 1, ...job };
}

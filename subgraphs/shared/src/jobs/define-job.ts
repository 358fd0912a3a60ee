import type { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { Log } from '../log/log.ts';

export interface JobProgress {
  /** Of `total`, in whatever the job counts: rows, files, points. */
  readonly done: number;
  readonly total: number | null;
  /** A short word for the log and for developers; people read a text by its code. */
  readonly note?: string;
}

export interface JobRun {
  readonly jobId: string;
  /** 0 for the first try. */
  readonly attempt: number;
  readonly clock: Clock;
  readonly log: Log;
  /** Aborts when the time of the job is over, or when the process ends and does not wait for it any more. */
  readonly signal: AbortSignal;
  /**
   * Tells whoever listens to `jobProgressed` how far it is. As often as you like: it is passed on a few times a second,
   * and always at the end. What must survive belongs into a row of the domain.
   */
  reportProgress(progress: JobProgress): void;
}

/**
 * A kind of background work. Its handler must be idempotent and safe to overlap itself: it runs at least once, and a
 * worker that was killed is followed by another that starts from the beginning.
 */
export interface JobDefinition<Data = unknown> {
  /** `<subgraph>.<verb-noun>`, for example `access.deliver-webhook`. */
  readonly name: string;
  /** Of the data as JSON, which is how it is kept; a cron job is started with `{}`. */
  readonly data: z.ZodType<Data>;
  readonly retryLimit: number;
  /** Before the first retry; doubled with jitter for each further one, up to an hour. */
  readonly retryDelaySeconds: number;
  readonly expireInSeconds: number;
  /** Cron in five fields, read in `timeZone`. At most one run of it waits or works. */
  readonly cron?: { readonly expression: string; readonly timeZone: string };
  /** Runs at a time in one process. */
  readonly concurrency: number;
  /** Throwing makes it be tried again; throwing `HopelessJob` does not. */
  handle(data: Data, run: JobRun): Promise<void>;
}

type Optional = 'retryLimit' | 'retryDelaySeconds' | 'expireInSeconds' | 'concurrency';

/** Fills in the defaults: five retries with exponential backoff from 5 s, 15 minutes each, one at a time. */
export function defineJob<Data>(
  job: Omit<JobDefinition<Data>, Optional> & Partial<Pick<JobDefinition<Data>, Optional>>,
): JobDefinition<Data> {
  return { retryLimit: 5, retryDelaySeconds: 5, expireInSeconds: 900, concurrency: 1, ...job };
}

/** Thrown by a handler when trying again cannot help: the job goes to its dead letters at once. */
export class HopelessJob extends Error {
  override readonly name = 'HopelessJob';
}

import type { DatabaseTransaction } from '../db/database.ts';
import type { JobDefinition } from './define-job.ts';

export interface EnqueueOptions {
  /** Enqueues in the same transaction as its cause: both happen or neither. */
  readonly tx?: DatabaseTransaction;
  readonly startAfter?: Date;
  /**
   * At most one job of this name and key waits or runs at a time. A job that runs already may have read what has just
   * changed: work that must see every change looks again before it ends, or goes without a key.
   */
  readonly singletonKey?: string;
}

/** Puts work aside for later. Which process works it is decided where the platform is put together. */
export interface JobQueue {
  /** The job's id, or null when `singletonKey` found one already waiting or running. Throws for data that does not fit. */
  enqueue<Data>(job: JobDefinition<Data>, data: Data, options?: EnqueueOptions): Promise<string | null>;
}

/** A job that was given up, with all its retries. */
export interface DeadLetter {
  readonly id: string;
  readonly jobName: string;
  /** The id that `enqueue` answered. */
  readonly jobId: string | null;
  readonly data: unknown;
  readonly retries: number;
  readonly error: unknown;
  readonly enqueuedAt: Date | null;
  readonly failedAt: Date;
}

/** What people who look after the platform do with jobs that were given up. */
export interface DeadLetters {
  /** The latest first. */
  list(jobName: string, limit?: number): Promise<readonly DeadLetter[]>;
  /** Puts them back into their queue with fresh retries, all or those of `ids`; answers how many. */
  redrive(jobName: string, ids?: readonly string[]): Promise<number>;
  count(jobName: string): Promise<number>;
}

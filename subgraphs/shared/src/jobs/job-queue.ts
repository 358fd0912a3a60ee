import type { DatabaseTransaction } from '../db/database.ts';
import type { JobDefinition } from './define-job.ts';

export interface EnqueueOptions {
  /** Enqueues in the same transaction as its cause: both happen or neither. */
  readonly tx?: DatabaseTransaction;
  readonly startAfter?: Date;
  /** At most one job of this name and key waits or runs at a time. */
  readonly singletonKey?: string;
}

/** Puts work aside for later. Which process works it is decided where the platform is put together. */
export interface JobQueue {
  /** The job's id, or null when `singletonKey` found one already waiting. */
  enqueue<Data>(job: JobDefinition<Data>, data: Data, options?: EnqueueOptions): Promise<string | null>;
}

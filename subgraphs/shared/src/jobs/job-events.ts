import { type DomainEvent, defineTopic } from '../events/domain-event.ts';
import type { JobProgress } from './define-job.ts';

export interface JobProgressed extends JobProgress {
  readonly jobId: string;
  readonly jobName: string;
  readonly state: 'working' | 'done' | 'failed';
}

/** How far jobs are; passes over the bus only and is kept nowhere. Its key is the job's id. */
export const jobProgressed = defineTopic<JobProgressed>('platform.jobProgressed');

/** An event that never was in the outbox: its id is made of the time and only tells it from others. */
export function progressEvent(payload: JobProgressed, now: Date): DomainEvent<JobProgressed> {
  return {
    id: (BigInt(now.getTime()) * 1_000_000n + (process.hrtime.bigint() % 1_000_000n)).toString(),
    topic: jobProgressed.name,
    companyId: null,
    siteId: null,
    key: payload.jobId,
    occurredAt: now.toISOString(),
    payload,
  };
}

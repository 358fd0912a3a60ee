import type { Clock } from '../clock.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { JobProgress } from './define-job.ts';
import { type JobProgressed, progressEvent } from './job-events.ts';

export interface ProgressReporter {
  report(progress: JobProgress): void;
  /** Passes on the last word. */
  finish(state: 'done' | 'failed'): void;
}

/** Passes a job's progress on at most every `intervalMs`, the latest state each time. Never throws at the job. */
export function createProgressReporter(options: {
  readonly jobId: string;
  readonly jobName: string;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly intervalMs?: number;
}): ProgressReporter {
  let latest: JobProgress = { done: 0, total: null };
  let timer: NodeJS.Timeout | null = null;
  let lastMs = Number.NEGATIVE_INFINITY;
  const intervalMs = options.intervalMs ?? 250;

  const publish = (state: JobProgressed['state']): void => {
    lastMs = performance.now();
    const payload = { ...latest, state, jobId: options.jobId, jobName: options.jobName };
    options.bus.publish([progressEvent(payload, options.clock.now())]).catch(() => {});
  };
  const publishLater = (): void => {
    timer = null;
    publish('working');
  };

  return {
    report: (progress) => {
      latest = progress;
      if (timer !== null) return;
      const waitMs = lastMs + intervalMs - performance.now();
      if (waitMs <= 0) publish('working');
      else timer = setTimeout(publishLater, waitMs);
    },
    finish: (state) => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      publish(state);
    },
  };
}

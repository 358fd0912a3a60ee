import { SpanStatusCode } from '@opentelemetry/api';
import type { Job, JobResult } from 'pg-boss';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { Log } from '../log/log.ts';
import { redact } from '../log/redact.ts';
import { redactText } from '../log/redact-text.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { runAs } from '../tracing/activity.ts';
import { linkTo } from '../tracing/traceparent.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { HopelessJob, type JobDefinition } from './define-job.ts';
import type { JobSchedules } from './job-schedules.ts';
import type { PgBossQueue } from './pg-boss-queue.ts';
import { createProgressReporter } from './progress-reporter.ts';

export interface JobRunnerOptions {
  readonly queue: PgBossQueue;
  readonly jobs: readonly JobDefinition[];
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | null;
  readonly bus: EventBus;
  /** Keeps what became of jobs that run by the clock. */
  readonly schedules?: JobSchedules;
  /** How often a worker looks for due retries and postponed jobs; new ones wake it at once. Default 5 s. */
  readonly pollSeconds?: number;
}

export interface JobRunner {
  /** Takes no more jobs, and waits for those under way. */
  stop(): Promise<void>;
}

/** Works the given jobs in this process, and keeps their cron schedules as the code says. */
export async function startJobRunner(options: JobRunnerOptions): Promise<JobRunner> {
  const { boss } = options.queue;
  const names = options.jobs.map((job) => job.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Two jobs are called ${twice}`);

  await options.schedules?.keep(options.jobs);
  for (const job of options.jobs) {
    await options.queue.prepare(job);
    if (job.cron) {
      await boss.schedule(job.name, job.cron.expression, { input: {} }, { tz: job.cron.timeZone, missed: 'once' });
    } else {
      await boss.unschedule(job.name);
    }
    for (let n = 0; n < job.concurrency; n += 1) await startWorker(options, job);
  }
  return {
    stop: async () => {
      await Promise.all(names.map((name) => boss.offWork(name, { wait: true })));
    },
  };
}

async function startWorker(options: JobRunnerOptions, job: JobDefinition): Promise<void> {
  const pollSeconds = options.pollSeconds ?? 5;
  const polling = { pollingIntervalSeconds: Math.min(2, pollSeconds), notifyPollingIntervalSeconds: pollSeconds };
  let workerId: string | null = null;
  workerId = await options.queue.boss.work(
    job.name,
    { batchSize: 1, perJobResults: true as const, ...polling },
    async (batch: Job<unknown>[]): Promise<JobResult[]> => {
      const results: JobResult[] = [];
      for (const one of batch)
        results.push(await runAs({ requestId: one.id, trace: null }, () => runTraced(options, job, one)));
      // It would wait for its next poll otherwise, with more jobs in the queue.
      if (workerId !== null) options.queue.boss.notifyWorker(workerId);
      return results;
    },
  );
}

const storedSchema = z.object({ input: z.unknown(), traceparent: z.string().optional() });

/** A trace of its own, linked to the one that sent the job: it may run long after that has ended. */
function runTraced(options: JobRunnerOptions, job: JobDefinition, taken: Job<unknown>): Promise<JobResult> {
  const { tracing } = options;
  if (!tracing) return run(options, job, taken);
  const links = linkTo(storedSchema.safeParse(taken.data).data?.traceparent);
  const attributes = { 'cauce.job': job.name, 'cauce.job.attempt': taken.retryCount };
  return tracing.inSpan(`job ${job.name}`, { role: 'consumer', links, attributes }, async (span) => {
    const result = await run(options, job, taken);
    span.setAttribute('cauce.job.status', result.status);
    if (result.status !== 'completed') span.setStatus({ code: SpanStatusCode.ERROR });
    return result;
  });
}

async function run(options: JobRunnerOptions, job: JobDefinition, taken: Job<unknown>): Promise<JobResult> {
  const log = options.log.child({ job: job.name, jobId: taken.id, attempt: taken.retryCount });
  const progress = createProgressReporter({
    jobId: taken.id,
    jobName: job.name,
    bus: options.bus,
    clock: options.clock,
  });
  const startedAt = options.clock.now();
  const startedMs = performance.now();
  await options.schedules?.begun(job, startedAt);
  const finish = async (outcome: 'done' | 'failed' | 'hopeless', error: string | null): Promise<void> => {
    progress.finish(outcome === 'done' ? 'done' : 'failed');
    const labels = { job: job.name, outcome };
    options.metrics.observeSeconds(
      'cauce_job_seconds',
      'Background jobs',
      (performance.now() - startedMs) / 1000,
      labels,
    );
    await options.schedules?.ended(job, {
      ...{ startedAt, finishedAt: options.clock.now(), error },
      outcome: outcome === 'done' ? 'DONE' : 'FAILED',
    });
  };
  try {
    const parsed = job.data.safeParse(storedSchema.parse(taken.data).input);
    if (!parsed.success) throw new HopelessJob('The data of the job does not fit', { cause: parsed.error });
    await job.handle(parsed.data, {
      jobId: taken.id,
      attempt: taken.retryCount,
      clock: options.clock,
      log,
      signal: taken.signal,
      reportProgress: progress.report,
    });
    await finish('done', null);
    return { id: taken.id, status: 'completed' };
  } catch (err) {
    const isHopeless = err instanceof HopelessJob;
    await finish(isHopeless ? 'hopeless' : 'failed', redactText(err instanceof Error ? err.message : String(err)));
    log.error({ err }, isHopeless ? 'A job cannot succeed' : 'A job failed');
    // Kept in a table that people look at: without secrets and without a stack.
    return { id: taken.id, status: isHopeless ? 'deadletter' : 'failed', output: { error: describe(err) } };
  }
}

function describe(err: unknown): unknown {
  if (!(err instanceof Error)) return redact(err);
  const cause = err.cause instanceof Error ? { cause: redact(`${err.cause.name}: ${err.cause.message}`) } : {};
  return { type: err.name, message: redact(err.message), ...cause };
}

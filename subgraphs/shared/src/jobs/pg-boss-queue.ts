import { randomUUID } from 'node:crypto';
import { fromPrisma, PgBoss } from 'pg-boss';
import type { Log } from '../log/log.ts';
import { currentTraceHeaders } from '../tracing/traceparent.ts';
import { createDeadLetters, deadLetterQueue } from './dead-letters.ts';
import type { JobDefinition } from './define-job.ts';
import type { DeadLetters, JobQueue } from './job-queue.ts';

export interface PgBossQueueOptions {
  readonly databaseUrl: string;
  readonly applicationName: string;
  readonly log: Log;
  /** Whether this process works jobs: it then also looks after cron, retries of lost jobs and old rows. */
  readonly isWorker: boolean;
  /** How often a worker looks for jobs of workers that died. Default 15 s. */
  readonly superviseSeconds?: number;
}

export interface PgBossQueue extends JobQueue {
  readonly deadLetters: DeadLetters;
  /** For the job runner. */
  readonly boss: PgBoss;
  /** Makes the job's queue, once, or brings it up to date. */
  prepare(job: JobDefinition): Promise<void>;
  /** Waits for running jobs at most so long, then hands them to the next worker. */
  stop(timeoutMs?: number): Promise<void>;
}

/** The job queue on pg-boss, in the schema `pgboss` of the one Postgres. Makes or migrates its tables when it starts. */
export async function createPgBossQueue(options: PgBossQueueOptions): Promise<PgBossQueue> {
  const supervision = options.superviseSeconds ?? 15;
  const boss = new PgBoss({
    connectionString: options.databaseUrl,
    application_name: options.applicationName,
    schema: 'pgboss',
    max: 5,
    useListenNotify: true,
    supervise: options.isWorker,
    schedule: options.isWorker,
    superviseIntervalSeconds: supervision,
    monitorIntervalSeconds: supervision,
  });
  boss.on('error', (err) => options.log.warn({ err }, 'The job queue had a problem'));
  boss.on('warning', (warning) => options.log.info({ warning }, 'The job queue gives notice'));
  await boss.start();

  const prepared = new Map<string, Promise<void>>();
  const prepare = (job: JobDefinition): Promise<void> => {
    const known = prepared.get(job.name);
    if (known) return known;
    const preparing = prepareQueue(boss, job, options.isWorker);
    prepared.set(job.name, preparing);
    preparing.catch(() => prepared.delete(job.name));
    return preparing;
  };

  return {
    boss,
    deadLetters: createDeadLetters(boss),
    prepare,
    enqueue: async (job, data, { tx, startAfter, singletonKey } = {}) => {
      const input = toJson(data);
      job.data.parse(input);
      await prepare(job);
      const { traceparent } = currentTraceHeaders();
      return boss.send(job.name, traceparent === undefined ? { input } : { input, traceparent }, {
        // Queues are exclusive by key; a job without one gets a key nobody else has.
        singletonKey: singletonKey ?? randomUUID(),
        ...(startAfter ? { startAfter } : {}),
        ...(tx ? { db: fromPrisma(tx) } : {}),
      });
    },
    stop: async (timeoutMs = 20_000) => {
      await boss.stop({ graceful: true, timeout: timeoutMs });
    },
  };
}

/** What Postgres will give back. */
function toJson(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data ?? {}));
}

const keptSeconds = 30 * 86_400;
/** A worker that has not been heard of for so long is dead. */
const heartbeatSeconds = 30;

async function prepareQueue(boss: PgBoss, job: JobDefinition, isWorker: boolean): Promise<void> {
  const settings = {
    retryLimit: job.retryLimit,
    retryDelay: job.retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: 3_600,
    expireInSeconds: job.expireInSeconds,
    heartbeatSeconds,
    retentionSeconds: keptSeconds,
    deleteAfterSeconds: 7 * 86_400,
    deadLetter: deadLetterQueue(job.name),
    notify: true,
  };
  await boss.createQueue(deadLetterQueue(job.name), { retentionSeconds: keptSeconds });
  await boss.createQueue(job.name, { ...settings, policy: 'exclusive' });
  // The code of the worker is the authority on a queue that was made by an earlier version.
  if (isWorker) await boss.updateQueue(job.name, settings);
}

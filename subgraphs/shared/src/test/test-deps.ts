import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, inject } from 'vitest';
import { type Clock, systemClock } from '../clock.ts';
import { createCoordination } from '../coordination/create-coordination.ts';
import type { Database } from '../db/database.ts';
import { startOutboxRelay } from '../events/outbox-relay.ts';
import { createHttpClient } from '../http/create-http-client.ts';
import type { JobDefinition } from '../jobs/define-job.ts';
import type { DeadLetters } from '../jobs/job-queue.ts';
import { startJobRunner } from '../jobs/job-runner.ts';
import { createPgBossQueue, type PgBossQueue } from '../jobs/pg-boss-queue.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import type { Deps, PlatformSettings } from '../subgraph/deps.ts';
import { createStopStack } from '../subgraph/stop-stack.ts';
import { silentLog } from './silent-log.ts';

export interface TestDepsOptions {
  /** Stands still when it is a `fixedClock`; the system's by default. */
  readonly clock?: Clock;
  readonly settings?: Partial<PlatformSettings>;
}

export interface TestWorld {
  readonly deps: Deps;
  readonly deadLetters: DeadLetters;
  /** Works the jobs until the file is done. */
  startJobs(jobs: readonly JobDefinition[]): Promise<void>;
  /** Carries events from the outbox to the bus until the file is done. */
  startRelay(): void;
}

/**
 * The real thing for one test file, in memory but for its database: real jobs, real outbox, private networks allowed.
 * The job queue is made when it is first used. All of it ends with the file.
 */
export async function testDeps(db: Database, options: TestDepsOptions = {}): Promise<TestWorld> {
  const parts = createStopStack(silentLog);
  // Registered after the database's own, and so run before it.
  afterAll(parts.stop);
  const clock = options.clock ?? systemClock;
  const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
  const dataDir = mkdtempSync(join(inject('filesFolder') ?? tmpdir(), 'cauce-data-'));
  parts.push('data directory', () => rmSync(dataDir, { recursive: true, force: true }));
  const coordination = await createCoordination({ redisUrl: null, log: silentLog, metrics });
  parts.push('coordination', coordination.close);
  const http = createHttpClient({ log: silentLog, metrics, isPrivateNetworkAllowed: true });
  parts.push('http', http.close);

  let making: Promise<PgBossQueue> | null = null;
  const queue = (): Promise<PgBossQueue> => {
    making ??= createPgBossQueue({
      databaseUrl: db.url,
      applicationName: 'cauce-test-jobs',
      log: silentLog,
      isWorker: true,
    }).then((made) => {
      parts.push('job queue', () => made.stop(1_000));
      return made;
    });
    return making;
  };

  const { cache, locks, rateLimits, quotaCounters, sharedValues, bus } = coordination;
  const random = (): string => randomBytes(32).toString('base64');
  return {
    deps: {
      ...{
        db,
        clock,
        log: silentLog,
        metrics,
        tracing: null,
        bus,
        cache,
        locks,
        rateLimits,
        quotaCounters,
        sharedValues,
        http,
      },
      jobs: { enqueue: async (job, data, enqueueOptions) => (await queue()).enqueue(job, data, enqueueOptions) },
      settings: {
        mode: 'test',
        dataDir,
        tokenSecret: random(),
        internalSecret: random(),
        encryptionKey: random(),
        isPrivateNetworkAllowed: true,
        mqttUrl: null,
        ...options.settings,
      },
    },
    deadLetters: {
      list: async (...args) => (await queue()).deadLetters.list(...args),
      redrive: async (...args) => (await queue()).deadLetters.redrive(...args),
      count: async (...args) => (await queue()).deadLetters.count(...args),
    },
    startJobs: async (jobs) => {
      const runner = await startJobRunner({
        ...{ queue: await queue(), jobs, clock, log: silentLog, metrics, bus },
        pollSeconds: 0.5,
      });
      parts.push(`job runner ${randomUUID()}`, runner.stop);
    },
    startRelay: () => {
      const relay = startOutboxRelay({ databaseUrl: db.url, bus, clock, log: silentLog, metrics });
      parts.push('outbox relay', relay.stop);
    },
  };
}

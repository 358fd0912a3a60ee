import { type Clock, systemClock } from '../clock.ts';
import { createCoordination } from '../coordination/create-coordination.ts';
import { createDatabase } from '../db/create-database.ts';
import type { PlatformEnv } from '../env/platform-env.ts';
import { startOutboxRelay } from '../events/outbox-relay.ts';
import { definePruneOutboxJob } from '../events/prune-outbox.job.ts';
import type { PruneOptions } from '../events/prune-outbox.ts';
import type { HealthCheck } from '../health/health.ts';
import { createHttpClient } from '../http/create-http-client.ts';
import type { JobDefinition } from '../jobs/define-job.ts';
import type { DeadLetters } from '../jobs/job-queue.ts';
import { startJobRunner } from '../jobs/job-runner.ts';
import { createJobSchedules } from '../jobs/job-schedules.ts';
import { createPgBossQueue } from '../jobs/pg-boss-queue.ts';
import { createLog } from '../log/create-log.ts';
import type { Log } from '../log/log.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { measurePool } from '../metrics/pool-metrics.ts';
import type { Tracing } from '../tracing/tracing.ts';
import type { Deps } from './deps.ts';
import { createStopStack } from './stop-stack.ts';

export interface CreateDepsOptions {
  readonly env: PlatformEnv;
  /** The given Postgres or the embedded one, with its migrations applied. */
  readonly databaseUrl: string;
  /** Names the process in logs, metrics and Postgres: `platform`, `gateway`, `worker`. */
  readonly process: string;
  /** Whether this process works jobs. */
  readonly isWorker: boolean;
  readonly log?: Log;
  readonly clock?: Clock;
  readonly maxDatabaseConnections?: number;
}

/** The world of one process. */
export interface World {
  readonly deps: Deps;
  readonly health: readonly HealthCheck[];
  readonly deadLetters: DeadLetters;
  /** Carries events from the outbox to the bus; every process may, one does at a time. */
  startRelay(): void;
  /** Works these jobs, and clears the outbox of what these consumers are done with. */
  startJobs(jobs: readonly JobDefinition[], consumers?: PruneOptions['consumers']): Promise<void>;
  /** Ends everything that was made or started here, the last first, each part within its time. */
  stop(): Promise<void>;
}

/** Builds what a process gives to its subgraphs. Rejects, leaving nothing behind, when Postgres cannot be reached. */
export async function createDeps(options: CreateDepsOptions): Promise<World> {
  const { env, databaseUrl } = options;
  const log = options.log ?? makeLog(options);
  const clock = options.clock ?? systemClock;
  const parts = createStopStack(log);
  const applicationName = `cauce-${options.process}`;
  const metrics = createMetrics({ process: options.process });
  const { endpoint, ratio } = env.tracing;
  const tracing = endpoint === null ? null : await traceTo(endpoint, ratio, options.process);
  // First in, last out: what ends while the process stops is still told.
  if (tracing !== null) parts.push('tracing', tracing.stop);

  try {
    const db = createDatabase({
      url: databaseUrl,
      applicationName,
      log,
      tracing,
      ...(options.maxDatabaseConnections ? { maxConnections: options.maxDatabaseConnections } : {}),
    });
    parts.push('database', db.close);
    measurePool(db.pool, metrics);
    await db.pool.query('SELECT 1');
    const coordination = await createCoordination({ redisUrl: env.redisUrl, log, metrics });
    parts.push('coordination', coordination.close);
    const http = createHttpClient({ log, metrics, isPrivateNetworkAllowed: env.isPrivateNetworkAllowed });
    parts.push('http', http.close);
    const queue = await createPgBossQueue({ databaseUrl, applicationName, log, isWorker: options.isWorker });
    parts.push('jobs', () => queue.stop(1_000), 10_000);

    const { cache, locks, rateLimits, quotaCounters, sharedValues, bus } = coordination;
    const deps: Deps = {
      ...{ db, clock, log, metrics, tracing, bus, cache, locks, rateLimits, quotaCounters, sharedValues, http },
      jobs: { enqueue: queue.enqueue },
      settings: {
        mode: env.mode,
        dataDir: env.dataDir,
        ...env.secrets,
        isPrivateNetworkAllowed: env.isPrivateNetworkAllowed,
        mqttUrl: env.mqttUrl,
      },
    };
    const database: HealthCheck = {
      name: 'database',
      isRequired: true,
      check: async () => {
        await db.pool.query('SELECT 1');
      },
    };
    return {
      deps,
      health: [database, ...coordination.health],
      deadLetters: queue.deadLetters,
      startRelay: () => {
        const relay = startOutboxRelay({ databaseUrl, bus, clock, log, metrics, tracing });
        parts.push('outbox relay', relay.stop);
      },
      startJobs: async (jobs, consumers = []) => {
        const all = [...jobs, definePruneOutboxJob(db, consumers)];
        const schedules = createJobSchedules(db, log);
        const runner = await startJobRunner({ queue, jobs: all, clock, log, metrics, tracing, bus, schedules });
        parts.push('job runner', runner.stop, 20_000);
      },
      stop: parts.stop,
    };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

/** Three hundred modules, which no process loads that traces nothing. */
async function traceTo(endpoint: string, ratio: number, serviceName: string): Promise<Tracing> {
  const { createTracing } = await import('../tracing/create-tracing.ts');
  return createTracing({ endpoint, ratio, serviceName });
}

function makeLog({ env, databaseUrl, process: name }: CreateDepsOptions): Log {
  const passwords = [databaseUrl, env.redisUrl, env.mqttUrl].flatMap((url) =>
    url !== null && URL.canParse(url) ? [decodeURIComponent(new URL(url).password)] : [],
  );
  return createLog({
    name,
    level: env.logLevel,
    isPretty: env.mode === 'demo' && process.stdout.isTTY === true,
    knownSecrets: [...Object.values(env.secrets), ...passwords],
  });
}

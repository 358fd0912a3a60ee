import type { Clock } from '../clock.ts';
import type { Cache } from '../coordination/cache.ts';
import type { Locks } from '../coordination/locks.ts';
import type { QuotaCounters } from '../coordination/quota-counters.ts';
import type { RateLimits } from '../coordination/rate-limits.ts';
import type { SharedValues } from '../coordination/shared-values.ts';
import type { Database } from '../db/database.ts';
import type { EventBus } from '../events/event-bus.ts';
import type { HttpClient } from '../http/http-client.ts';
import type { JobQueue } from '../jobs/job-queue.ts';
import type { Log } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Tracing } from '../tracing/tracing.ts';

/** What a process gives to every subgraph it runs. Built once by `createDeps`, ended by its `stop`. */
export interface Deps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Null while nothing is traced. */
  readonly tracing: Tracing | null;
  readonly bus: EventBus;
  readonly jobs: JobQueue;
  readonly cache: Cache;
  readonly locks: Locks;
  readonly rateLimits: RateLimits;
  readonly quotaCounters: QuotaCounters;
  /** Null without Redis. */
  readonly sharedValues: SharedValues | null;
  readonly http: HttpClient;
  readonly settings: PlatformSettings;
}

/** The few settings that more than one subgraph reads; each subgraph parses its own in its `env.ts`. */
export interface PlatformSettings {
  readonly mode: 'demo' | 'production' | 'test';
  readonly dataDir: string;
  /** Signs access tokens. */
  readonly tokenSecret: string;
  /** Signs the internal token between gateway and subgraphs. */
  readonly internalSecret: string;
  /** Encrypts stored credentials: 32 bytes, base64. */
  readonly encryptionKey: string;
  /** Outgoing webhooks and connectors may reach loopback and private addresses. */
  readonly isPrivateNetworkAllowed: boolean;
  readonly mqttUrl: string | null;
}

import { redisStore } from '@verrou/core/drivers/redis';
import type { EventBus } from '../events/event-bus.ts';
import { createMemoryEventBus } from '../events/memory-event-bus.ts';
import { createRedisEventBus } from '../events/redis-event-bus.ts';
import type { HealthCheck } from '../health/health.ts';
import type { Log } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Cache } from './cache.ts';
import { connectRedis, connectRedisListener, whenReady } from './connect-redis.ts';
import { createCache } from './create-cache.ts';
import { createLocks } from './create-locks.ts';
import { createRateLimits } from './create-rate-limits.ts';
import type { Locks } from './locks.ts';
import { createMemoryLockStore } from './memory-lock-store.ts';
import { createMemoryQuotaCounters } from './memory-quota-counters.ts';
import type { QuotaCounters } from './quota-counters.ts';
import type { RateLimits } from './rate-limits.ts';
import { createRedisQuotaCounters } from './redis-quota-counters.ts';
import { createRedisSharedValues } from './redis-shared-values.ts';
import { createRedisTagTokens } from './redis-tag-tokens.ts';
import type { SharedValues } from './shared-values.ts';
import { createMemoryTagTokens } from './tag-tokens.ts';

/** What processes use to work side by side. None of it is needed for correctness: that is Postgres' part. */
export interface Coordination {
  readonly cache: Cache;
  readonly locks: Locks;
  readonly rateLimits: RateLimits;
  readonly quotaCounters: QuotaCounters;
  /** Null without Redis: then nothing is shared between processes. */
  readonly sharedValues: SharedValues | null;
  readonly bus: EventBus;
  readonly health: readonly HealthCheck[];
  close(): Promise<void>;
}

export interface CoordinationOptions {
  /** Null: everything in the memory of this process, which must then be the only one. */
  readonly redisUrl: string | null;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Keeps several platforms on one Redis apart. */
  readonly prefix?: string;
}

export async function createCoordination(options: CoordinationOptions): Promise<Coordination> {
  return options.redisUrl === null ? inMemory(options) : onRedis(options, options.redisUrl);
}

const defaultPrefix = 'cauce';

function inMemory({ log, metrics, prefix = defaultPrefix }: CoordinationOptions): Coordination {
  const cache = createCache({ tokens: createMemoryTagTokens(), redis: null, prefix, metrics });
  const locks = createLocks({ store: createMemoryLockStore(), prefix, log });
  const rateLimits = createRateLimits({ redis: null, prefix, metrics });
  const bus = createMemoryEventBus();
  const parts = [cache, locks, rateLimits, bus];
  return {
    ...{ cache, locks, rateLimits, bus, quotaCounters: createMemoryQuotaCounters(), sharedValues: null },
    health: [],
    close: async () => {
      await Promise.all(parts.map((part) => part.close()));
    },
  };
}

async function onRedis(options: CoordinationOptions, url: string): Promise<Coordination> {
  const { log, metrics, prefix = defaultPrefix } = options;
  const redis = connectRedis(url, log);
  // Only so that the first requests find it; without it the process starts all the same.
  await whenReady(redis, 2_000);
  const cache = createCache({ tokens: createRedisTagTokens(redis, { prefix, log }), redis, prefix, metrics });
  const locks = createLocks({ store: redisStore({ connection: redis }).factory(), prefix, log });
  const rateLimits = createRateLimits({ redis, prefix, metrics });
  const connectListener = () => connectRedisListener(url, log);
  const bus = await createRedisEventBus({ commands: redis, connectListener, log, prefix });
  const parts = [cache, locks, rateLimits, bus];
  return {
    ...{ cache, locks, rateLimits, bus, quotaCounters: createRedisQuotaCounters(redis, { prefix, log }) },
    sharedValues: createRedisSharedValues(redis, { prefix, log }),
    health: [
      {
        name: 'redis',
        isRequired: false,
        check: async () => {
          await redis.ping();
        },
      },
    ],
    close: async () => {
      await Promise.all(parts.map((part) => part.close()));
      redis.disconnect();
    },
  };
}

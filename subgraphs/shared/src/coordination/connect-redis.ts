import { Redis } from 'ioredis';
import type { Log } from '../log/log.ts';

/**
 * A connection that fails fast instead of queueing: what it serves can do without it. It connects again by itself, and
 * an outage is one line in the log.
 */
export function connectRedis(url: string, log: Log): Redis {
  return watched(
    new Redis(url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      commandTimeout: 500,
      connectTimeout: 2_000,
      retryStrategy,
    }),
    log,
  );
}

/** A connection that listens to channels; it takes its channels again when it comes back. */
export function connectRedisListener(url: string, log: Log): Redis {
  return watched(new Redis(url, { maxRetriesPerRequest: null, connectTimeout: 2_000, retryStrategy }), log);
}

/** Waits until the connection is up, at most so long; false when it is not. */
export async function whenReady(redis: Redis, timeoutMs: number): Promise<boolean> {
  if (redis.status === 'ready') return true;
  return new Promise((resolve) => {
    const settle = (isReady: boolean) => (): void => {
      clearTimeout(timer);
      redis.off('ready', onReady);
      resolve(isReady);
    };
    const onReady = settle(true);
    const timer = setTimeout(settle(false), timeoutMs);
    redis.once('ready', onReady);
  });
}

function retryStrategy(times: number): number {
  return Math.min(2_000, 50 * 2 ** Math.min(times, 6));
}

function watched(redis: Redis, log: Log): Redis {
  let isAway = false;
  redis.on('error', (err) => {
    if (!isAway) log.warn({ err }, 'Redis is out of reach; going on without it');
    isAway = true;
  });
  redis.on('ready', () => {
    if (isAway) log.info('Redis is back');
    isAway = false;
  });
  return redis;
}

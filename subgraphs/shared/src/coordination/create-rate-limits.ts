import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../errors/app-error.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { RateLimit, RateLimits } from './rate-limits.ts';

export interface CreateRateLimitsOptions {
  /** Counts for all processes together; null counts in this one. */
  readonly redis: Redis | null;
  readonly prefix: string;
  readonly metrics: Metrics;
}

/** Limits on rate-limiter-flexible. While Redis is away each process counts for itself: looser, but never open. */
export function createRateLimits(options: CreateRateLimitsOptions): RateLimits {
  const limiters = new Map<string, RateLimiterAbstract>();
  const limiterOf = (limit: RateLimit): RateLimiterAbstract => {
    const id = `${limit.name}:${limit.points}:${limit.windowSeconds}:${limit.blockSeconds ?? 0}`;
    const known = limiters.get(id);
    if (known) return known;
    const made = makeLimiter(limit, `${options.prefix}:limit:${limit.name}`, options.redis);
    limiters.set(id, made);
    return made;
  };
  return {
    consume: async (limit, key, points = 1) => {
      try {
        await limiterOf(limit).consume(anonymise(key), points);
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        options.metrics.count('cauce_rate_limited_total', 'Requests refused by a limit', { limit: limit.name });
        const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        throw new AppError('RATE_LIMITED', `Too many requests; try again in ${retryAfterSeconds} s`, {
          detail: { limit: limit.name, retryAfterSeconds },
        });
      }
    },
    reset: async (limit, key) => {
      await limiterOf(limit).delete(anonymise(key));
    },
    close: async () => limiters.clear(),
  };
}

function makeLimiter(limit: RateLimit, keyPrefix: string, redis: Redis | null): RateLimiterAbstract {
  const rule = {
    keyPrefix,
    points: limit.points,
    duration: limit.windowSeconds,
    ...(limit.blockSeconds === undefined ? {} : { blockDuration: limit.blockSeconds }),
  };
  const inProcess = new RateLimiterMemory(rule);
  if (!redis) return inProcess;
  return new RateLimiterRedis({
    ...rule,
    storeClient: redis,
    insuranceLimiter: inProcess,
    rejectIfRedisNotReady: true,
  });
}

/** Keys are addresses and accounts: of bounded length, and nobody's business in Redis. */
function anonymise(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 32);
}

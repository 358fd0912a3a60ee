import { createHash } from 'node:crypto';
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { redisDriver } from 'bentocache/drivers/redis';
import type { Redis } from 'ioredis';
import { withoutStatementScope } from '../db/statement-scope.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Cache } from './cache.ts';
import type { TagTokens } from './tag-tokens.ts';

export interface CreateCacheOptions {
  readonly tokens: TagTokens;
  /** Second layer, shared by all processes; null for memory only. */
  readonly redis: Redis | null;
  readonly prefix: string;
  readonly metrics: Metrics;
}

/**
 * The cache on bentocache: memory in front, Redis behind. Its own tags and its own load guard are not used: tags there
 * compare clocks of processes and miss an invalidation that comes while a value is being loaded.
 */
export function createCache(options: CreateCacheOptions): Cache {
  const memory = bentostore().useL1Layer(memoryDriver({ maxItems: 10_000 }));
  const store = options.redis ? memory.useL2Layer(redisDriver({ connection: options.redis })) : memory;
  const bento = new BentoCache({
    default: 'values',
    stores: { values: store },
    prefix: options.prefix,
    suppressL2Errors: true,
    l2CircuitBreakerDuration: 1_000,
  });
  const loads = new Map<string, Promise<unknown>>();

  const count = (outcome: string): void =>
    options.metrics.count('cauce_cache_total', 'Reads of the cache', { outcome });

  const loadAndKeep = async (keptAs: string, ttlMs: number, load: () => Promise<unknown>): Promise<unknown> => {
    const text = JSON.stringify({ value: await load() });
    await bento.set({ key: keptAs, value: text, ttl: ttlMs }).catch(() => false);
    return text;
  };

  return {
    getOrSet: async <Value>(
      key: string,
      { ttlMs, tags = [] }: { ttlMs: number; tags?: readonly string[] },
      load: () => Promise<Value>,
    ) => {
      const tokens = await options.tokens.read([keyTag(key), ...tags]);
      if (tokens === null) {
        count('away');
        return parse<Value>(JSON.stringify({ value: await load() }));
      }
      const keptAs = `${shorten(key)}:${shorten(tokens.join(' '))}`;
      const kept: unknown = await bento.get({ key: keptAs }).catch(() => undefined);
      if (typeof kept === 'string') {
        count('hit');
        return parse<Value>(kept);
      }
      count('miss');
      // Keyed with the tokens: whoever asks after an invalidation starts a load of its own.
      const running = loads.get(keptAs);
      const loading =
        running ??
        // Others may come to wait for it, so it does not end with whoever was first.
        withoutStatementScope(() => loadAndKeep(keptAs, ttlMs, load)).finally(() => loads.delete(keptAs));
      if (!running) loads.set(keptAs, loading);
      return parse<Value>(String(await loading));
    },
    invalidateTags: (tags) => options.tokens.renew(tags),
    delete: (key) => options.tokens.renew([keyTag(key)]),
    close: async () => {
      loads.clear();
    },
  };
}

function keyTag(key: string): string {
  return `key:${shorten(key)}`;
}

/** Keys hold ids and parts of queries; neither their length nor their text needs to go to Redis. */
function shorten(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 32);
}

/** Each caller gets a copy of its own. The type is the caller's word for what `load` gives. */
function parse<Value>(text: string): Value {
  const { value }: { value: Value } = JSON.parse(text);
  return value;
}

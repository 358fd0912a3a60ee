import type { Redis } from 'ioredis';
import type { Log } from '../log/log.ts';
import { makeToken, type TagTokens } from './tag-tokens.ts';

/**
 * Tokens that all processes share. They are read from Redis each time, in one round trip: a copy in memory would let a
 * process go on with rights that another has just taken away. What could not be renewed while Redis was away is
 * renewed before anything is read again.
 */
export function createRedisTagTokens(redis: Redis, options: { readonly prefix: string; readonly log: Log }): TagTokens {
  const owed = new Set<string>();
  let awayUntilMs = 0;
  const keyOf = (tag: string): string => `${options.prefix}:tag:${tag}`;

  const isAway = (): boolean => performance.now() < awayUntilMs;
  const leave = (err: unknown): void => {
    awayUntilMs = performance.now() + awayMs;
    options.log.debug({ err }, 'The tokens of the cache are out of reach');
  };

  const write = async (tags: readonly string[]): Promise<void> => {
    const pipeline = redis.pipeline();
    for (const tag of tags) pipeline.set(keyOf(tag), makeToken(), 'EX', tokenSeconds);
    const failure = (await pipeline.exec())?.find(([error]) => error !== null)?.[0];
    if (failure) throw failure;
  };

  const payDebts = async (): Promise<void> => {
    const tags = [...owed];
    if (tags.length === 0) return;
    await write(tags);
    for (const tag of tags) owed.delete(tag);
  };

  redis.on('ready', () => {
    awayUntilMs = 0;
    payDebts().catch(leave);
  });

  return {
    read: async (tags) => {
      if (isAway()) return null;
      try {
        await payDebts();
        const keys = [everything, ...tags].map(keyOf);
        const known = await redis.mget(keys);
        if (known.every((token) => token !== null)) return known;
        const pipeline = redis.pipeline();
        for (const key of keys) pipeline.set(key, makeToken(), 'EX', tokenSeconds, 'NX');
        await pipeline.exec();
        const made = await redis.mget(keys);
        return made.every((token) => token !== null) ? made : null;
      } catch (err) {
        leave(err);
        return null;
      }
    },
    renew: async (tags) => {
      for (const tag of tags) owed.add(tag);
      if (owed.size > owedLimit) {
        owed.clear();
        owed.add(everything);
      }
      try {
        await payDebts();
      } catch (err) {
        leave(err);
      }
    },
  };
}

/** A tag of every value, for when single debts became too many. */
const everything = '*';
const owedLimit = 10_000;
const tokenSeconds = 7 * 86_400;
/** After a failure nobody waits for Redis for so long. */
const awayMs = 1_000;

import { createHash } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Log } from '../log/log.ts';
import type { SharedValues } from './shared-values.ts';
import { makeToken } from './tag-tokens.ts';

/** Renews the tokens of an event's tags once, whichever process hears of it first. */
const renewOnceScript = `
if redis.call('SET', KEYS[1], '1', 'NX', 'EX', ARGV[1]) then
  for i = 2, #KEYS do redis.call('SET', KEYS[i], ARGV[i + 1], 'EX', ARGV[2]) end
end
return 1`;

/** What this process has renewed, but Redis may not have yet. */
const owedLimit = 10_000;
const everything = '*';
/** Much longer than any value is kept. */
const tokenSeconds = 86_400;
/** An event that comes again later than this renews again, which costs loads and nothing else. */
const eventSeconds = 600;
/** After a failure nobody waits for Redis for so long. */
const awayMs = 1_000;

/** Shared values on Redis. Tokens and values are read together, so that a fetch costs one round trip. */
export function createRedisSharedValues(
  redis: Redis,
  options: { readonly prefix: string; readonly log: Log },
): SharedValues {
  const { prefix, log } = options;
  const owed = new Map<string, number>();
  let debts = 0;
  let awayUntilMs = 0;
  let paying: Promise<void> | null = null;
  const tokenKey = (tag: string) => `${prefix}:kept-tag:${tag}`;
  const valueKey = (key: string) =>
    `${prefix}:kept:${createHash('sha256').update(key).digest('base64url').slice(0, 32)}`;
  const leave = (err: unknown): void => {
    awayUntilMs = performance.now() + awayMs;
    log.debug({ err }, 'Values that are shared are out of reach');
  };
  const owe = (tags: readonly string[]): number => {
    debts += 1;
    for (const tag of tags) owed.set(tag, debts);
    if (owed.size > owedLimit) {
      owed.clear();
      owed.set(everything, debts);
    }
    return debts;
  };
  /** Debts made meanwhile stay. */
  const settle = (tags: readonly string[], until: number): void => {
    for (const tag of tags) if ((owed.get(tag) ?? Number.POSITIVE_INFINITY) <= until) owed.delete(tag);
  };
  const set = async (tags: readonly string[], until: number): Promise<void> => {
    const pipeline = redis.pipeline();
    for (const tag of tags) pipeline.set(tokenKey(tag), makeToken(), 'EX', tokenSeconds);
    const failure = (await pipeline.exec())?.find(([error]) => error !== null)?.[0];
    if (failure) throw failure;
    settle(tags, until);
  };
  const pay = (): Promise<void> => {
    paying ??= set([...owed.keys()], debts).finally(() => {
      paying = null;
    });
    return paying;
  };
  const renewOnce = async (eventId: string, tags: readonly string[], until: number): Promise<void> => {
    const keys = [`${prefix}:kept-event:${eventId}`, ...tags.map(tokenKey)];
    await redis.eval(renewOnceScript, keys.length, ...keys, eventSeconds, tokenSeconds, ...tags.map(makeToken));
    settle(tags, until);
  };
  redis.on('ready', () => {
    awayUntilMs = 0;
  });

  return {
    async read(wanted) {
      if (performance.now() < awayUntilMs) return null;
      try {
        if (owed.size > 0) await pay();
        if (owed.size > 0) return null;
        const tags = [...new Set([everything, ...wanted.flatMap((one) => one.tags)])];
        const found = await redis.mget([...tags.map(tokenKey), ...wanted.map(({ key }) => valueKey(key))]);
        const tokens = new Map(tags.map((tag, index) => [tag, found[index] ?? null]));
        const unknown = tags.filter((tag) => tokens.get(tag) === null);
        if (unknown.length > 0) {
          const pipeline = redis.pipeline();
          for (const tag of unknown) pipeline.set(tokenKey(tag), makeToken(), 'EX', tokenSeconds, 'NX');
          await pipeline.exec();
        }
        return wanted.map((one, index) => {
          const own = [everything, ...one.tags].map((tag) => tokens.get(tag));
          const isKnown = own.every((token) => typeof token === 'string');
          if (!isKnown) return { text: null, stamp: null };
          const stamp = own.join(' ');
          const kept = found[tags.length + index];
          const isCurrent = typeof kept === 'string' && kept.startsWith(`${stamp}\n`);
          return { text: isCurrent ? kept.slice(stamp.length + 1) : null, stamp };
        });
      } catch (err) {
        leave(err);
        return null;
      }
    },
    write(values) {
      const pipeline = redis.pipeline();
      for (const { key, stamp, text, ttlMs } of values) {
        pipeline.set(valueKey(key), `${stamp}\n${text}`, 'PX', Math.max(1, Math.round(ttlMs)));
      }
      pipeline.exec().catch(leave);
    },
    renew(eventId, tags) {
      const until = owe(tags);
      const renewing = eventId === null ? pay() : renewOnce(eventId, tags, until);
      renewing.catch(leave);
    },
  };
}

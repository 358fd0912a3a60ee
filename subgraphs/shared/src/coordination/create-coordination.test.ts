import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventBusContract } from '../events/event-bus.contract.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { describeWithRedis } from '../test/describe-with-redis.ts';
import { eventually } from '../test/eventually.ts';
import { type RedisServer, startRedisServer } from '../test/redis-server.ts';
import { silentLog } from '../test/silent-log.ts';
import { coordinationContract } from './coordination.contract.ts';
import { type Coordination, createCoordination } from './create-coordination.ts';
import { createMemoryLockStore } from './memory-lock-store.ts';
import { createMemoryTagTokens } from './tag-tokens.ts';

const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
const connect = (redisUrl: string | null): Promise<Coordination> =>
  createCoordination({ redisUrl, log: silentLog, metrics });

coordinationContract('memory', () => connect(null), false);

describe('memory stores', () => {
  it('let a lock whose time ran out be taken over, and its old holder neither prolong nor release it', async () => {
    const store = createMemoryLockStore();
    expect(await store.save('k', 'old', 10)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await store.save('k', 'new', 10_000)).toBe(true);
    await expect(store.extend('k', 'old', 10)).rejects.toThrow();
    await expect(store.delete('k', 'old')).rejects.toThrow();
    await store.delete('k', 'new');
    expect(await store.exists('k')).toBe(false);
  });

  it('forget tokens past their limit, which can only cost a load', async () => {
    const tokens = createMemoryTagTokens(2);
    const [first] = (await tokens.read(['a'])) ?? [];
    await tokens.read(['b', 'c']);
    const [again] = (await tokens.read(['a'])) ?? [];
    expect(again).toBeDefined();
    expect(again).not.toBe(first);
  });
});

describeWithRedis('with a real Redis', () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedisServer();
  });
  afterAll(async () => {
    await server.stop();
  });

  coordinationContract('Redis', () => connect(server.url), true);
  eventBusContract('Redis', async () => (await connect(server.url)).bus);

  describe('when Redis is away', () => {
    let one: Coordination;
    beforeEach(async () => {
      one = await connect(server.url);
      return async () => {
        await one.close();
      };
    });

    const outages: readonly (readonly [string, { begin(): Promise<void>; end(): Promise<void> }])[] = [
      ['was killed', { begin: () => server.kill(), end: () => server.restart() }],
      ['hangs', { begin: async () => server.freeze(), end: async () => server.thaw() }],
    ];

    it.each(outages)(
      'goes on without it when it %s, quickly, and with it when it is back',
      async (_name, outage) => {
        const limit = { name: 'test.outage', points: 2, windowSeconds: 60 };
        let n = 0;
        const load = async () => (n += 1);
        const options = { ttlMs: 60_000, tags: [`outage:${_name}`] };
        const key = `kept ${_name}`;
        expect(await one.cache.getOrSet(key, options, load)).toBe(1);

        await outage.begin();
        const startedAt = performance.now();
        expect(await one.cache.getOrSet(key, options, load)).toBe(2);
        expect(await one.cache.getOrSet(key, options, load)).toBe(3);
        await one.cache.invalidateTags([`outage:${_name}`]);
        await one.cache.delete('other');
        expect(await one.locks.tryRun('k', 1_000, async () => 1)).toBeNull();
        await one.rateLimits.consume(limit, _name);
        await one.rateLimits.consume(limit, _name);
        await expect(one.rateLimits.consume(limit, _name)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
        await one.rateLimits.reset(limit, 'nobody');
        expect(performance.now() - startedAt).toBeLessThan(6_000);

        await outage.end();
        await eventually(async () => (await one.locks.tryRun('k', 1_000, async () => 1)) !== null);
        await eventually(async () => {
          const before = n;
          await one.cache.getOrSet('probe', { ttlMs: 60_000 }, load);
          return n === before;
        });
        const value = await one.cache.getOrSet(key, options, load);
        expect(value).toBe(n);
        expect(await one.cache.getOrSet(key, options, load)).toBe(value);
      },
      30_000,
    );

    it('hides in the end what was invalidated during the outage', async () => {
      const two = await connect(server.url);
      const options = { ttlMs: 60_000, tags: ['debt'] };
      expect(await one.cache.getOrSet('debt', options, async () => 'before')).toBe('before');
      server.freeze();
      await one.cache.invalidateTags(['debt']);
      server.thaw();
      await eventually(async () => (await two.cache.getOrSet('debt', options, async () => 'after')) === 'after');
      await two.close();
    });

    it('tells work that it has lost its lock', async () => {
      const lost = one.locks.tryRun(
        'lost',
        150,
        (signal) =>
          new Promise<boolean>((resolve) => {
            signal.addEventListener('abort', () => resolve(true), { once: true });
            void server.kill();
          }),
      );
      expect(await lost).toEqual({ value: true });
      await server.restart();
    });

    it('starts without it and delivers events once it has come', async () => {
      await server.kill();
      const late = await connect(server.url);
      const ending = new AbortController();
      const topic = { name: 'test.late', isPublic: false };
      const reader = late.bus.subscribe(topic, { signal: ending.signal })[Symbol.asyncIterator]();
      const event = {
        id: '1',
        topic: topic.name,
        companyId: null,
        siteId: null,
        key: 'a',
        occurredAt: '',
        payload: {},
      };
      await expect(late.bus.publish([event])).rejects.toThrow();
      await server.restart();
      const first = reader.next();
      let hasArrived = false;
      void first.then(() => {
        hasArrived = true;
      });
      await eventually(async () => {
        await late.bus.publish([event]).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, 20));
        return hasArrived;
      });
      ending.abort();
      await late.close();
    }, 20_000);
  });
});

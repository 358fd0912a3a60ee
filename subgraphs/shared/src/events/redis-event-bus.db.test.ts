import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { type Coordination, createCoordination } from '../coordination/create-coordination.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { describeWithRedis } from '../test/describe-with-redis.ts';
import { eventually } from '../test/eventually.ts';
import { type RedisServer, startRedisServer } from '../test/redis-server.ts';
import { silentLog } from '../test/silent-log.ts';
import { testDatabase } from '../test/test-database.ts';
import { defineTopic } from './domain-event.ts';
import { appendEvents, type NewEvent } from './outbox.ts';
import { type OutboxRelay, startOutboxRelay } from './outbox-relay.ts';

const db = await testDatabase();
const counted = defineTopic<{ n: number }>('test.counted');
const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
const event = (n: number): NewEvent<{ n: number }> => ({
  ...{ topic: counted, companyId: null, siteId: null, key: 'a', occurredAt: new Date(), payload: { n } },
});

describeWithRedis('the relay over a real Redis', () => {
  let server: RedisServer;
  let sender: Coordination;
  let receiver: Coordination;
  let relay: OutboxRelay;
  beforeAll(async () => {
    server = await startRedisServer();
    const connect = () => createCoordination({ redisUrl: server.url, log: silentLog, metrics });
    [sender, receiver] = [await connect(), await connect()];
    relay = startOutboxRelay({ databaseUrl: db.url, bus: sender.bus, clock: systemClock, log: silentLog, metrics });
  });
  afterAll(async () => {
    await relay.stop();
    await Promise.all([sender.close(), receiver.close()]);
    await server.stop();
  });

  it('reaches a subscriber in another process, each event once and in order', async () => {
    const ending = new AbortController();
    const reader = receiver.bus.subscribe(counted, { signal: ending.signal })[Symbol.asyncIterator]();
    for (let n = 0; n < 50; n += 1) {
      await appendEvents(db.client, [event(n)]);
      expect((await reader.next()).value).toMatchObject({ payload: { n } });
    }
    ending.abort();
  });

  it('leaves nothing unpublished after an outage of Redis, and later events arrive in order', async () => {
    const ending = new AbortController();
    const got: number[] = [];
    const reading = (async () => {
      for await (const one of receiver.bus.subscribe(counted, { signal: ending.signal })) got.push(one.payload.n);
    })();
    await server.kill();
    for (let n = 1_000; n < 1_010; n += 1) await appendEvents(db.client, [event(n)]);
    await server.restart();
    // A listener that comes back after the relay misses what was sent meanwhile; later events do arrive.
    await eventually(async () => (await db.client.outboxEvent.count({ where: { publishedAt: null } })) === 0);
    await eventually(async () => {
      await appendEvents(db.client, [event(2_000)]);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return got.includes(2_000);
    });
    expect(got).toEqual([...got].sort((x, y) => x - y));
    ending.abort();
    await reading;
  });
});

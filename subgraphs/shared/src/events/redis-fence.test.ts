import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Coordination, createCoordination } from '../coordination/create-coordination.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { describeWithRedis } from '../test/describe-with-redis.ts';
import { eventually } from '../test/eventually.ts';
import { type RedisServer, startRedisServer } from '../test/redis-server.ts';
import { silentLog } from '../test/silent-log.ts';

const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });

describeWithRedis('a bus that has lost its Redis', () => {
  let server: RedisServer;
  let coordination: Coordination;
  beforeAll(async () => {
    server = await startRedisServer();
    coordination = await createCoordination({ redisUrl: server.url, log: silentLog, metrics });
  });
  afterAll(async () => {
    await coordination.close();
    await server.stop();
  });

  it('says so within its patience while Redis hangs, and is caught up again when it goes on', async () => {
    const { bus } = coordination;
    await eventually(() => bus.isCaughtUp());
    server.freeze();
    try {
      expect(await bus.isCaughtUp()).toBe(false);
      // Nobody waits a second time.
      expect(bus.isCaughtUp()).toBe(false);
    } finally {
      server.thaw();
    }
    await eventually(() => bus.isCaughtUp());
  });

  it('tells those who watch of the gap, and is caught up only on a channel that it has taken again', async () => {
    const { bus } = coordination;
    let gaps = 0;
    const unwatch = bus.watch({ follows: () => false, event: () => undefined, gap: () => (gaps += 1) });
    await server.kill();
    await eventually(() => gaps > 0);
    expect(await bus.isCaughtUp()).toBe(false);
    const before = gaps;
    await server.restart();
    await eventually(() => bus.isCaughtUp());
    expect(gaps).toBeGreaterThan(before);
    unwatch();
  });
});

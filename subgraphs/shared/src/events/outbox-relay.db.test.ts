import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../clock.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { eventually } from '../test/eventually.ts';
import { silentLog } from '../test/silent-log.ts';
import { testDatabase } from '../test/test-database.ts';
import { type DomainEvent, defineTopic } from './domain-event.ts';
import type { EventBus } from './event-bus.ts';
import { createMemoryEventBus } from './memory-event-bus.ts';
import { appendEvents, type NewEvent } from './outbox.ts';
import { type OutboxRelay, startOutboxRelay } from './outbox-relay.ts';

const db = await testDatabase();
const counted = defineTopic<{ n: number }>('test.counted');
const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });

const relays: OutboxRelay[] = [];
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()));
  await db.pool.query('TRUNCATE platform.outbox, platform.consumed_events');
});

function startRelay(bus: EventBus, pollMs = 200): OutboxRelay {
  const relay = startOutboxRelay({
    databaseUrl: db.url,
    bus,
    clock: systemClock,
    log: silentLog,
    metrics,
    pollMs,
  });
  relays.push(relay);
  return relay;
}

function event(key: string, n: number): NewEvent<{ n: number }> {
  return { topic: counted, companyId: null, siteId: null, key, occurredAt: new Date(), payload: { n } };
}

/** A bus that remembers what went through it. */
function recordingBus(): { bus: EventBus; published: DomainEvent[] } {
  const published: DomainEvent[] = [];
  const bus = createMemoryEventBus();
  return {
    published,
    bus: {
      ...bus,
      publish: async (events) => {
        published.push(...events);
        await bus.publish(events);
      },
    },
  };
}

const unpublished = async (): Promise<number> => db.client.outboxEvent.count({ where: { publishedAt: null } });

describe('the outbox and its relay', () => {
  it('publishes what was committed, whole and in order, and nothing that was rolled back', async () => {
    const { bus, published } = recordingBus();
    startRelay(bus);
    const siteId = '0199c0de-0000-7000-8000-000000000002';
    const refused = db.client.$transaction(async (tx) => {
      await appendEvents(tx, [event('lost', 0)]);
      throw new Error('no');
    });
    await expect(refused).rejects.toThrow('no');
    await db.client.$transaction(async (tx) => {
      const list = Array.from({ length: 50 }, (_, n) => event('a', n));
      await appendEvents(tx, [{ ...event('a', -1), siteId, payload: { n: -1 } }, ...list]);
      await appendEvents(tx, []);
    });
    await eventually(async () => published.length === 51 && (await unpublished()) === 0);
    expect(published.map((one) => one.payload)).toEqual(Array.from({ length: 51 }, (_, n) => ({ n: n - 1 })));
    expect(published[0]).toMatchObject({ topic: 'test.counted', key: 'a', companyId: null, siteId });
    expect(published[0]?.occurredAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('takes events from a hand-written transaction too', async () => {
    const { bus, published } = recordingBus();
    startRelay(bus);
    const client = await db.pool.connect();
    await client.query('BEGIN');
    await appendEvents(client, [event('raw', 1)]);
    await client.query('COMMIT');
    client.release();
    await eventually(() => published.length === 1);
  });

  it('publishes again what it was killed over between publishing and marking', async () => {
    const { bus, published } = recordingBus();
    let isFirst = true;
    startRelay({
      ...bus,
      publish: async (events) => {
        await bus.publish(events);
        if (!isFirst) return;
        isFirst = false;
        await killRelayConnections();
      },
    });
    await appendEvents(db.client, [event('a', 1), event('a', 2)]);
    await eventually(async () => (await unpublished()) === 0);
    expect(published.map((one) => one.payload)).toEqual([{ n: 1 }, { n: 2 }, { n: 1 }, { n: 2 }]);
  });

  it('keeps events that the bus refuses until it takes them', async () => {
    const { bus, published } = recordingBus();
    let refusals = 2;
    startRelay({
      ...bus,
      publish: async (events) => {
        refusals -= 1;
        if (refusals >= 0) throw new Error('bus is away');
        await bus.publish(events);
      },
    });
    await appendEvents(db.client, [event('a', 1)]);
    await eventually(async () => (await unpublished()) === 0);
    expect(published.map((one) => one.payload)).toEqual([{ n: 1 }]);
  });

  it('finds an event with a lower id that commits after a higher one', async () => {
    const { bus, published } = recordingBus();
    startRelay(bus);
    const late = await db.pool.connect();
    await late.query('BEGIN');
    await appendEvents(late, [event('late', 1)]);
    await appendEvents(db.client, [event('early', 2)]);
    await eventually(async () => published.length === 1);
    await late.query('COMMIT');
    late.release();
    await eventually(() => published.length === 2);
    const [early, lateOne] = published;
    expect(early?.key).toBe('early');
    expect(lateOne?.key).toBe('late');
    expect(BigInt(lateOne?.id ?? 0)).toBeLessThan(BigInt(early?.id ?? 0));
  });

  it('publishes each event once, in order, however many relays run', async () => {
    const { bus, published } = recordingBus();
    const slowBus: EventBus = {
      ...bus,
      publish: async (events) => {
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 8));
        await bus.publish(events);
      },
    };
    for (let n = 0; n < 3; n += 1) startRelay(slowBus);
    for (let n = 0; n < 150; n += 1) await appendEvents(db.client, [event('a', n)]);
    await eventually(async () => (await unpublished()) === 0);
    expect(published.map((one) => one.payload)).toEqual(Array.from({ length: 150 }, (_, n) => ({ n })));
  });

  it('keeps the order of every key and loses nothing with three relays of which the leader is killed again and again', async () => {
    const { bus, published } = recordingBus();
    for (let n = 0; n < 3; n += 1) startRelay(bus);
    const keys = ['a', 'b', 'c', 'd'];
    const perKey = 150;
    let isWriting = true;
    const killing = (async () => {
      while (isWriting) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        await killRelayConnections(1);
      }
    })();
    await Promise.all(
      keys.map(async (key) => {
        for (let n = 0; n < perKey; n += 1) await appendEvents(db.client, [event(key, n)]);
      }),
    );
    isWriting = false;
    await killing;
    await eventually(async () => (await unpublished()) === 0, { timeoutMs: 20_000 });
    for (const key of keys) {
      const seen = published.filter((one) => one.key === key).map((one) => one.id);
      const first = [...new Set(seen)];
      expect(first).toHaveLength(perKey);
      expect(first).toEqual([...first].sort((x, y) => Number(BigInt(x) - BigInt(y))));
    }
  });

  it('reaches a subscriber by the commit itself, without waiting for a poll', async () => {
    const bus = createMemoryEventBus();
    startRelay(bus, 60_000);
    const ending = new AbortController();
    const reader = bus.subscribe(counted, { signal: ending.signal })[Symbol.asyncIterator]();
    for (let n = 0; n < 50; n += 1) {
      await appendEvents(db.client, [event('a', n)]);
      expect((await reader.next()).value).toMatchObject({ payload: { n } });
    }
    ending.abort();
  });
});

async function killRelayConnections(atMost = 100): Promise<void> {
  await db.pool.query(
    `SELECT pg_terminate_backend(pid) FROM (
       SELECT a.pid FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'advisory'
       WHERE a.application_name = 'cauce-outbox-relay' AND a.datname = current_database() LIMIT $1
     ) leader`,
    [atMost],
  );
}

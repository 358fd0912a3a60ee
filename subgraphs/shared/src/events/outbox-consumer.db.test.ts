import { afterEach, describe, expect, it } from 'vitest';
import { createMetrics } from '../metrics/create-metrics.ts';
import { eventually } from '../test/eventually.ts';
import { silentLog } from '../test/silent-log.ts';
import { testDatabase } from '../test/test-database.ts';
import { defineTopic } from './domain-event.ts';
import { appendEvents, type NewEvent } from './outbox.ts';
import { type OutboxConsumer, type OutboxConsumerOptions, startOutboxConsumer } from './outbox-consumer.ts';
import { pruneOutbox } from './prune-outbox.ts';

const db = await testDatabase({ maxConnections: 20 });
await db.pool.query('CREATE TABLE effects (id bigserial, event_id bigint, key text, n int)');
const counted = defineTopic<{ n: number }>('test.counted');
const ignored = defineTopic<{ n: number }>('test.ignored');
const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });

const consumers: OutboxConsumer[] = [];
afterEach(async () => {
  await Promise.all(consumers.splice(0).map((consumer) => consumer.stop()));
  await db.pool.query('TRUNCATE platform.outbox, platform.consumed_events, effects');
});

function start(options: Partial<OutboxConsumerOptions> = {}): OutboxConsumer {
  const consumer = startOutboxConsumer({
    name: 'test-consumer',
    topics: [counted.name],
    db,
    log: silentLog,
    metrics,
    pollMs: 100,
    handle: async (event, tx) => {
      const { n } = event.payload as { n: number };
      await tx.$executeRaw`INSERT INTO effects (event_id, key, n) VALUES (${event.id}::bigint, ${event.key}, ${n})`;
    },
    ...options,
  });
  consumers.push(consumer);
  return consumer;
}

function event(key: string, n: number, topic = counted): NewEvent<{ n: number }> {
  return { topic, companyId: null, siteId: null, key, occurredAt: new Date(), payload: { n } };
}

async function effects(): Promise<{ key: string; n: number }[]> {
  const { rows } = await db.pool.query('SELECT key, n FROM effects ORDER BY id');
  return rows;
}

describe('an outbox consumer', () => {
  it('handles each event of its topics once, in order, also those from before it started', async () => {
    await appendEvents(db.client, [event('a', 1), event('a', 2, ignored), event('a', 3)]);
    const first = start();
    await eventually(async () => (await effects()).length === 2);
    await appendEvents(db.client, [event('a', 4)]);
    await eventually(async () => (await effects()).length === 3);
    await first.stop();
    start();
    await appendEvents(db.client, [event('a', 5)]);
    await eventually(async () => (await effects()).length === 4);
    expect((await effects()).map((row) => row.n)).toEqual([1, 3, 4, 5]);
  });

  it('does not lose an event with a lower id that commits long after higher ones were consumed', async () => {
    start();
    const late = await db.pool.connect();
    await late.query('BEGIN');
    await appendEvents(late, [event('late', 1)]);
    // Long enough for ids drawn meanwhile to age past what the consumer holds for settled.
    for (let n = 2; n < 30; n += 1) {
      await appendEvents(db.client, [event('early', n)]);
      await new Promise((resolve) => setTimeout(resolve, 120));
    }
    await eventually(async () => (await effects()).length === 28);
    await late.query('COMMIT');
    late.release();
    await eventually(async () => (await effects()).length === 29);
    expect((await effects()).at(-1)).toEqual({ key: 'late', n: 1 });
  });

  it('does what the handler writes exactly once, however often its connections are killed and several run', async () => {
    for (let n = 0; n < 3; n += 1) start();
    const keys = ['a', 'b', 'c'];
    const perKey = 120;
    let isWriting = true;
    const killing = (async () => {
      while (isWriting) {
        await new Promise((resolve) => setTimeout(resolve, 80));
        await db.pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE application_name = 'cauce-consumer-test-consumer' AND datname = current_database() AND random() < 0.5`,
        );
      }
    })();
    await Promise.all(
      keys.map(async (key) => {
        for (let n = 0; n < perKey; n += 1) await appendEvents(db.client, [event(key, n)]);
      }),
    );
    isWriting = false;
    await killing;
    await eventually(async () => (await effects()).length >= keys.length * perKey, { timeoutMs: 20_000 });
    const rows = await effects();
    for (const key of keys) {
      expect(rows.filter((row) => row.key === key).map((row) => row.n)).toEqual(
        Array.from({ length: perKey }, (_, n) => n),
      );
    }
  });

  it('undoes what a failing handler wrote, goes on with other keys, and keeps the order of the failed one', async () => {
    let isBroken = true;
    start({
      handle: async (one, tx) => {
        const { n } = one.payload as { n: number };
        await tx.$executeRaw`INSERT INTO effects (event_id, key, n) VALUES (${one.id}::bigint, ${one.key}, ${n})`;
        if (isBroken && one.key === 'bad') throw new Error('cannot');
      },
    });
    await appendEvents(db.client, [event('good', 1), event('bad', 1), event('bad', 2), event('good', 2)]);
    await eventually(async () => (await effects()).length === 2);
    expect(await effects()).toEqual([
      { key: 'good', n: 1 },
      { key: 'good', n: 2 },
    ]);
    isBroken = false;
    await eventually(async () => (await effects()).length === 4);
    expect((await effects()).filter((row) => row.key === 'bad').map((row) => row.n)).toEqual([1, 2]);
  });

  it('keeps what a consumer has not consumed when old events are pruned, and prunes the rest in batches', async () => {
    await appendEvents(
      db.client,
      Array.from({ length: 25 }, (_, n) => event('a', n, n % 5 === 0 ? counted : ignored)),
    );
    await db.pool.query("UPDATE platform.outbox SET published_at = now() - interval '8 days'");
    await appendEvents(db.client, [event('young', 1, ignored), event('unpublished', 2, ignored)]);
    await db.pool.query("UPDATE platform.outbox SET published_at = now() WHERE key = 'young'");
    const options = {
      db,
      publishedBefore: new Date(Date.now() - 7 * 86_400_000),
      consumers: [{ name: 'test-consumer', topics: [counted.name] }],
      batchSize: 7,
    };
    expect(await pruneOutbox(options)).toBe(20);
    expect(await db.client.outboxEvent.count()).toBe(7);
    start();
    await eventually(async () => (await effects()).length === 5);
    expect(await pruneOutbox(options)).toBe(5);
    expect((await db.client.outboxEvent.findMany({ select: { key: true } })).map((row) => row.key).sort()).toEqual([
      'unpublished',
      'young',
    ]);
    expect(await db.client.consumedEvent.count()).toBe(0);
  });
});

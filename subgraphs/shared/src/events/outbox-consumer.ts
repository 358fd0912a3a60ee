import type { Client } from 'pg';
import type { Database, DatabaseTransaction } from '../db/database.ts';
import type { Log } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { DomainEvent } from './domain-event.ts';
import { createKeyBackoff } from './key-backoff.ts';
import { createOutboxFloor } from './outbox-floor.ts';
import { outboxColumns, readOutboxRow } from './outbox-row.ts';
import { startOutboxSession } from './outbox-session.ts';

export interface OutboxConsumerOptions {
  /** Names what it has consumed, for ever: a new name starts with every event that is still kept. */
  readonly name: string;
  /** Topics it wants, or `all`. */
  readonly topics: readonly string[] | 'all';
  readonly db: Database;
  readonly log: Log;
  readonly metrics: Metrics;
  /**
   * Acts on one event inside the transaction that marks it consumed: what it writes with `tx` happens exactly once.
   * When it throws, everything it wrote is undone and the event comes back later; other keys go on meanwhile.
   */
  handle(event: DomainEvent, tx: DatabaseTransaction): Promise<void>;
  readonly pollMs?: number;
  readonly batchSize?: number;
}

export interface OutboxConsumer {
  stop(): Promise<void>;
}

/**
 * Reads the outbox itself, so that nothing is missed whatever happens to the bus or to this process. Run it in as many
 * processes as you like; one works at a time, which keeps the order of each key.
 *
 * What is consumed is a row in `platform.consumed_events`, not a cursor: ids are drawn when an event is written and not
 * when it commits, so a cursor that has passed 6 would lose a 5 that commits late. Rows that are certainly done with
 * are skipped by a floor (`outbox-floor.ts`), so that the search does not grow with what is kept.
 */
export function startOutboxConsumer(options: OutboxConsumerOptions): OutboxConsumer {
  const batchSize = options.batchSize ?? 100;
  const floor = createOutboxFloor();
  const backoff = createKeyBackoff();
  const topics = options.topics === 'all' ? null : [...options.topics];

  return startOutboxSession({
    url: options.db.url,
    applicationName: `cauce-consumer-${options.name}`.slice(0, 63),
    log: options.log,
    pollMs: options.pollMs ?? 1_000,
    restMs,
    work: async (client) => {
      if (!(await isLeader(client, options.name))) return false;
      await floor.observe(client);
      const blocked = backoff.blockedKeys(performance.now());
      if (blocked.length > blockedLimit) throw new Error(`${blocked.length} keys could not be handled: waiting`);
      const { rows } = await client.query({
        text: unconsumedSql,
        values: [options.name, floor.value(), topics, blocked, batchSize],
      });
      const events = rows.map(readOutboxRow);
      if (events.length > 0) await consume(events);
      // A failed event stays above the floor, where the next search finds it.
      const isUnfinished = rows.length === batchSize;
      if (blocked.length === 0 && !backoff.hasBlocked()) floor.raise(isUnfinished ? events.at(-1)?.id : undefined);
      return isUnfinished;
    },
  });

  async function consume(events: readonly DomainEvent[]): Promise<void> {
    try {
      await consumeTogether(events);
      for (const event of events) backoff.forget(event.key);
    } catch (err) {
      if (events.length === 1 && events[0]) fail(events[0], err);
      else await consumeOneByOne(events);
    }
  }

  /** Finds the event that spoils the batch; later events of its key wait for it. */
  async function consumeOneByOne(events: readonly DomainEvent[]): Promise<void> {
    const failedKeys = new Set<string>();
    for (const event of events) {
      if (failedKeys.has(event.key)) continue;
      try {
        await consumeTogether([event]);
        backoff.forget(event.key);
      } catch (err) {
        failedKeys.add(event.key);
        fail(event, err);
      }
    }
  }

  function fail(event: DomainEvent, err: unknown): void {
    const failures = backoff.fail(event.key, performance.now());
    options.metrics.count('cauce_outbox_consumer_failures_total', 'Events a consumer could not handle', {
      consumer: options.name,
    });
    options.log.error(
      { err, consumer: options.name, eventId: event.id, topic: event.topic, failures },
      'An event could not be handled; it will be tried again',
    );
  }

  async function consumeTogether(events: readonly DomainEvent[]): Promise<void> {
    await options.db.client.$transaction(
      async (tx) => {
        const ids = events.map((event) => event.id);
        // Another process that took over consumes the same events: its row makes this insert wait, then give nothing.
        const claimed = await tx.$queryRawUnsafe<{ id: string }[]>(claimSql, options.name, ids);
        const mine = new Set(claimed.map((row) => row.id));
        for (const event of events) if (mine.has(event.id)) await options.handle(event, tx);
      },
      { timeout: 60_000 },
    );
    options.metrics.count('cauce_outbox_consumed_total', 'Events consumed', { consumer: options.name }, events.length);
  }
}

/** A search costs the same for one event and for a hundred: what comes in a burst is taken together. */
const restMs = 40;

/** So many failures are not about single events; the whole consumer waits then. */
const blockedLimit = 1_000;

/** Held by the connection; asked again each time, which costs nothing and survives a new connection. */
const leaders = new WeakMap<Client, string>();

async function isLeader(client: Client, name: string): Promise<boolean> {
  if (leaders.get(client) === name) return true;
  const { rows } = await client.query('SELECT pg_try_advisory_lock($1, hashtext($2)) AS held', [0x0c_a0_cf, name]);
  const isHeld: unknown = rows[0]?.held;
  if (isHeld === true) leaders.set(client, name);
  return isHeld === true;
}

/**
 * A question a row, which ends with the batch; an anti-join may read all that was ever consumed first. Not a named
 * statement: its plan would be that of the empty tables of a first start until they are analysed.
 */
const unconsumedSql = `
  SELECT ${outboxColumns}
  FROM platform.outbox o
  WHERE o.id > $2::bigint
    AND ($3::text[] IS NULL OR o.topic = ANY($3::text[]))
    AND NOT (o.key = ANY($4::text[]))
    AND (SELECT true FROM platform.consumed_events c WHERE c.consumer = $1 AND c.event_id = o.id) IS NULL
  ORDER BY o.id
  LIMIT $5`;

const claimSql = `
  INSERT INTO platform.consumed_events (consumer, event_id)
  SELECT $1, id FROM unnest($2::bigint[]) AS id ORDER BY id
  ON CONFLICT DO NOTHING
  RETURNING event_id::text AS id`;

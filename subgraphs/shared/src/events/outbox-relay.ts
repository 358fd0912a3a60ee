import type { Client } from 'pg';
import type { Clock } from '../clock.ts';
import type { Log } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { linkTo } from '../tracing/traceparent.ts';
import type { Tracing } from '../tracing/tracing.ts';
import type { DomainEvent } from './domain-event.ts';
import type { EventBus } from './event-bus.ts';
import { outboxColumns, readOutboxRow } from './outbox-row.ts';
import { startOutboxSession } from './outbox-session.ts';

export interface OutboxRelayOptions {
  readonly databaseUrl: string;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing?: Tracing | null;
  /** Safety net beside notifications. Default 1 s. */
  readonly pollMs?: number;
  /** Events read and published at a time. Default 500. */
  readonly batchSize?: number;
}

export interface OutboxRelay {
  /** Finishes the batch in hand and lets another process take over. */
  stop(): Promise<void>;
}

/**
 * Carries committed events to the bus, in the order of their ids, and marks them afterwards: killed in between, it
 * publishes them again. Run one in every process; a lock held by its connection lets one of them work at a time, which
 * is what keeps the order of a key, and Postgres passes it on when that connection ends.
 *
 * It asks for what is not marked instead of keeping a cursor: an event with a lower id that commits late is simply
 * found the next time.
 */
export function startOutboxRelay(options: OutboxRelayOptions): OutboxRelay {
  const batchSize = options.batchSize ?? 500;
  const leaders = new WeakSet<Client>();

  const lead = async (client: Client): Promise<boolean> => {
    if (leaders.has(client)) return true;
    const { rows } = await client.query('SELECT pg_try_advisory_lock($1, $2) AS held', [...leaderLock]);
    const isLeader: unknown = rows[0]?.held;
    if (isLeader !== true) return false;
    leaders.add(client);
    options.log.info('This process relays events now');
    return true;
  };

  const session = startOutboxSession({
    url: options.databaseUrl,
    applicationName: 'cauce-outbox-relay',
    log: options.log,
    pollMs: options.pollMs ?? 1_000,
    work: async (client) => {
      if (!(await lead(client))) return false;
      const { rows } = await client.query(unpublishedSql, [batchSize]);
      if (rows.length === 0) return false;
      const events = rows.map(readOutboxRow);
      await publish(options, events);
      const last = events.at(-1);
      const now = options.clock.now();
      if (last) {
        const lagSeconds = (now.getTime() - Date.parse(last.occurredAt)) / 1000;
        options.metrics.observeSeconds('cauce_outbox_lag_seconds', 'From an event to the bus', Math.max(0, lagSeconds));
      }
      const ids = events.map((event) => event.id);
      await client.query(markSql, [ids, now]);
      options.metrics.count('cauce_outbox_published_total', 'Events handed to the bus', {}, events.length);
      return rows.length === batchSize;
    },
  });
  return session;
}

/** Hands a batch to the bus, under a span that is linked to those that wrote its events. */
function publish({ bus, tracing }: OutboxRelayOptions, events: readonly DomainEvent[]): Promise<void> {
  const links = tracing ? events.flatMap(({ traceparent }) => linkTo(traceparent)) : [];
  if (!tracing || links.length === 0) return bus.publish(events);
  const attributes = { 'messaging.batch.message_count': events.length };
  return tracing.inSpan('outbox publish', { role: 'producer', links, attributes }, () => bus.publish(events));
}

/** Two-part key: the part that says "outbox" and the part that says "relay". */
const leaderLock = [0x0c_a0_ce, 1] as const;

// Neither is a named statement: its plan would be that of the empty table of a first start until it is analysed.
const unpublishedSql = `
  SELECT ${outboxColumns} FROM platform.outbox o WHERE o.published_at IS NULL ORDER BY o.id LIMIT $1`;

const markSql = 'UPDATE platform.outbox SET published_at = $2 WHERE id = ANY($1::bigint[])';

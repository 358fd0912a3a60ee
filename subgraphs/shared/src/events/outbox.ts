import type { ClientBase } from 'pg';
import type { DatabaseTransaction } from '../db/database.ts';
import { currentTraceHeaders } from '../tracing/traceparent.ts';
import type { EventTopic } from './domain-event.ts';

/** An event about to be written; the database gives it its id. */
export interface NewEvent<Payload = unknown> {
  readonly topic: EventTopic<Payload>;
  /** Row scope of the thing it speaks of. With a site, the company may be left null. */
  readonly companyId: string | null;
  readonly siteId: string | null;
  /** The entity it is about. */
  readonly key: string;
  readonly occurredAt: Date;
  readonly payload: Payload;
}

/** A client inside a transaction: Prisma's, or a connection of the pool where hand-written SQL does the work. */
export type OutboxTransaction = DatabaseTransaction | ClientBase;

/** The channel of LISTEN/NOTIFY on which the outbox's trigger says that there is something new. */
export const outboxChannel = 'cauce_outbox';

/**
 * Writes events in the caller's transaction: they happen if and only if the change does. The relay is woken when it
 * commits. Events of one key are delivered in the order of their ids, which is the order of commits as long as the
 * caller changed or locked the row of that key before it appends.
 */
export async function appendEvents(tx: OutboxTransaction, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  const { traceparent = null } = currentTraceHeaders();
  const rows = JSON.stringify(
    events.map((event) => ({
      topic: event.topic.name,
      company_id: event.companyId,
      site_id: event.siteId,
      key: event.key,
      occurred_at: event.occurredAt.toISOString(),
      payload: event.payload ?? {},
      traceparent,
    })),
  );
  if ('$executeRawUnsafe' in tx) await tx.$executeRawUnsafe(appendSql, rows);
  else await tx.query(appendSql, [rows]);
}

/** Ids are drawn in the order given. The table's trigger sends the notification, which travels with the commit. */
const appendSql = `
  INSERT INTO platform.outbox (topic, company_id, site_id, key, occurred_at, payload, traceparent)
  SELECT topic, company_id, site_id, key, occurred_at, payload, traceparent
  FROM ROWS FROM (
    jsonb_to_recordset($1::jsonb)
      AS (
        topic text, company_id uuid, site_id uuid, key text, occurred_at timestamptz, payload jsonb, traceparent text
      )
  ) WITH ORDINALITY AS event (topic, company_id, site_id, key, occurred_at, payload, traceparent, position)
  ORDER BY position`;

import type { Database } from '../db/database.ts';

export interface PruneOptions {
  readonly db: Database;
  /** Events published before this instant may go. */
  readonly publishedBefore: Date;
  /** Consumers that must have consumed an event of their topics before it goes. */
  readonly consumers: readonly { readonly name: string; readonly topics: readonly string[] | 'all' }[];
  /** Rows deleted in one transaction. Default 1,000. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
}

/** Deletes old events and what is known of their consumption, a bounded batch at a time; answers how many events. */
export async function pruneOutbox(options: PruneOptions): Promise<number> {
  const batchSize = options.batchSize ?? 1_000;
  const consumers = JSON.stringify(
    options.consumers.map(({ name, topics }) => ({ name, topics: topics === 'all' ? null : topics })),
  );
  let pruned = 0;
  while (!options.signal?.aborted) {
    const { rowCount } = await options.db.pool.query(pruneSql, [options.publishedBefore, consumers, batchSize]);
    pruned += rowCount ?? 0;
    if ((rowCount ?? 0) < batchSize) break;
  }
  while (!options.signal?.aborted) {
    const { rowCount } = await options.db.pool.query(orphansSql, [options.publishedBefore, batchSize]);
    if ((rowCount ?? 0) < batchSize) break;
  }
  return pruned;
}

/** Rows that somebody is working on are left for the next time. */
const pruneSql = `
  WITH consumers AS (SELECT name, topics FROM jsonb_to_recordset($2::jsonb) AS (name text, topics text[])),
  doomed AS (
    SELECT o.id FROM platform.outbox o
    WHERE o.published_at < $1
      AND NOT EXISTS (
        SELECT FROM consumers c
        WHERE (c.topics IS NULL OR o.topic = ANY(c.topics))
          AND NOT EXISTS (SELECT FROM platform.consumed_events e WHERE e.consumer = c.name AND e.event_id = o.id)
      )
    ORDER BY o.id
    LIMIT $3
    FOR UPDATE SKIP LOCKED
  ),
  forgotten AS (
    DELETE FROM platform.consumed_events e USING doomed, consumers c
    WHERE e.consumer = c.name AND e.event_id = doomed.id
  )
  DELETE FROM platform.outbox o USING doomed WHERE o.id = doomed.id`;

/** What consumers that are gone by now have left behind. */
const orphansSql = `
  DELETE FROM platform.consumed_events e USING (
    SELECT consumer, event_id FROM platform.consumed_events c
    WHERE c.consumed_at < $1 AND NOT EXISTS (SELECT FROM platform.outbox o WHERE o.id = c.event_id)
    LIMIT $2
  ) orphan
  WHERE e.consumer = orphan.consumer AND e.event_id = orphan.event_id`;

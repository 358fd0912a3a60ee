import type { Client } from 'pg';
import { z } from 'zod';

/** The id up to which nothing can appear any more and everything was consumed. Kept in memory only. */
export interface OutboxFloor {
  value(): string;
  /** Looks at what transactions are under way; call it before each search. */
  observe(client: Client): Promise<void>;
  /**
   * Raises the floor as far as is safe: when the search left nothing unconsumed, or up to the last id that it found,
   * once that is consumed. Without the latter a consumer that is behind would search all that it has done again.
   */
  raise(consumedUpTo?: string): void;
}

/**
 * Three steps, so that an id drawn by a transaction that commits late stays above the floor:
 * 1. note how far ids have been drawn;
 * 2. a second later, when whoever drew them surely has a transaction number (drawing the id and writing the row are one
 *    statement), take a transaction number of our own: theirs are all lower;
 * 3. once no transaction with a lower number is under way, a search sees all rows with those ids.
 * A transaction that stays open for hours merely keeps the floor down for as long.
 */
export function createOutboxFloor(drawingMs = 1_000): OutboxFloor {
  let floor = '0';
  let settled = '0';
  let drawn: { readonly id: string; readonly atMs: number } | null = null;
  let bounded: { readonly id: string; readonly byXid: bigint } | null = null;
  return {
    value: () => floor,
    observe: async (client) => {
      const { rows } = await client.query({ name: 'outbox-floor', text: observeSql });
      const { lastId, oldestXid } = observation.parse(rows[0]);
      if (bounded && oldestXid >= bounded.byXid) {
        settled = bounded.id;
        bounded = null;
      }
      if (drawn && !bounded && performance.now() - drawn.atMs >= drawingMs) {
        bounded = { id: drawn.id, byXid: await takeXid(client) };
        drawn = null;
      }
      if (!drawn && lastId !== settled) drawn = { id: lastId, atMs: performance.now() };
    },
    raise: (consumedUpTo = settled) => {
      const safe = BigInt(consumedUpTo) < BigInt(settled) ? consumedUpTo : settled;
      if (BigInt(safe) > BigInt(floor)) floor = safe;
    },
  };
}

const observation = z
  .object({ last_id: z.string().nullable(), oldest_xid: z.string() })
  .transform((row) => ({ lastId: row.last_id ?? '0', oldestXid: BigInt(row.oldest_xid) }));

const observeSql = `
  SELECT pg_sequence_last_value(pg_get_serial_sequence('platform.outbox', 'id')::regclass)::text AS last_id,
         pg_snapshot_xmin(pg_current_snapshot())::text AS oldest_xid`;

/** A number of our own and not the snapshot's upper end, which is below numbers of transactions under way. */
async function takeXid(client: Client): Promise<bigint> {
  const { rows } = await client.query('SELECT pg_current_xact_id()::text AS xid');
  return BigInt(z.object({ xid: z.string() }).parse(rows[0]).xid);
}

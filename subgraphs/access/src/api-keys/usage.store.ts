import type { Database } from '@cauce/shared/db/database';
import { z } from 'zod';

/** What one key asked for under one name on one day. */
export interface UsageRow {
  readonly keyId: string;
  readonly operation: string;
  /** Calendar day in UTC. */
  readonly day: string;
  readonly requests: number;
  readonly units: number;
  readonly refused: number;
}

/** Usage of several keys since a day, the costliest operation of a day first. */
export async function findUsage({ pool }: Database, keyIds: readonly string[], since: string): Promise<UsageRow[]> {
  const { rows } = await pool.query(
    `SELECT key_id::text, day::text, operation, requests::float8, units::float8, refused::float8
     FROM access.api_key_usage WHERE key_id = ANY($1::uuid[]) AND day >= $2::date
     ORDER BY day, units DESC, requests DESC, operation`,
    [keyIds, since],
  );
  return z.array(rowSchema).parse(rows);
}

/**
 * Adds a batch to what is written down, once: a batch that is sent again, because its answer was lost, adds nothing.
 * Keys that are gone are left out. False when the batch was known.
 */
export async function addUsage({ pool }: Database, batchId: string, usage: readonly UsageRow[]): Promise<boolean> {
  const { rowCount } = await pool.query(
    `WITH batch AS (INSERT INTO access.api_key_usage_batches (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id),
     given AS (
       SELECT * FROM jsonb_to_recordset($2::jsonb)
         AS u("keyId" uuid, operation text, day date, requests bigint, units bigint, refused bigint)
     ),
     added AS (
       INSERT INTO access.api_key_usage AS u (key_id, day, operation, requests, units, refused)
       SELECT k.id, g.day, g.operation, g.requests, g.units, g.refused
       FROM batch, given g JOIN access.api_keys k ON k.id = g."keyId"
       -- One order for all gateways, or two batches could wait for each other.
       ORDER BY k.id, g.day, g.operation
       ON CONFLICT (key_id, day, operation) DO UPDATE SET
         requests = u.requests + EXCLUDED.requests,
         units = u.units + EXCLUDED.units,
         refused = u.refused + EXCLUDED.refused
     )
     SELECT FROM batch`,
    [batchId, JSON.stringify(usage)],
  );
  return rowCount === 1;
}

const rowSchema = z
  .object({
    key_id: z.string(),
    day: z.string(),
    operation: z.string(),
    requests: z.number(),
    units: z.number(),
    refused: z.number(),
  })
  .transform(({ key_id, ...row }) => ({ keyId: key_id, ...row }));

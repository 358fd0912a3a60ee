import type { DatabaseTransaction } from '@cauce/shared/db/database';
import type { Pool, PoolClient } from 'pg';
import type { SyncMode } from '../sync/sync.ts';
import { type ErpEntity, entityLabels, erpEntities } from './erp-entity.ts';

/** A run that this worker has taken; `attempt` tells it from whoever had it before. */
export interface TakenRun {
  readonly id: string;
  readonly attempt: number;
  readonly entity: ErpEntity;
  readonly mode: SyncMode;
  readonly failures: number;
  readonly processed: number;
  readonly progress: unknown;
  readonly installationId: string;
  readonly companyId: string;
  readonly kind: 'MICROSIP' | 'SAMPLE';
  readonly code: string;
  readonly connection: unknown;
  readonly credentialsEncrypted: string | null;
  readonly mapping: unknown;
  readonly timeZone: string;
  readonly bookmark: unknown;
  /** Where the ERP is and how its mapping reads it, as of when the run was taken. */
  readonly readBy: string;
  /** What rows of the last run failed for the want of is here by now: they are read again. */
  readonly hasArrivals: boolean;
}

/** A worker that gave no sign for so long is taken for dead. Its database session tells the time, not its machine. */
export const deadAfterSeconds = 60;

/** Kinds of rows that others refer to: a run of these that was asked for before goes first. */
const neededFirst = `CASE j.job_type::text WHEN 'precios' THEN ARRAY['productos'] WHEN 'inventario' THEN ARRAY['almacenes', 'productos']
  WHEN 'ventas' THEN ARRAY['almacenes', 'productos', 'clientes'] ELSE ARRAY[]::text[] END`;

/** Prices are known by their article, balances by article and warehouse: `12:19`. */
const hasArrivals = `EXISTS (
  SELECT FROM inventory.sync_bookmarks b JOIN inventory.sync_failed_rows f ON f.job_id = b.job_id
  WHERE b.installation_id = i.id AND b.entity = j.job_type AND CASE f.reason
    WHEN 'UNKNOWN_PRODUCT' THEN EXISTS (SELECT FROM inventory.erp_productos p
      WHERE p.installation_id = i.id AND p.erp_id = split_part(f.source_key, ':', 1))
    WHEN 'UNKNOWN_WAREHOUSE' THEN EXISTS (SELECT FROM inventory.warehouses w
      WHERE w.installation_id = i.id AND w.erp_id = split_part(f.source_key, ':', 2)) ELSE FALSE END)`;

/**
 * What a copy of an installation (`i`) is made by, as one text: it is another once the ERP is elsewhere or somebody has
 * confirmed another mapping, and what was read until then says nothing of what is to be read from then on.
 */
export const readBySql = `md5(concat_ws('|', extract(epoch FROM i.mapping_confirmed_at), i.connection - 'timeoutMs'))`;

/** Runs of an ERP that wait for another to end. */
export async function waitingRuns(pool: Pool, installationId: string): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT id::text FROM inventory.sync_jobs WHERE installation_id = $1 AND status = 'pending'
       AND cancel_requested_at IS NULL AND coalesce(next_attempt_at, created_at) <= now() ORDER BY created_at, id`,
    [installationId],
  );
  return rows.map(({ id }) => id);
}

/** Takes a run that waits, or whose worker died; null when it is not to be had, or its ERP is paused. */
export async function takeRun(pool: Pool, jobId: string): Promise<TakenRun | null> {
  const { rows } = await pool.query<Omit<TakenRun, 'entity'> & { label: string }>(
    `UPDATE inventory.sync_jobs j SET status = 'running', attempt = j.attempt + 1, started_at = coalesce(j.started_at, now()),
       heartbeat_at = now(), error_message = NULL, error_code = NULL, next_attempt_at = NULL
     FROM inventory.erp_installations i
     WHERE j.id = $1 AND i.id = j.installation_id AND i.is_active AND j.cancel_requested_at IS NULL AND (
       j.status = 'pending' OR (j.status = 'running' AND j.heartbeat_at < now() - make_interval(secs => $2)))
       AND NOT EXISTS (SELECT FROM inventory.sync_jobs o
         WHERE o.installation_id = j.installation_id AND o.status IN ('pending', 'running') AND o.cancel_requested_at IS NULL
           AND o.created_at <= j.created_at AND o.job_type::text = ANY (${neededFirst}))
     RETURNING j.id::text, j.attempt, j.job_type::text AS label, j.mode::text AS mode, j.failures, j.records_processed AS processed,
       CASE WHEN j.progress ->> 'readBy' = ${readBySql} THEN j.progress ELSE '{}' END AS progress, ${readBySql} AS "readBy",
       i.id::text AS "installationId", i.company_id::text AS "companyId", i.kind::text AS kind, i.code,
       i.connection, i.credentials_encrypted AS "credentialsEncrypted", i.mapping, i.time_zone AS "timeZone",
       (SELECT b.cursor FROM inventory.sync_bookmarks b WHERE b.installation_id = i.id AND b.entity = j.job_type) AS bookmark,
       ${hasArrivals} AS "hasArrivals"`,
    [jobId, deadAfterSeconds],
  );
  const [row] = rows;
  if (row === undefined) return null;
  const { label, ...run } = row;
  const entity = erpEntities.find((one) => entityLabels[one] === label);
  return entity === undefined ? null : { ...run, entity };
}

/** Ends runs that were cancelled and whose worker died before it heard of it; nobody else would, nor could another begin. */
export function endCancelled(
  tx: DatabaseTransaction,
  now: Date,
): Promise<{ readonly id: string; readonly companyId: string }[]> {
  return tx.$queryRaw`UPDATE inventory.sync_jobs SET status = 'cancelled', completed_at = ${now}
    WHERE status = 'running' AND cancel_requested_at IS NOT NULL AND installation_id IS NOT NULL
      AND heartbeat_at < now() - make_interval(secs => ${deadAfterSeconds}::float8)
    RETURNING id::text, company_id::text AS "companyId"`;
}

/** The run is somebody else's by now, or was cancelled. */
export class RunLost extends Error {
  override readonly name = 'RunLost';
}
export class RunCancelled extends Error {
  override readonly name = 'RunCancelled';
}

/** Says that the worker lives. @throws RunLost, RunCancelled */
export async function beat(pool: Pool, { id, attempt }: TakenRun): Promise<void> {
  const { rows } = await pool.query<{ cancelled: boolean }>(
    `UPDATE inventory.sync_jobs SET heartbeat_at = now() WHERE id = $1 AND attempt = $2 AND status = 'running'
     RETURNING cancel_requested_at IS NOT NULL AS cancelled`,
    [id, attempt],
  );
  checkHold(rows[0]);
}

/** Holds the run's row to the end of the transaction: nobody else writes for it. @throws RunLost, RunCancelled */
export async function holdRun(client: PoolClient, { id, attempt }: TakenRun): Promise<void> {
  const { rows } = await client.query<{ cancelled: boolean }>(
    `SELECT cancel_requested_at IS NOT NULL AS cancelled FROM inventory.sync_jobs
     WHERE id = $1 AND attempt = $2 AND status = 'running' FOR UPDATE`,
    [id, attempt],
  );
  checkHold(rows[0]);
}

function checkHold(row: { readonly cancelled: boolean } | undefined): void {
  if (row === undefined) throw new RunLost('Another worker has the run');
  if (row.cancelled) throw new RunCancelled('The run was cancelled');
}

import type { PoolClient } from 'pg';
import { syncStatusChanged } from '../../sync/sync-changes.ts';
import type { ErpRow } from '../erp-entity.ts';
import type { Bookmark, RunProgress } from '../run-cursor.ts';
import { readBySql, type TakenRun } from '../sync-run.store.ts';
import type { Merged } from './entity-copy.ts';
import type { StagedText } from './stage.ts';

/** What tells subscribers that a run has moved. */
export function statusEvent({ id, companyId }: Pick<TakenRun, 'id' | 'companyId'>, occurredAt: Date) {
  return { topic: syncStatusChanged, companyId, siteId: null, key: id, occurredAt, payload: { jobId: id } };
}

/** Rows kept with a reason for each run, at most. */
const mostFailedKept = 10_000;

/** Keeps the rows that could not be taken, each with its reason, once. */
export async function keepFailed(
  client: PoolClient,
  run: TakenRun,
  text: StagedText,
  merged: Merged,
  rows: readonly ErpRow[],
): Promise<void> {
  if (text.failed.length === 0 && merged.failed.length === 0) return;
  const byKey = merged.failed.length === 0 ? null : new Map(rows.map((row) => [String(row.values[0]), row]));
  const all = [
    ...text.failed,
    ...merged.failed.map(({ key, reason }) => ({ key, reason, row: byKey?.get(key) ?? { values: [key] } })),
  ];
  await client.query(
    `INSERT INTO inventory.sync_failed_rows (job_id, entity, source_key, data, reason)
     SELECT j.id, j.job_type, f.key, f.data, f.reason
     FROM inventory.sync_jobs j, jsonb_to_recordset($2::jsonb) AS f (key text, data jsonb, reason text)
     WHERE j.id = $1 AND (SELECT count(*) FROM inventory.sync_failed_rows WHERE job_id = $1) < ${mostFailedKept}
       AND NOT EXISTS (SELECT FROM inventory.sync_failed_rows o WHERE o.job_id = $1 AND o.source_key = f.key)`,
    [
      run.id,
      JSON.stringify(all.map(({ key, reason, row }) => ({ key, reason, data: row.values }))).replaceAll('\\u0000', ''),
    ],
  );
}

/**
 * Adds a batch to what the run has done.
 * @param progress how far it is by then; null leaves what stands
 */
export async function countBatch(
  client: PoolClient,
  { id }: TakenRun,
  rows: number,
  text: StagedText,
  { created, updated, failed }: Merged,
  progress: RunProgress | null,
): Promise<void> {
  await client.query(
    `UPDATE inventory.sync_jobs SET records_processed = records_processed + $2, records_created = records_created + $3,
       records_updated = records_updated + $4, records_failed = records_failed + $5, progress = coalesce($6, progress), failures = 0,
       heartbeat_at = now() WHERE id = $1`,
    [
      id,
      rows,
      created,
      updated,
      text.failed.length + failed.length,
      progress === null ? null : JSON.stringify(progress),
    ],
  );
}

/** Says how many rows there will be, for who waits; a worker that follows adds what it reads again. */
export async function announceExpected(client: PoolClient, run: TakenRun, expected: number): Promise<void> {
  await client.query('UPDATE inventory.sync_jobs SET records_expected = $3 WHERE id = $1 AND attempt = $2', [
    run.id,
    run.attempt,
    expected,
  ]);
}

/** Rows of a run that are kept with a reason. */
export async function countFailed(client: PoolClient, { id }: TakenRun): Promise<number> {
  const { rows } = await client.query<{ failed: number }>(
    'SELECT count(*)::int AS failed FROM inventory.sync_failed_rows WHERE job_id = $1',
    [id],
  );
  return rows[0]?.failed ?? 0;
}

/** The next run begins where this one looked, unless the ERP is read elsewhere or otherwise by now: then with everything. */
export async function finishRun(
  client: PoolClient,
  { id, installationId, readBy }: TakenRun,
  { deleted, now, bookmark }: { readonly deleted: number; readonly now: Date; readonly bookmark: Bookmark },
): Promise<void> {
  await client.query(
    `UPDATE inventory.sync_jobs SET status = 'completed', completed_at = $2, records_deleted = records_deleted + $3, progress = '{}'
     WHERE id = $1`,
    [id, now, deleted],
  );
  await client.query(
    `INSERT INTO inventory.sync_bookmarks (installation_id, entity, cursor, job_id, updated_at)
     SELECT $1, j.job_type, $3, j.id, $4 FROM inventory.sync_jobs j
     JOIN inventory.erp_installations i ON i.id = j.installation_id AND ${readBySql} = $5 WHERE j.id = $2
     ON CONFLICT (installation_id, entity) DO UPDATE SET cursor = excluded.cursor, job_id = excluded.job_id,
       updated_at = excluded.updated_at`,
    [installationId, id, JSON.stringify(bookmark), now, readBy],
  );
}

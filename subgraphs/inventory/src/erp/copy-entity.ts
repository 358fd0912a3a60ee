import type { Clock } from '@cauce/shared/clock';
import { appendEvents } from '@cauce/shared/events/outbox';
import type { Pool, PoolClient } from 'pg';
import { syncStatusChanged } from '../sync/sync-changes.ts';
import { type PartTotals, readOurTotals, writeCertificate } from './copy/certificate.ts';
import { entityCopies } from './copy/entity-copies.ts';
import type { CopyTarget, Merged } from './copy/entity-copy.ts';
import { createStage, readRows, type StagedText, stageKeys, stageRows } from './copy/stage.ts';
import type { ErpRow } from './erp-entity.ts';
import type { ErpPart, ErpSnapshot, ErpSource } from './erp-source.ts';
import { type CopyStep, stepsOf } from './plan-steps.ts';
import { type Bookmark, type RunProgress, readBookmark, readProgress } from './run-cursor.ts';
import { holdRun, readBySql, type TakenRun } from './sync-run.store.ts';

export interface CopyEntityDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly source: ErpSource;
  /** Rows of one transaction. */
  readonly batchRows: number;
  /** How far before the last look an incremental run begins, for what was being written then, and for a clock set back. */
  readonly lagMinutes: number;
  /** Called after each transaction, with the rows so far. */
  onProgress?(processed: number): void;
}

/**
 * Copies one kind of row, from where the run stands to its end. Rows, cursor and counts are written together, so that
 * a worker that dies at any moment is followed by one that goes on; what it wrote twice is the same row.
 * @throws ErpFailure, RunLost, RunCancelled
 */
export async function copyEntity(deps: CopyEntityDeps, run: TakenRun, signal: AbortSignal): Promise<void> {
  const snapshot = await deps.source.open(signal);
  try {
    const client = await deps.pool.connect();
    let isWell = false;
    try {
      await createCopying(deps, run, snapshot, client, signal).run();
      isWell = true;
    } finally {
      // A session that was left inside a transaction is not given to the next.
      client.release(!isWell);
    }
  } finally {
    await snapshot.close();
  }
}

interface Planned {
  readonly part: ErpPart;
  readonly steps: readonly CopyStep[];
  /** Its fingerprint says that nothing can have changed. */
  readonly isUntouched: boolean;
}

function createCopying(
  { pool: _, clock, batchRows, lagMinutes, onProgress }: CopyEntityDeps,
  run: TakenRun,
  snapshot: ErpSnapshot,
  client: PoolClient,
  signal: AbortSignal,
) {
  const copy = entityCopies[run.entity];
  const parts = snapshot.parts(run.entity);
  const bookmark = readBookmark(run.bookmark);
  const before = readProgress(run.progress);
  const isFull = before.clock === null ? run.mode === 'FULL' || bookmark === null || run.hasArrivals : before.isFull;
  const firstClock = before.clock ?? snapshot.clock;
  let progress: RunProgress = { ...before, clock: firstClock, isFull, readBy: run.readBy };
  let processed = run.processed;
  const target: CopyTarget = {
    ...{ installationId: run.installationId, companyId: run.companyId, timeZone: run.timeZone },
    now: clock.now(),
    isAnnounced: bookmark !== null,
  };

  const inTransaction = async <Value>(work: () => Promise<Value>, isDurable: boolean): Promise<Value> => {
    signal.throwIfAborted();
    await client.query('BEGIN');
    try {
      // A crash of the database takes rows and cursor together: only the last word of the run must be on the disk.
      await client.query(`SET LOCAL statement_timeout = '10min'; SET LOCAL jit = off${isDurable ? '' : ofBatches}`);
      await holdRun(client, run);
      const value = await work();
      await client.query('COMMIT');
      return value;
    } catch (error) {
      await client.query('ROLLBACK').catch(() => {});
      throw error;
    }
  };

  const writeBatch = (text: StagedText, rows: readonly ErpRow[], step: CopyStep): Promise<void> => {
    const lastKey = rows.at(-1)?.values[0];
    const next: RunProgress = {
      ...progress,
      part: step.part.name,
      afterKey: step.isResumable && lastKey !== undefined ? String(lastKey) : null,
    };
    return retried(async () => {
      await inTransaction(async () => {
        await stageRows(client, text);
        const merged = await copy.merge(client, target);
        await keepFailed(client, run, text, merged, rows);
        await count(client, run, rows.length, text, merged, next);
        await appendEvents(client, [...merged.events, statusEvent(run, target.now)]);
      }, false);
      progress = next;
      processed += rows.length;
      onProgress?.(processed);
    });
  };

  /** The next batch is read while this one is written; never more than these two are held. */
  const copyStep = async (step: CopyStep): Promise<void> => {
    let writing: Promise<void> = Promise.resolve();
    try {
      for await (const rows of step.part.rows(step.choice, batchRows)) {
        const text = readRows(copy, rows);
        await writing;
        writing = writeBatch(text, rows, step);
        writing.catch(() => {});
      }
    } finally {
      await writing;
    }
  };

  return {
    async run(): Promise<void> {
      await createStage(client, copy);
      const fingerprints: Record<string, string> = {};
      const plan: Planned[] = [];
      let expected = before.clock === null ? 0 : processed;
      for (const part of parts) {
        const fingerprint = await part.fingerprint();
        if (fingerprint !== null) fingerprints[part.name] = fingerprint;
        const steps = stepsOf(part, fingerprint, { before, bookmark, isFull, firstClock, lagMinutes });
        const filled: CopyStep[] = [];
        for (const step of steps) {
          const count = await part.count(step.choice);
          expected += count;
          // What is counted and what is read are of one moment.
          if (count > 0) filled.push(step);
        }
        plan.push({ part, steps: filled, isUntouched: !isFull && steps.length === 0 });
      }
      await announceExpected(client, run, expected);
      for (const { part, steps } of plan) {
        const others = progress.done.filter((name) => name !== part.name);
        const known = fingerprints[part.name];
        progress = {
          ...{ ...progress, done: others },
          fingerprints: known === undefined ? progress.fingerprints : { ...progress.fingerprints, [part.name]: known },
        };
        for (const step of steps) await copyStep(step);
        progress = { ...progress, done: [...others, part.name], part: null, afterKey: null };
      }
      const totals: PartTotals[] = [];
      await retried(() =>
        inTransaction(async () => {
          let deleted = 0;
          totals.length = 0;
          for (const { part, isUntouched } of plan) {
            const source = await part.totals();
            const ours = await readOurTotals(client, copy, run.installationId, part);
            const isSameSet = source.keySum !== null && source.keySum === ours.keySum && source.count === ours.count;
            if (!isSameSet && !(isUntouched && source.count === ours.count)) {
              await client.query('TRUNCATE erp_stage_keys');
              await stageKeys(client, part.keys(5_000));
              const removed = await copy.remove(client, target, part.name);
              deleted += removed.deleted;
              if (target.isAnnounced) await appendEvents(client, removed.events);
              totals.push({ part, source, ours: await readOurTotals(client, copy, run.installationId, part) });
            } else totals.push({ part, source, ours });
          }
          await copy.settle?.(client, target);
          await finish(client, run, { deleted, now: clock.now(), bookmark: { clock: firstClock, fingerprints } });
          const failed = await countFailed(client, run);
          await writeCertificate(client, run.id, totals, failed);
          await appendEvents(client, [statusEvent(run, target.now)]);
        }, true),
      );
    },
  };
}

/** While tables fill, what the planner knows of them is always old: rows are looked up by their indexes. */
const ofBatches = '; SET LOCAL synchronous_commit = off; SET LOCAL enable_seqscan = off';

/** Deadlocks and lost races with people's changes pass; the transaction is done again. */
async function retried(work: () => Promise<void>): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
      if (tries >= 4 || (code !== '40P01' && code !== '40001' && code !== '23505')) throw error;
    }
  }
}

export function statusEvent({ id, companyId }: Pick<TakenRun, 'id' | 'companyId'>, occurredAt: Date) {
  return { topic: syncStatusChanged, companyId, siteId: null, key: id, occurredAt, payload: { jobId: id } };
}

/** Rows kept with a reason for each run, at most. */
const mostFailedKept = 10_000;

async function keepFailed(
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

async function count(
  client: PoolClient,
  { id }: TakenRun,
  rows: number,
  text: StagedText,
  { created, updated, failed }: Merged,
  progress: RunProgress,
): Promise<void> {
  await client.query(
    `UPDATE inventory.sync_jobs SET records_processed = records_processed + $2, records_created = records_created + $3,
       records_updated = records_updated + $4, records_failed = records_failed + $5, progress = $6, failures = 0,
       heartbeat_at = now() WHERE id = $1`,
    [id, rows, created, updated, text.failed.length + failed.length, JSON.stringify(progress)],
  );
}

/** How many rows there will be, for who waits; a worker that follows adds what it reads again. */
async function announceExpected(client: PoolClient, run: TakenRun, expected: number): Promise<void> {
  await client.query('UPDATE inventory.sync_jobs SET records_expected = $3 WHERE id = $1 AND attempt = $2', [
    run.id,
    run.attempt,
    expected,
  ]);
}

async function countFailed(client: PoolClient, { id }: TakenRun): Promise<number> {
  const { rows } = await client.query<{ failed: number }>(
    'SELECT count(*)::int AS failed FROM inventory.sync_failed_rows WHERE job_id = $1',
    [id],
  );
  return rows[0]?.failed ?? 0;
}

/** The next run begins where this one looked, unless the ERP is read elsewhere or otherwise by now: then with everything. */
async function finish(
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

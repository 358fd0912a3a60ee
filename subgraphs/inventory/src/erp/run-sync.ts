import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { appendEvents } from '@cauce/shared/events/outbox';
import type { Log } from '@cauce/shared/log/log';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { statusEvent } from './copy/run-records.ts';
import { copyEntity } from './copy-entity.ts';
import { ErpFailure } from './erp-failure.ts';
import type { ErpSource } from './erp-source.ts';
import { beat, RunCancelled, RunLost, type TakenRun, takeRun, waitingRuns } from './sync-run.store.ts';

export interface RunSyncDeps extends Pick<Deps, 'db' | 'clock' | 'metrics'> {
  /** The ERP of a run. @throws ErpFailure for settings that cannot be read */
  sourceOf(run: TakenRun): ErpSource;
  /** Has the run taken up again at some time, in the transaction that says so. */
  runLater(tx: DatabaseTransaction, jobId: string, at: Date): Promise<void>;
  readonly batchRows?: number;
  /** Batches written side by side. */
  readonly lanes?: number;
  readonly lagMinutes?: number;
  /** How often the worker says that it lives, ms. */
  readonly beatMs?: number;
}

export type SyncOutcome = 'COMPLETED' | 'WAITING' | 'FAILED' | 'CANCELLED' | 'LOST' | 'NOT_TAKEN';

/** Tries in a row without a row written, before a run is given up. */
const mostFailures = 6;

/** Works a run that waits, to its end or to the next try. Rejects only when our own database fails. */
export function createRunSync(deps: RunSyncDeps) {
  return async (jobId: string, { log, signal }: { log: Log; signal: AbortSignal }): Promise<SyncOutcome> => {
    const run = await takeRun(deps.db.pool, jobId);
    if (run === null) return 'NOT_TAKEN';
    const ended = new AbortController();
    const until = AbortSignal.any([signal, ended.signal]);
    const beating = setInterval(() => {
      beat(deps.db.pool, run).catch((error: unknown) => {
        if (error instanceof RunLost || error instanceof RunCancelled) ended.abort(error);
      });
    }, deps.beatMs ?? 2_000);
    let outcome: SyncOutcome = 'COMPLETED';
    try {
      const { batchRows = 2_000, lanes = 2, lagMinutes = 90 } = deps;
      const { pool } = deps.db;
      await copyEntity(
        { pool, clock: deps.clock, source: deps.sourceOf(run), batchRows, lanes, lagMinutes },
        run,
        until,
      );
    } catch (error) {
      outcome = await judge(deps, run, error, signal);
      if (outcome === 'WAITING' || outcome === 'FAILED')
        log.warn({ err: error, jobId, entity: run.entity }, 'A copy from an ERP failed');
    } finally {
      clearInterval(beating);
    }
    if (outcome !== 'WAITING' && outcome !== 'LOST') await wakeWaiting(deps, run);
    deps.metrics.count('cauce_inventory_sync_runs_total', 'Copies from ERPs by how they went', {
      entity: run.entity,
      outcome,
    });
    return outcome;
  };
}

/** What waited for this run to end need not wait for the next look around. */
async function wakeWaiting({ db, clock, runLater }: RunSyncDeps, { installationId }: TakenRun): Promise<void> {
  const waiting = await waitingRuns(db.pool, installationId);
  if (waiting.length === 0) return;
  await db.client.$transaction(async (tx) => {
    for (const id of waiting) await runLater(tx, id, clock.now());
  });
}

/** Writes what became of a run that did not come through. */
async function judge(deps: RunSyncDeps, run: TakenRun, error: unknown, signal: AbortSignal): Promise<SyncOutcome> {
  if (error instanceof RunLost) return 'LOST';
  const now = deps.clock.now();
  const isCancelled = error instanceof RunCancelled;
  const isStopping = signal.aborted && !(error instanceof ErpFailure);
  const failures = run.failures + 1;
  const isHopeless = error instanceof ErpFailure && !error.isPassing;
  const isOver = isHopeless || (failures >= mostFailures && !isStopping);
  const status = isCancelled ? 'cancelled' : isOver ? 'failed' : 'pending';
  const next = isStopping ? now : new Date(now.getTime() + pauseMs(failures));
  const { code, message } = describe(error);
  return deps.db.client.$transaction(async (tx): Promise<SyncOutcome> => {
    // Rows that were written meanwhile have set the count of failures back.
    const held = await tx.$executeRawUnsafe(
      `UPDATE inventory.sync_jobs SET status = $3::text::inventory.sync_job_status, error_message = $4, error_code = $5,
         failures = CASE WHEN $9 THEN failures ELSE failures + 1 END,
         completed_at = CASE WHEN $6 THEN $7::timestamptz END, next_attempt_at = CASE WHEN $6 THEN NULL ELSE $8::timestamptz END
       WHERE id = $1::uuid AND attempt = $2 AND status = 'running'`,
      ...[
        run.id,
        run.attempt,
        status,
        isCancelled || isStopping ? null : message,
        isCancelled || isStopping ? null : code,
      ],
      ...[status !== 'pending', now, next, isCancelled || isStopping],
    );
    if (held === 0) return 'LOST';
    if (status === 'pending') await deps.runLater(tx, run.id, next);
    await appendEvents(tx, [statusEvent(run, now)]);
    return isCancelled ? 'CANCELLED' : isOver ? 'FAILED' : 'WAITING';
  });
}

/** 5 s, doubled with each failure in a row up to 15 minutes. */
export const pauseMs = (failures: number): number => Math.min(900_000, 5_000 * 2 ** Math.max(0, failures - 1));

function describe(error: unknown): { readonly code: string; readonly message: string } {
  if (error instanceof ErpFailure) return { code: error.kind, message: error.message };
  return { code: 'INTERNAL', message: 'The copy failed on our side and is tried again' };
}

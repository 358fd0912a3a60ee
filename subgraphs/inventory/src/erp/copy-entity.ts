import type { Clock } from '@cauce/shared/clock';
import { appendEvents } from '@cauce/shared/events/outbox';
import type { Pool, PoolClient } from 'pg';
import { createBatchOrder } from './copy/batch-order.ts';
import { type PartTotals, readOurTotals, writeCertificate } from './copy/certificate.ts';
import { entityCopies } from './copy/entity-copies.ts';
import type { CopyTarget } from './copy/entity-copy.ts';
import { createLanes, type Lanes } from './copy/lanes.ts';
import { announceExpected, countBatch, countFailed, finishRun, keepFailed, statusEvent } from './copy/run-records.ts';
import { createStage, readRows, stageKeys, stageRows } from './copy/stage.ts';
import type { ErpRow } from './erp-entity.ts';
import type { ErpPart, ErpSnapshot, ErpSource } from './erp-source.ts';
import { type CopyStep, stepsOf } from './plan-steps.ts';
import { type RunProgress, readBookmark, readProgress } from './run-cursor.ts';
import { holdRun, type TakenRun } from './sync-run.store.ts';

export interface CopyEntityDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly source: ErpSource;
  /** Rows of one transaction. */
  readonly batchRows: number;
  /** Batches written side by side, each over a connection of its own. */
  readonly lanes: number;
  /** How far before the last look an incremental run begins, for what was being written then, and for a clock set back. */
  readonly lagMinutes: number;
}

/**
 * Copies one kind of row, from where the run stands to its end. Rows, cursor and counts are written together, so that
 * a worker that dies at any moment is followed by one that goes on; what it wrote twice is the same row.
 * @throws ErpFailure, RunLost, RunCancelled
 */
export async function copyEntity(deps: CopyEntityDeps, run: TakenRun, signal: AbortSignal): Promise<void> {
  const snapshot = await deps.source.open(signal);
  try {
    const open = async () => {
      const client = await deps.pool.connect();
      try {
        await createStage(client, entityCopies[run.entity]);
        return client;
      } catch (error) {
        client.release(true);
        throw error;
      }
    };
    const lanes = createLanes(open, deps.lanes);
    let isWell = false;
    try {
      await createCopying(deps, run, snapshot, lanes, signal).run();
      isWell = true;
    } finally {
      await lanes.close(isWell);
    }
  } finally {
    await snapshot.close();
  }
}

interface Planned {
  readonly part: ErpPart;
  /** Of its rows now; null where times of change tell all. */
  readonly fingerprint: string | null;
  readonly steps: readonly CopyStep[];
  /** Its fingerprint says that nothing can have changed. */
  readonly isUntouched: boolean;
}

function createCopying(
  { clock, batchRows, lagMinutes }: CopyEntityDeps,
  run: TakenRun,
  snapshot: ErpSnapshot,
  lanes: Lanes,
  signal: AbortSignal,
) {
  const copy = entityCopies[run.entity];
  const parts = snapshot.parts(run.entity);
  const bookmark = readBookmark(run.bookmark);
  const before = readProgress(run.progress);
  const isFull = before.clock === null ? run.mode === 'FULL' || bookmark === null || run.hasArrivals : before.isFull;
  const firstClock = before.clock ?? snapshot.clock;
  let progress: RunProgress = { ...before, clock: firstClock, isFull, readBy: run.readBy };
  const target: CopyTarget = {
    ...{ installationId: run.installationId, companyId: run.companyId, timeZone: run.timeZone },
    now: clock.now(),
    isAnnounced: bookmark !== null,
  };

  /** Rows are written before the run is held: what is held, another lane waits for. */
  const inTransaction = (client: PoolClient, settings: string, work: () => Promise<void>): Promise<void> =>
    retried(async () => {
      signal.throwIfAborted();
      await client.query(`BEGIN; SET LOCAL statement_timeout = '10min'; SET LOCAL jit = off${settings}`);
      try {
        await work();
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK').catch(() => {});
        throw error;
      }
    });

  const copyStep = async ({ part, choice, isResumable }: CopyStep): Promise<void> => {
    const order = createBatchOrder();
    const writeBatch = (rows: readonly ErpRow[]) => {
      const text = readRows(copy, rows);
      const lastKey = rows.at(-1)?.values[0];
      const batch = order.begin(isResumable && lastKey !== undefined ? String(lastKey) : null);
      return async (client: PoolClient) => {
        await inTransaction(client, ofBatches, async () => {
          await stageRows(client, text);
          const merged = await copy.merge(client, target);
          await holdRun(client, run);
          await keepFailed(client, run, text, merged, rows);
          const afterKey = order.reach(batch);
          const next = afterKey === undefined ? null : { ...progress, part: part.name, afterKey };
          await countBatch(client, run, rows.length, text, merged, next);
          await appendEvents(client, [...merged.events, statusEvent(run, target.now)]);
        });
        order.settle(batch);
      };
    };
    // One more batch is read while those are written; never more are held.
    for await (const rows of part.rows(choice, batchRows)) await lanes.give(writeBatch(rows));
    await lanes.settled();
  };

  const planParts = async (client: PoolClient): Promise<readonly Planned[]> => {
    const plan: Planned[] = [];
    let expected = before.clock === null ? 0 : run.processed;
    for (const part of parts) {
      const fingerprint = await part.fingerprint();
      const steps = stepsOf(part, fingerprint, { before, bookmark, isFull, firstClock, lagMinutes });
      const filled: CopyStep[] = [];
      for (const step of steps) {
        const count = await part.count(step.choice);
        expected += count;
        // What is counted and what is read are of one moment.
        if (count > 0) filled.push(step);
      }
      plan.push({ part, fingerprint, steps: filled, isUntouched: !isFull && steps.length === 0 });
    }
    await announceExpected(client, run, expected);
    return plan;
  };

  /** Takes away what the ERP has no more, proves that both sides are equal, and says where the next run begins. */
  const settle = async (client: PoolClient, plan: readonly Planned[]): Promise<void> => {
    await holdRun(client, run);
    let deleted = 0;
    const totals: PartTotals[] = [];
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
    const fingerprints = Object.fromEntries(
      plan.flatMap(({ part, fingerprint }) => (fingerprint === null ? [] : [[part.name, fingerprint]])),
    );
    await finishRun(client, run, { deleted, now: clock.now(), bookmark: { clock: firstClock, fingerprints } });
    const failed = await countFailed(client, run);
    await writeCertificate(client, run.id, totals, failed);
    await appendEvents(client, [statusEvent(run, target.now)]);
  };

  return {
    async run(): Promise<void> {
      const plan = await lanes.alone(planParts);
      for (const { part, fingerprint, steps } of plan) {
        const others = progress.done.filter((name) => name !== part.name);
        progress = {
          ...{ ...progress, done: others },
          fingerprints:
            fingerprint === null ? progress.fingerprints : { ...progress.fingerprints, [part.name]: fingerprint },
        };
        for (const step of steps) await copyStep(step);
        progress = { ...progress, done: [...others, part.name], part: null, afterKey: null };
      }
      await lanes.alone((client) => inTransaction(client, '', () => settle(client, plan)));
    },
  };
}

/**
 * While tables fill, what the planner knows of them is always old: rows are looked up by their indexes. A crash of the
 * database takes rows and cursor together: only the last word of a run must be on the disk.
 */
const ofBatches = '; SET LOCAL synchronous_commit = off; SET LOCAL enable_seqscan = off';

/** Deadlocks and lost races with another lane or with people's changes pass; the transaction is done again. */
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

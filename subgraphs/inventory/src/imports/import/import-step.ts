import type { Prisma } from '@cauce/prisma/client';
import type { Database, DatabaseTransaction } from '@cauce/shared/db/database';
import type { JobRun } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { lockImport } from './import.store.ts';
import type { ImportStatus } from './spreadsheet-import.ts';
import { tellImport } from './tell-import.ts';

export type ImportStepName = 'PREVIEW' | 'COMMIT' | 'UNDO';
export type TakenImport = Prisma.SpreadsheetImportGetPayload<object>;
export type StepDeps = Pick<Deps, 'db' | 'settings' | 'clock' | 'bus'>;
export type StepRun = Pick<JobRun, 'signal' | 'jobId' | 'log'>;

/** Does a step of an import that was taken up, for as long as it is in the step's state. */
export type ImportStep = (deps: StepDeps, file: TakenImport, run: StepRun) => Promise<void>;

/** A step is begun this often before people are asked. */
export const mostAttempts = 3;

interface StepStates {
  readonly from: readonly ImportStatus[];
  readonly during: ImportStatus;
  /** Where people go on from when the step does not come to its end. */
  readonly givenUp: { readonly status: ImportStatus; readonly errorMessage: string };
}

/** No step leaves a state that nobody can act on: nothing of a step that was given up is written. */
const statesOf: Readonly<Record<ImportStepName, StepStates>> = {
  PREVIEW: {
    ...{ from: ['UPLOADED', 'PARSING'], during: 'PARSING' },
    givenUp: { status: 'FAILED', errorMessage: 'READING_FAILED' },
  },
  COMMIT: {
    ...{ from: ['COMMITTING'], during: 'COMMITTING' },
    givenUp: { status: 'PREVIEW', errorMessage: 'COMMIT_FAILED' },
  },
  UNDO: { from: ['UNDOING'], during: 'UNDOING', givenUp: { status: 'COMPLETED', errorMessage: 'UNDO_FAILED' } },
};

/** The step that an import is in; null for a state that waits for people. */
export function stepOf(status: ImportStatus): ImportStepName | null {
  const names: readonly ImportStepName[] = ['PREVIEW', 'COMMIT', 'UNDO'];
  return names.find((name) => statesOf[name].from.includes(status)) ?? null;
}

/**
 * Takes a step up and does it. Only one worker works on an import at a time: it holds a lock that ends with its
 * connection, so whoever dies is told from whoever is slow. A step that fails is thrown to be tried again, and given up
 * after `mostAttempts`.
 */
export async function workStep(
  deps: StepDeps,
  { importId, step, work }: { readonly importId: string; readonly step: ImportStepName; readonly work: ImportStep },
  run: StepRun,
): Promise<void> {
  await whileHeld(deps.db, importId, async () => {
    const file = await takeUp(deps, importId, step);
    if (file === null) return;
    try {
      await work(deps, file, run);
    } catch (error) {
      const isLast = file.stepAttempts >= mostAttempts;
      await deps.db.client.$transaction((tx) => letGo(tx, deps, { importId, step, isLast }));
      if (!isLast) throw error;
      run.log.error({ err: error, importId, step }, 'A step of an import was given up');
    }
  });
}

/** Ends or repeats the step of an import whose worker is gone; the caller holds its lock. */
export async function letGo(
  tx: DatabaseTransaction,
  deps: Pick<Deps, 'clock'>,
  { importId, step, isLast }: { readonly importId: string; readonly step: ImportStepName; readonly isLast: boolean },
): Promise<boolean> {
  const { from, givenUp } = statesOf[step];
  const file = await lockImport(tx, importId, from);
  if (file === null) return false;
  await tx.spreadsheetImport.update({
    where: { id: importId },
    data: { stepTakenAt: null, ...(isLast ? givenUp : {}) },
  });
  if (isLast) await tellImport(tx, deps, file);
  return true;
}

/** The key of the lock that the worker of an import holds, for `pg_advisory_lock`. */
export const workerLock = (importId: string) => `spreadsheet worker ${importId}`;

function takeUp({ db, clock }: StepDeps, importId: string, step: ImportStepName): Promise<TakenImport | null> {
  const { from, during } = statesOf[step];
  return db.client.$transaction(async (tx) => {
    const found = await lockImport(tx, importId, from);
    if (found === null) return null;
    const taken = await tx.spreadsheetImport.update({
      where: { id: importId },
      data: { status: during, stepTakenAt: clock.now(), stepAttempts: { increment: 1 } },
    });
    if (found.status !== during) await tellImport(tx, { clock }, found);
    return taken;
  });
}

async function whileHeld({ pool }: Pick<Database, 'pool'>, importId: string, work: () => Promise<void>): Promise<void> {
  const holder = await pool.connect();
  // One that breaks while it only holds would end the process unheard; the step itself finds out by its own.
  const broke = () => {};
  holder.on('error', broke);
  let isHeld = false;
  try {
    await holder.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [workerLock(importId)]);
    isHeld = true;
    await work();
    await holder.query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [workerLock(importId)]);
    isHeld = false;
  } finally {
    // A connection that may still hold the lock is closed, which ends it.
    holder.off('error', broke);
    holder.release(isHeld);
  }
}

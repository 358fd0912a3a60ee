import type { Deps } from '@cauce/shared/subgraph/deps';
import { letGo, mostAttempts, stepOf, workerLock } from './import-step.ts';
import type { ImportJob } from './imports.jobs.ts';

/** Shorter than this a step may be between two transactions of its worker. */
const graceMs = 10_000;
/** A step that nobody took up for so long is asked for again, which does no harm when it still waits its turn. */
const forgottenMs = 20 * 60_000;

/**
 * Finds imports whose worker is gone: it was taken up, and nobody holds its lock any more. They are begun again, or given
 * up and handed back to people when that was tried often enough. Answers how many there were.
 */
export async function settleImports(
  { db, clock, jobs }: Pick<Deps, 'db' | 'clock' | 'jobs'>,
  job: ImportJob,
): Promise<number> {
  const now = clock.now().getTime();
  const left = await db.client.spreadsheetImport.findMany({
    where: {
      status: { in: ['UPLOADED', 'PARSING', 'COMMITTING', 'UNDOING'] },
      OR: [
        { stepTakenAt: { lt: new Date(now - graceMs) } },
        { stepTakenAt: null, updatedAt: { lt: new Date(now - forgottenMs) } },
      ],
    },
    select: { id: true },
    orderBy: { updatedAt: 'asc' },
    take: 100,
  });
  let settled = 0;
  for (const { id } of left) {
    await db.client.$transaction(async (tx) => {
      const [lock] = await tx.$queryRaw<{ isFree: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(hashtextextended(${workerLock(id)}, 0)) AS "isFree"`;
      if (lock?.isFree !== true) return;
      const file = await tx.spreadsheetImport.findUnique({ where: { id } });
      const step = file === null ? null : stepOf(file.status);
      if (file === null || step === null) return;
      const isLast = file.stepAttempts >= mostAttempts;
      if (!(await letGo(tx, { clock }, { importId: id, step, isLast }))) return;
      if (!isLast) await jobs.enqueue(job, { importId: id, step }, { tx });
      settled += 1;
    });
  }
  return settled;
}

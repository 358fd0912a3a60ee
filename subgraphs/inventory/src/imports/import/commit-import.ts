import { recordAudit } from '@cauce/shared/audit/audit';
import { systemViewer } from '@cauce/shared/auth/viewer';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { lockImport } from './import.store.ts';
import type { ImportStep, TakenImport } from './import-step.ts';
import { holdCompany, patientTransaction } from './patient-transaction.ts';
import { planImport } from './plan-import.ts';
import { commitSales, holdSales } from './plan-sales.ts';
import { commitStock, holdStock } from './plan-stock.ts';
import { tellImport } from './tell-import.ts';
import { tellStock } from './tell-stock.ts';

/**
 * Writes what was previewed, in one transaction. Where anything else would come of the file by now, nothing is written
 * and the preview is the new one.
 */
export const commitImport: ImportStep = async (deps, { id: importId, companyId }, { jobId }) => {
  await patientTransaction(deps.db, async (tx) => {
    await holdCompany(tx, companyId);
    const file = await lockImport(tx, importId, ['COMMITTING']);
    if (file === null) return;
    const hold = file.kind === 'SALES' ? holdSales : holdStock;
    let plan = await planImport(tx, file, deps.clock.now());
    let isAsSeen = plan.hash === file.planHash;
    if (isAsSeen && !(await hold(tx))) {
      // Somebody changed a row between the plan and our holding it.
      await tx.$executeRaw`DROP TABLE plan`;
      plan = await planImport(tx, file, deps.clock.now());
      isAsSeen = false;
    }
    const { created, updated, refused, hash, siteIds } = plan;
    const now = isAsSeen ? await momentAfterLast(tx, companyId, deps.clock.now()) : null;
    if (now !== null) {
      const { id, requestedBy: userId } = file;
      if (file.kind === 'SALES') await commitSales(tx, { id, companyId, now });
      else await commitStock(tx, { id, companyId, now, userId, reason: 'COUNT' });
      await tellStock(tx, file, now, { isUndone: false });
      await recordAudit(tx, actorOf(jobId), {
        ...{ action: 'inventory.commitSpreadsheet', entityType: 'SpreadsheetImport', entityId: importId, companyId },
        after: { created, updated, refused },
      });
    }
    await tx.spreadsheetImport.update({
      where: { id: importId },
      data: {
        ...(now === null ? { status: 'PREVIEW' } : { status: 'COMPLETED', committedAt: now }),
        errorMessage: now === null ? 'PREVIEW_CHANGED' : null,
        ...{ rowsCreated: created, rowsUpdated: updated, rowsFailed: refused },
        ...{ planHash: hash, siteIds: [...siteIds], stepTakenAt: null },
      },
    });
    await tellImport(tx, deps, file);
  });
};

export const actorOf = (jobId: string) => ({
  viewer: systemViewer('inventory.run-import'),
  requestId: jobId,
  address: null,
});

/** The instant of a commit is its mark on the rows, so no two of a company have the same, whatever the clock says. */
async function momentAfterLast(tx: DatabaseTransaction, companyId: TakenImport['companyId'], now: Date): Promise<Date> {
  const { _max } = await tx.spreadsheetImport.aggregate({ where: { companyId }, _max: { committedAt: true } });
  const last = _max.committedAt?.getTime() ?? 0;
  return new Date(Math.max(now.getTime(), last + 1));
}

import { recordAudit } from '@cauce/shared/audit/audit';
import { actorOf } from './commit-import.ts';
import { lockImport } from './import.store.ts';
import type { ImportStep } from './import-step.ts';
import { holdCompany, patientTransaction } from './patient-transaction.ts';
import { tellImport } from './tell-import.ts';
import { tellStock } from './tell-stock.ts';
import { undoSales } from './undo-sales.ts';
import { undoStock } from './undo-stock.ts';

/** Puts back what a committed import changed; not when something else has changed any of it, and then says which rows. */
export const undoImport: ImportStep = async (deps, { id, companyId }, { jobId }) => {
  await patientTransaction(deps.db, async (tx) => {
    await holdCompany(tx, companyId);
    const file = await lockImport(tx, id, ['UNDOING']);
    if (file?.committedAt == null) return;
    const now = deps.clock.now();
    const undo = file.kind === 'SALES' ? undoSales : undoStock;
    const changed = await undo(tx, { id, companyId, stamp: file.committedAt, now, columns: file.columns });
    if (changed === 0) {
      await tellStock(tx, file, now, { isUndone: true });
      await tx.$executeRaw`UPDATE inventory.spreadsheet_import_rows SET status = 'UNDONE', problems = '[]'
        WHERE import_id = ${id}::uuid AND status IN ('CREATED', 'UPDATED')`;
      await recordAudit(tx, actorOf(jobId), {
        ...{ action: 'inventory.undoSpreadsheet', entityType: 'SpreadsheetImport', entityId: id, companyId },
        before: { status: 'COMPLETED' },
        after: { status: 'UNDONE' },
      });
    }
    await tx.spreadsheetImport.update({
      where: { id },
      data: {
        ...(changed === 0 ? { status: 'UNDONE', undoneAt: now } : { status: 'COMPLETED' }),
        ...{ errorMessage: changed === 0 ? null : 'CHANGED_SINCE', stepTakenAt: null },
      },
    });
    await tellImport(tx, deps, file);
  });
};

import { systemViewer } from '@cauce/shared/auth/viewer';
import { findUpload } from '@cauce/shared/uploads/find-upload';
import { beginningOf } from '../reading/clean-text.ts';
import { FileRefused } from '../reading/file-refused.ts';
import { readingLimits } from '../reading/limits.ts';
import { keptHeadings, keptSummary, lockImport, summaryOf } from './import.store.ts';
import type { ImportStep } from './import-step.ts';
import { learnedColumns } from './learned-columns.store.ts';
import { patientTransaction } from './patient-transaction.ts';
import { planImport } from './plan-import.ts';
import { stageFile } from './stage-file.ts';
import { createReadingTeller, tellImport } from './tell-import.ts';

/** Reads the file and says what would become of each row. Again from the start when a worker died over it. */
export const previewImport: ImportStep = async (deps, file, { signal }) => {
  const { id: importId } = file;
  const { client } = deps.db;
  const { warehouses = [] } = summaryOf(file);
  try {
    const { path } = await findUpload(deps, systemViewer('inventory.run-import'), file.uploadId);
    const learned = await learnedColumns(client, file.companyId);
    const { summary, rows } = await stageFile(deps.db, {
      ...{ importId, path, limits: readingLimits, learned, signal },
      onProgress: createReadingTeller(deps, file),
    });
    const { kind, range } = summary;
    const columns = keptSummary(summary, warehouses);
    await patientTransaction(deps.db, async (tx) => {
      // Discarded meanwhile: its rows go with it.
      if ((await lockImport(tx, importId, ['PARSING'])) === null) {
        await tx.$executeRaw`DELETE FROM inventory.spreadsheet_import_rows r USING inventory.spreadsheet_imports i
          WHERE r.import_id = ${importId}::uuid AND i.id = r.import_id AND i.status = 'CANCELLED'`;
        return;
      }
      const { created, updated, refused, hash, siteIds } = await planImport(
        tx,
        { ...file, kind, columns },
        deps.clock.now(),
      );
      await tx.spreadsheetImport.update({
        where: { id: importId },
        data: {
          ...{ status: 'PREVIEW', kind, columns, sheet: beginningOf(summary.sheets.join(', '), 500) },
          dateFrom: range === null ? null : new Date(range.from),
          dateTo: range === null ? null : new Date(range.to),
          ...{ rowsRead: rows, rowsCreated: created, rowsUpdated: updated, rowsFailed: refused },
          ...{ planHash: hash, siteIds: [...siteIds], stepTakenAt: null, errorMessage: null },
        },
      });
      await tellImport(tx, deps, file);
    });
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    await client.$transaction(async (tx) => {
      if ((await lockImport(tx, importId, ['PARSING'])) === null) return;
      await tx.spreadsheetImport.update({
        where: { id: importId },
        data: {
          ...{ status: 'FAILED', errorMessage: error.code, stepTakenAt: null },
          columns: keptHeadings(error.headings, warehouses),
        },
      });
      await tellImport(tx, deps, file);
    });
  }
};

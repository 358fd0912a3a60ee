import { recordAudit } from '@cauce/shared/audit/audit';
import { systemViewer } from '@cauce/shared/auth/viewer';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { appendEvents } from '@cauce/shared/events/outbox';
import type { JobRun } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { findUpload } from '@cauce/shared/uploads/find-upload';
import { type StockChanged, stockChanged } from '../../stock/stock-changes.ts';
import { FileRefused } from '../reading/file-refused.ts';
import { readingLimits } from '../reading/limits.ts';
import { keptSummary, lockImport, summaryOf } from './import.store.ts';
import { spreadsheetImportChanged } from './import-changes.ts';
import { planImport } from './plan-import.ts';
import { commitSales, undoSales } from './plan-sales.ts';
import { commitStock, undoStock } from './plan-stock.ts';
import { stageFile } from './stage-file.ts';

type Parts = Pick<Deps, 'db' | 'settings' | 'clock'>;
type Run = Pick<JobRun, 'signal' | 'reportProgress' | 'jobId'>;

const longest = { timeout: 300_000, maxWait: 30_000 };
/** More changes than this are told of by the import alone: listeners then read again what they show. */
const mostStockEvents = 1_000;
const actorOf = ({ jobId }: Run) => ({ viewer: systemViewer('inventory.run-import'), requestId: jobId, address: null });

/** Reads the file and says what would become of each row. Again from the start when a worker died over it. */
export async function previewImport(deps: Parts, importId: string, run: Run): Promise<void> {
  const { client } = deps.db;
  const file = await client.$transaction(async (tx) => {
    const found = await lockImport(tx, importId, ['UPLOADED', 'PARSING']);
    if (found === null) return null;
    await tx.spreadsheetImport.update({ where: { id: importId }, data: { status: 'PARSING' } });
    await tell(tx, deps, found);
    return found;
  });
  if (file === null) return;
  try {
    const { path } = await findUpload(deps, systemViewer('inventory.run-import'), file.uploadId);
    const { summary, rows } = await stageFile(deps.db, {
      ...{ importId, path, limits: readingLimits, signal: run.signal },
      onProgress: (done) => run.reportProgress({ done, total: null }),
    });
    const { kind, range } = summary;
    const columns = keptSummary(summary, summaryOf(file).warehouses ?? []);
    await client.$transaction(async (tx) => {
      if ((await lockImport(tx, importId, ['PARSING'])) === null) return;
      const { created, updated, refused } = await planImport(tx, { ...file, kind, columns });
      await tx.spreadsheetImport.update({
        where: { id: importId },
        data: {
          ...{ status: 'PREVIEW', kind, columns, sheet: summary.sheets.join(', ').slice(0, 500) },
          dateFrom: range === null ? null : new Date(range.from),
          dateTo: range === null ? null : new Date(range.to),
          ...{ rowsRead: rows, rowsCreated: created, rowsUpdated: updated, rowsFailed: refused },
        },
      });
      await tell(tx, deps, file);
    }, longest);
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    await client.$transaction(async (tx) => {
      await tx.spreadsheetImport.update({
        where: { id: importId },
        data: { status: 'FAILED', errorMessage: error.code },
      });
      await tell(tx, deps, file);
    });
  }
}

/**
 * Writes what was previewed, in one transaction. Where the database has changed so that something else would come of
 * the file, nothing is written and the preview is the new one.
 */
export async function commitImport(deps: Parts, importId: string, run: Run): Promise<void> {
  await deps.db.client.$transaction(async (tx) => {
    const file = await lockImport(tx, importId, ['COMMITTING']);
    if (file === null) return;
    // Two files of one company after the other: each is planned on what the one before has written.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`spreadsheet ${file.companyId}`}, 0))`;
    const counts = await planImport(tx, file);
    const { created, updated, refused } = counts;
    const isAsSeen = created === file.rowsCreated && updated === file.rowsUpdated && refused === file.rowsFailed;
    const now = deps.clock.now();
    if (isAsSeen) {
      const { id, companyId, requestedBy: userId } = file;
      if (file.kind === 'SALES') await commitSales(tx, { id, companyId, now });
      else await commitStock(tx, { id, companyId, now, userId, reason: 'COUNT' });
      await tellStock(tx, file, now);
    }
    await tx.spreadsheetImport.update({
      where: { id: importId },
      data: {
        ...(isAsSeen ? { status: 'COMPLETED', committedAt: now } : { status: 'PREVIEW' }),
        errorMessage: isAsSeen ? null : 'PREVIEW_CHANGED',
        ...{ rowsCreated: created, rowsUpdated: updated, rowsFailed: refused },
      },
    });
    if (isAsSeen) {
      await recordAudit(tx, actorOf(run), {
        ...{ action: 'inventory.commitSpreadsheet', entityType: 'SpreadsheetImport', entityId: importId },
        ...{ companyId: file.companyId, after: counts },
      });
    }
    await tell(tx, deps, file);
  }, longest);
}

/** Puts back what a committed import changed; not when something else has changed any of it since. */
export async function undoImport(deps: Parts, importId: string, run: Run): Promise<void> {
  await deps.db.client.$transaction(async (tx) => {
    const file = await lockImport(tx, importId, ['COMPLETED']);
    if (file?.committedAt == null || file.errorMessage !== 'UNDOING') return;
    const now = deps.clock.now();
    const { id, companyId, committedAt: stamp } = file;
    const undo = file.kind === 'SALES' ? undoSales : undoStock;
    const changed = await undo(tx, { id, companyId, stamp, now });
    if (changed === 0) {
      await tellStock(tx, file, now);
      await tx.$executeRaw`UPDATE inventory.spreadsheet_import_rows SET status = 'UNDONE'
        WHERE import_id = ${id}::uuid AND status IN ('CREATED', 'UPDATED')`;
      await recordAudit(tx, actorOf(run), {
        ...{ action: 'inventory.undoSpreadsheet', entityType: 'SpreadsheetImport', entityId: id, companyId },
        before: { status: 'COMPLETED' },
        after: { status: 'UNDONE' },
      });
    }
    await tx.spreadsheetImport.update({
      where: { id },
      data: changed === 0 ? { status: 'UNDONE', undoneAt: now, errorMessage: null } : { errorMessage: 'CHANGED_SINCE' },
    });
    await tell(tx, deps, file);
  }, longest);
}

async function tell(
  tx: DatabaseTransaction,
  { clock }: Pick<Deps, 'clock'>,
  { id, uploadId, companyId }: { readonly id: string; readonly uploadId: string; readonly companyId: string },
): Promise<void> {
  await appendEvents(tx, [
    {
      ...{ topic: spreadsheetImportChanged, companyId, siteId: null, key: id, occurredAt: clock.now() },
      payload: { importId: id, uploadId },
    },
  ]);
}

/** Tells of each level that changed, as after a correction by hand. */
async function tellStock(tx: DatabaseTransaction, file: { readonly id: string; readonly kind: string }, now: Date) {
  if (file.kind === 'SALES') return;
  const levels = await tx.$queryRaw<{ id: string; companyId: string; siteId: string; payload: StockChanged }[]>`
    SELECT l.id, l.company_id AS "companyId", l.site_id AS "siteId", jsonb_build_object(
      'stockLevelId', l.id, 'productId', l.producto_id, 'sku', p.codigo, 'warehouse', l.almacen,
      'previousOnHand', trim_scale((r.before->>'stock_actual')::numeric)::text,
      'onHand', trim_scale(l.stock_actual)::text, 'minimum', trim_scale(l.stock_minimo)::text,
      'maximum', trim_scale(l.stock_maximo)::text, 'isBelowMinimum', l.stock_actual < l.stock_minimo, 'reason', NULL
    ) AS payload
    FROM inventory.spreadsheet_import_rows r JOIN inventory.erp_inventario l ON l.id = r.entity_id
    JOIN inventory.erp_productos p ON p.id = l.producto_id
    WHERE r.import_id = ${file.id}::uuid AND r.status IN ('CREATED', 'UPDATED') LIMIT ${mostStockEvents + 1}`;
  if (levels.length > mostStockEvents) return;
  await appendEvents(
    tx,
    levels.map(({ id, companyId, siteId, payload }) => ({
      ...{ topic: stockChanged, companyId, siteId, key: id, occurredAt: now, payload },
    })),
  );
}

import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { AppError } from '@cauce/shared/errors/app-error';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import { reachableEvents } from '@cauce/shared/events/reachable-events';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { findUpload } from '@cauce/shared/uploads/find-upload';
import { createImportStore, lockImport } from './import.store.ts';
import { spreadsheetImportChanged } from './import-changes.ts';
import type { ImportJob } from './imports.jobs.ts';
import { refusedRowsFile } from './refused-rows-file.ts';
import type { ImportRowStatus, SpreadsheetImport } from './spreadsheet-import.ts';

export interface ImportsDeps {
  readonly deps: Pick<Deps, 'db' | 'settings' | 'jobs' | 'bus'>;
  readonly job: ImportJob;
  readonly actor: AuditActor;
  readonly signal: AbortSignal;
}

const mostRows = 200;

/** Spreadsheets on their way in, as one viewer sees them. */
export function createImports({ deps, job, actor, signal }: ImportsDeps) {
  const { viewer } = actor;
  const { client } = deps.db;
  const store = createImportStore(client, viewer);
  const found = async (id: string): Promise<SpreadsheetImport> => {
    const one = await store.find(id);
    if (one === null) throw new NotFound('SpreadsheetImport');
    return one;
  };
  const start = (tx: DatabaseTransaction, importId: string, step: 'PREVIEW' | 'COMMIT' | 'UNDO') =>
    deps.jobs.enqueue(job, { importId, step }, { tx });
  const audit = (tx: DatabaseTransaction, action: string, { id, companyId }: SpreadsheetImport, after: object) =>
    recordAudit(tx, actor, { action, entityType: 'SpreadsheetImport', entityId: id, companyId, after });
  /** Who takes an import further reaches every site that it changes. */
  const checkSites = async (id: string) => {
    const sites = await store.sitesOf(id);
    if (!sites.every((siteId) => reaches(viewer.siteIds, siteId))) throw new NotFound('SpreadsheetImport');
  };

  return {
    find: (id: string) => store.find(id),
    ofUpload: (uploadId: string) => store.ofUpload(uploadId),
    latest: (first: number) => store.latest(inRange(first, 50)),
    rows: (id: string, statuses: readonly ImportRowStatus[], after: number, first: number) =>
      store.rows(id, statuses, after, inRange(first, mostRows)),
    refusedRows: (file: SpreadsheetImport) =>
      refusedRowsFile(file, (after, take) => store.rows(file.id, ['QUARANTINED'], after, take)),

    /** @throws NotFound */
    async start(uploadId: string, siteId: string | null): Promise<SpreadsheetImport> {
      const upload = await findUpload(deps, viewer, uploadId);
      const { companyId } = upload;
      if (companyId === null || !reaches(viewer.companyIds, companyId)) throw new NotFound('Upload');
      if (siteId !== null && !reaches(viewer.siteIds, siteId)) throw new NotFound('Site');
      const warehouses = await store.warehouses(companyId);
      const id = await client.$transaction(async (tx) => {
        const row = await tx.spreadsheetImport.create({
          data: {
            ...{ uploadId, companyId, siteId, requestedBy: viewer.userId ?? viewer.id },
            columns: { warehouses: warehouses.map((one) => ({ ...one })) },
          },
        });
        await start(tx, row.id, 'PREVIEW');
        await recordAudit(tx, actor, {
          ...{ action: 'inventory.importSpreadsheet', entityType: 'SpreadsheetImport', entityId: row.id, companyId },
          after: { uploadId, siteId, sha256: upload.sha256 },
        });
        return row.id;
      });
      return found(id);
    },

    /** @throws NotFound, Conflict (`NOT_IN_PREVIEW`, `HAS_REFUSED_ROWS`, `NOTHING_TO_DO`) */
    async commit(id: string, isRefusedSkipped: boolean): Promise<SpreadsheetImport> {
      const file = await found(id);
      await checkSites(id);
      await client.$transaction(async (tx) => {
        const row = await lockImport(tx, id, ['PREVIEW']);
        if (row === null) throw new Conflict('NOT_IN_PREVIEW', 'Only an import that is in preview can be committed');
        if (row.rowsFailed > 0 && !isRefusedSkipped) {
          throw new Conflict('HAS_REFUSED_ROWS', 'Some rows are refused: say that they may be left out');
        }
        if (row.rowsCreated + row.rowsUpdated === 0) {
          throw new Conflict('NOTHING_TO_DO', 'No row of the file would change anything');
        }
        await tx.spreadsheetImport.update({ where: { id }, data: { status: 'COMMITTING', errorMessage: null } });
        await start(tx, id, 'COMMIT');
        await audit(tx, 'inventory.requestSpreadsheetCommit', file, { isRefusedSkipped });
      });
      return found(id);
    },

    /** @throws NotFound, Conflict (`NOT_COMMITTED`) */
    async undo(id: string): Promise<SpreadsheetImport> {
      const file = await found(id);
      await checkSites(id);
      await client.$transaction(async (tx) => {
        if ((await lockImport(tx, id, ['COMPLETED'])) === null) {
          throw new Conflict('NOT_COMMITTED', 'Only an import that was committed can be undone');
        }
        await tx.spreadsheetImport.update({ where: { id }, data: { errorMessage: 'UNDOING' } });
        await start(tx, id, 'UNDO');
        await audit(tx, 'inventory.requestSpreadsheetUndo', file, {});
      });
      return found(id);
    },

    /** The import of an upload each time it has changed, from now on. */
    changes: (uploadId: string) =>
      reachableEvents(deps.bus, spreadsheetImportChanged, {
        ...{ viewer, signal },
        read: async ({ payload }) => (payload.uploadId === uploadId ? store.find(payload.importId) : null),
      }),
  };
}
export type Imports = ReturnType<typeof createImports>;

function inRange(first: number, most: number): number {
  if (first >= 0 && first <= most) return first;
  throw new AppError('BAD_USER_INPUT', `first must be between 0 and ${most}`, { detail: { argument: 'first' } });
}

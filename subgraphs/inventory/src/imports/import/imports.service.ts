import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { AppError } from '@cauce/shared/errors/app-error';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import { reachableEvents } from '@cauce/shared/events/reachable-events';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { findUpload } from '@cauce/shared/uploads/find-upload';
import type { ImportField } from '../reading/headings.ts';
import { createImportStore, lockImport, type RowsWanted } from './import.store.ts';
import { spreadsheetImportChanged } from './import-changes.ts';
import type { ImportStepName } from './import-step.ts';
import type { ImportJob } from './imports.jobs.ts';
import { learnHeadings } from './learned-columns.store.ts';
import { mappedLine } from './mapped-line.ts';
import { type RefusedRowsLanguage, refusedRowsFile } from './refused-rows-file.ts';
import type { SpreadsheetImport } from './spreadsheet-import.ts';
import { tellImport } from './tell-import.ts';

export interface ImportsDeps {
  readonly deps: Pick<Deps, 'db' | 'settings' | 'jobs' | 'bus' | 'clock'>;
  readonly job: ImportJob;
  readonly actor: AuditActor;
  readonly signal: AbortSignal;
}

export interface ReadAgain {
  /** What each column means; null for what is known of its headings. */
  readonly columns?:
    | readonly { readonly letter: string; readonly field?: ImportField | null | undefined }[]
    | null
    | undefined;
  /** Null leaves the site as it was chosen. */
  readonly siteId?: string | null | undefined;
}

export interface Committed {
  /** The plan that was looked at; null for whatever is previewed now. */
  readonly plan?: string | null | undefined;
  readonly isRefusedSkipped: boolean;
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
  const enqueue = (tx: DatabaseTransaction, importId: string, step: ImportStepName) =>
    deps.jobs.enqueue(job, { importId, step }, { tx });
  const audit = (tx: DatabaseTransaction, action: string, { id, companyId }: SpreadsheetImport, after: object) =>
    recordAudit(tx, actor, { action, entityType: 'SpreadsheetImport', entityId: id, companyId, after });
  return {
    find: (id: string) => store.find(id),
    ofUpload: (uploadId: string) => store.ofUpload(uploadId),
    latest: (companyId: string | null, first: number) => store.latest(companyId, inRange(first, 50)),
    rows: (id: string, wanted: Omit<RowsWanted, 'take'>, first: number) =>
      store.rows(id, { ...wanted, take: inRange(first, mostRows) }),
    refusedRows: (file: SpreadsheetImport, language: RefusedRowsLanguage) =>
      refusedRowsFile(file, language, (after, take) => store.rows(file.id, { statuses: ['QUARANTINED'], after, take })),

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
        await enqueue(tx, row.id, 'PREVIEW');
        await recordAudit(tx, actor, {
          ...{ action: 'inventory.importSpreadsheet', entityType: 'SpreadsheetImport', entityId: row.id, companyId },
          after: { uploadId, siteId, sha256: upload.sha256 },
        });
        return row.id;
      });
      return found(id);
    },

    /**
     * Reads the file again, with another meaning of its columns or at another site, which is learned for its company.
     * @throws NotFound, Conflict (`NOT_READABLE_AGAIN`), ValidationFailed
     */
    async again(id: string, { columns, siteId }: ReadAgain): Promise<SpreadsheetImport> {
      const file = await found(id);
      if (siteId != null && !reaches(viewer.siteIds, siteId)) throw new NotFound('Site');
      const line = columns == null ? null : mappedLine(file, columns);
      const warehouses = await store.warehouses(file.companyId);
      await client.$transaction(async (tx) => {
        const row = await lockImport(tx, id, ['PREVIEW', 'FAILED']);
        if (row === null) throw new Conflict('NOT_READABLE_AGAIN', 'Only an import in preview or failed is read again');
        if (line !== null) await learnHeadings(tx, { companyId: file.companyId, ...line });
        await tx.spreadsheetImport.update({
          where: { id },
          data: {
            ...{ status: 'UPLOADED', errorMessage: null, planHash: null, stepAttempts: 0, stepTakenAt: null },
            ...{ rowsRead: 0, rowsCreated: 0, rowsUpdated: 0, rowsFailed: 0, siteIds: [] },
            siteId: siteId ?? row.siteId,
            columns: { warehouses: warehouses.map((one) => ({ ...one })) },
          },
        });
        await enqueue(tx, id, 'PREVIEW');
        await tellImport(tx, deps, file);
        await audit(tx, 'inventory.readSpreadsheetAgain', file, { columns: line?.line ?? null, siteId });
      });
      return found(id);
    },

    /** @throws NotFound, Conflict (`NOT_DISCARDABLE`) */
    async discard(id: string): Promise<SpreadsheetImport> {
      const file = await found(id);
      await client.$transaction(async (tx) => {
        const row = await lockImport(tx, id, ['UPLOADED', 'PARSING', 'PREVIEW', 'FAILED']);
        if (row === null) throw new Conflict('NOT_DISCARDABLE', 'What is written is undone, not discarded');
        await tx.spreadsheetImport.update({
          where: { id },
          data: { status: 'CANCELLED', errorMessage: null, planHash: null, stepTakenAt: null },
        });
        await tx.spreadsheetImportRow.deleteMany({ where: { importId: id } });
        await tellImport(tx, deps, file);
        await audit(tx, 'inventory.discardSpreadsheet', file, {});
      });
      return found(id);
    },

    /** @throws NotFound, Conflict (`NOT_IN_PREVIEW`, `PREVIEW_CHANGED`, `HAS_REFUSED_ROWS`, `NOTHING_TO_DO`) */
    async commit(id: string, { plan, isRefusedSkipped }: Committed): Promise<SpreadsheetImport> {
      const file = await found(id);
      await client.$transaction(async (tx) => {
        const row = await lockImport(tx, id, ['PREVIEW']);
        if (row === null) throw new Conflict('NOT_IN_PREVIEW', 'Only an import that is in preview can be committed');
        if (plan != null && plan !== row.planHash) {
          throw new Conflict('PREVIEW_CHANGED', 'The preview is another one by now: look at it again');
        }
        if (row.rowsFailed > 0 && !isRefusedSkipped) {
          throw new Conflict('HAS_REFUSED_ROWS', 'Some rows are refused: say that they may be left out');
        }
        if (row.rowsCreated + row.rowsUpdated === 0) {
          throw new Conflict('NOTHING_TO_DO', 'No row of the file would change anything');
        }
        await tx.spreadsheetImport.update({ where: { id }, data: { status: 'COMMITTING', ...fresh } });
        await enqueue(tx, id, 'COMMIT');
        await tellImport(tx, deps, file);
        await audit(tx, 'inventory.requestSpreadsheetCommit', file, { isRefusedSkipped, plan: row.planHash });
      });
      return found(id);
    },

    /** @throws NotFound, Conflict (`NOT_COMMITTED`) */
    async undo(id: string): Promise<SpreadsheetImport> {
      const file = await found(id);
      await client.$transaction(async (tx) => {
        if ((await lockImport(tx, id, ['COMPLETED'])) === null) {
          throw new Conflict('NOT_COMMITTED', 'Only an import that was committed can be undone');
        }
        await tx.spreadsheetImport.update({ where: { id }, data: { status: 'UNDOING', ...fresh } });
        await tx.$executeRaw`UPDATE inventory.spreadsheet_import_rows SET problems = '[]'
          WHERE import_id = ${id}::uuid AND status IN ('CREATED', 'UPDATED') AND problems <> '[]'::jsonb`;
        await enqueue(tx, id, 'UNDO');
        await tellImport(tx, deps, file);
        await audit(tx, 'inventory.requestSpreadsheetUndo', file, {});
      });
      return found(id);
    },

    /** The import of an upload each time it has changed, from now on. */
    changes: (uploadId: string) =>
      reachableEvents(deps.bus, spreadsheetImportChanged, {
        ...{ viewer, signal },
        read: async ({ payload }) => {
          if (payload.uploadId !== uploadId) return null;
          const file = await store.find(payload.importId);
          // What is told on the way is older than a step that has ended since.
          return file?.status === 'PARSING' ? { ...file, rowsRead: payload.rowsRead ?? file.rowsRead } : file;
        },
      }),
  };
}
export type Imports = ReturnType<typeof createImports>;

const fresh = { errorMessage: null, stepAttempts: 0, stepTakenAt: null };

function inRange(first: number, most: number): number {
  if (first >= 0 && first <= most) return first;
  throw new AppError('BAD_USER_INPUT', `first must be between 0 and ${most}`, { detail: { argument: 'first' } });
}

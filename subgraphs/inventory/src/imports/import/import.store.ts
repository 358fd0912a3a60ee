import type { Prisma } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Database, DatabaseTransaction } from '@cauce/shared/db/database';
import { isUuid } from '@cauce/shared/db/uuid';
import { siteReachSql } from '../../reach-sql.ts';
import { columnLetters } from '../reading/grid.ts';
import type { SpreadsheetSummary } from '../reading/read-spreadsheet.ts';
import type { ReachedWarehouse } from './match-warehouse.ts';
import type { ImportRow, ImportRowStatus, ImportStatus, SpreadsheetImport } from './spreadsheet-import.ts';

/** What is kept of a file beside its rows. */
interface KeptSummary extends Partial<Omit<SpreadsheetSummary, 'columns'>> {
  readonly columns?: SpreadsheetImport['columns'];
  readonly warehouses?: readonly ReachedWarehouse[];
}

type Stored = Prisma.SpreadsheetImportGetPayload<object>;

/** Reads imports as far as one viewer reaches: those of their companies, placed at their sites or nowhere. */
export function createImportStore(client: Database['client'], viewer: Viewer) {
  const answer = async (rows: readonly Stored[]) => {
    const uploads = await client.upload.findMany({
      where: { id: { in: rows.map(({ uploadId }) => uploadId) } },
      select: { id: true, filename: true },
    });
    const names = new Map(uploads.map(({ id, filename }) => [id, filename]));
    return rows.map((row) => toImport(row, names.get(row.uploadId) ?? ''));
  };
  const where = (): Prisma.SpreadsheetImportWhereInput => ({
    // Its rows may lie at any site that its sender reached: only they, and who reaches all sites, see it.
    ...(viewer.companyIds === 'all' ? {} : { companyId: { in: [...viewer.companyIds] } }),
    ...(viewer.siteIds === 'all' ? {} : { requestedBy: viewer.userId ?? '00000000-0000-0000-0000-000000000000' }),
  });
  return {
    async find(id: string): Promise<SpreadsheetImport | null> {
      if (!isUuid(id)) return null;
      const row = await client.spreadsheetImport.findFirst({ where: { id, ...where() } });
      return row === null ? null : ((await answer([row]))[0] ?? null);
    },
    async ofUpload(uploadId: string): Promise<SpreadsheetImport | null> {
      if (!isUuid(uploadId)) return null;
      const row = await client.spreadsheetImport.findFirst({
        where: { uploadId, ...where() },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      });
      return row === null ? null : ((await answer([row]))[0] ?? null);
    },
    async latest(take: number): Promise<SpreadsheetImport[]> {
      return answer(
        await client.spreadsheetImport.findMany({
          where: where(),
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          take,
        }),
      );
    },
    rows: (importId: string, statuses: readonly ImportRowStatus[], after: number, take: number) =>
      client.$queryRaw<ImportRow[]>`
        SELECT row, data->>'sheet' AS sheet, (data->>'line')::int AS line, status::text AS status,
          parsed->>'sku' AS sku, parsed->>'name' AS name, parsed->>'quantity' AS quantity, problems,
          coalesce(data->'cells', '[]') AS cells
        FROM inventory.spreadsheet_import_rows
        WHERE import_id = ${importId}::uuid AND row > ${after}
          AND (${statuses.length === 0} OR status::text = ANY(${[...statuses]}))
        ORDER BY row LIMIT ${take}`,
    /** Those of the company that the viewer reaches and that lie at a site. */
    warehouses: (companyId: string) =>
      client.$queryRaw<ReachedWarehouse[]>`
        SELECT w.id, w.site_id AS "siteId", w.name, w.code FROM inventory.warehouses w
        WHERE w.company_id = ${companyId}::uuid AND w.is_active AND w.site_id IS NOT NULL
          AND ${siteReachSql(viewer, 'w')} ORDER BY w.name`,
    /** Sites that the rows of an import would change. */
    sitesOf: async (importId: string) =>
      (
        await client.$queryRaw<{ siteId: string }[]>`
          SELECT DISTINCT data->>'siteId' AS "siteId" FROM inventory.spreadsheet_import_rows
          WHERE import_id = ${importId}::uuid AND data->>'siteId' IS NOT NULL`
      ).map(({ siteId }) => siteId),
  };
}
export type ImportStore = ReturnType<typeof createImportStore>;

/** The import for a job, held until the end of the transaction; null when it is not in one of these states. */
export async function lockImport(tx: DatabaseTransaction, id: string, statuses: readonly ImportStatus[]) {
  await tx.$queryRaw`SELECT 1 FROM inventory.spreadsheet_imports WHERE id = ${id}::uuid FOR UPDATE`;
  const row = await tx.spreadsheetImport.findUnique({ where: { id } });
  return row !== null && statuses.includes(row.status) ? row : null;
}

/** What the file said of itself, for the row of its import. */
export function keptSummary(
  summary: SpreadsheetSummary,
  warehouses: readonly ReachedWarehouse[],
): Prisma.JsonObject & Prisma.InputJsonObject {
  const columns = summary.columns.map(({ index, heading, field }) => ({
    letter: columnLetters(index),
    heading,
    field,
  }));
  return JSON.parse(JSON.stringify({ ...summary, columns, warehouses } satisfies KeptSummary));
}

export const summaryOf = ({ columns }: Pick<Stored, 'columns'>) => columns as unknown as KeptSummary;

function toImport(row: Stored, filename: string): SpreadsheetImport {
  const { id, uploadId, companyId, siteId, status, rowsRead, rowsCreated, rowsUpdated, createdAt } = row;
  const { sheets = [], columns = [], branch = null } = summaryOf(row);
  return {
    ...{ id, uploadId, filename, companyId, siteId, status, rowsRead, rowsCreated, rowsUpdated, createdAt },
    ...{ sheets, columns, branch, committedAt: row.committedAt, undoneAt: row.undoneAt },
    kind: row.kind === 'STOCK' || row.kind === 'SALES' ? row.kind : null,
    dateFrom: row.dateFrom?.toISOString().slice(0, 10) ?? null,
    dateTo: row.dateTo?.toISOString().slice(0, 10) ?? null,
    rowsRefused: row.rowsFailed,
    problem: row.errorMessage,
  };
}

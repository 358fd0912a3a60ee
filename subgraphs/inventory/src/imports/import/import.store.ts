import { Prisma } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Database, DatabaseTransaction } from '@cauce/shared/db/database';
import { isUuid, onlyUuids } from '@cauce/shared/db/uuid';
import { companyReachSql, siteReachSql } from '../../reach-sql.ts';
import { beginningOf } from '../reading/clean-text.ts';
import type { SeenHeading } from '../reading/file-refused.ts';
import type { TableColumn } from '../reading/find-table.ts';
import { columnLetters } from '../reading/grid.ts';
import { type ImportField, importFields } from '../reading/headings.ts';
import type { SpreadsheetSummary } from '../reading/read-spreadsheet.ts';
import type { ReachedWarehouse } from './match-warehouse.ts';
import type { ImportRow, ImportRowStatus, ImportStatus, SpreadsheetImport } from './spreadsheet-import.ts';

/** What is kept of a file beside its rows. */
interface KeptSummary extends Partial<Omit<SpreadsheetSummary, 'columns' | 'otherColumns' | 'headings'>> {
  readonly columns?: SpreadsheetImport['columns'];
  readonly otherColumns?: SpreadsheetImport['otherColumns'];
  readonly headings?: SpreadsheetImport['headings'];
  readonly warehouses?: readonly ReachedWarehouse[];
}

export interface RowsWanted {
  /** All when empty. */
  readonly statuses: readonly ImportRowStatus[];
  readonly isProblemOnly?: boolean;
  readonly after: number;
  readonly take: number;
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
  // Who does not reach all sites sees what they sent, for as long as they reach every site that it touches.
  const isSeen = Prisma.sql`(${companyReachSql(viewer, 'i')} AND ${
    viewer.siteIds === 'all'
      ? Prisma.sql`TRUE`
      : Prisma.sql`i.requested_by = ${onlyUuids([viewer.userId ?? ''])[0] ?? null}::uuid
          AND i.site_ids <@ ${onlyUuids(viewer.siteIds)}::uuid[]`
  })`;
  const select = async (which: Prisma.Sql, take: number) => {
    const ids = await client.$queryRaw<{ id: string }[]>`
      SELECT i.id FROM inventory.spreadsheet_imports i WHERE ${which} AND ${isSeen}
      ORDER BY i.created_at DESC, i.id DESC LIMIT ${take}`;
    const rows = await client.spreadsheetImport.findMany({
      where: { id: { in: ids.map(({ id }) => id) } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    });
    return answer(rows);
  };
  return {
    find: async (id: string): Promise<SpreadsheetImport | null> =>
      isUuid(id) ? ((await select(Prisma.sql`i.id = ${id}::uuid`, 1))[0] ?? null) : null,
    ofUpload: async (uploadId: string): Promise<SpreadsheetImport | null> =>
      isUuid(uploadId) ? ((await select(Prisma.sql`i.upload_id = ${uploadId}::uuid`, 1))[0] ?? null) : null,
    /** The newest first. @param companyId null for those of every company that is reached */
    latest: (companyId: string | null, take: number): Promise<SpreadsheetImport[]> =>
      select(
        companyId === null ? Prisma.sql`TRUE` : Prisma.sql`i.company_id = ${onlyUuids([companyId])[0] ?? null}::uuid`,
        take,
      ),
    rows: (importId: string, { statuses, isProblemOnly = false, after, take }: RowsWanted) =>
      client.$queryRaw<ImportRow[]>`
        SELECT row, data->>'sheet' AS sheet, (data->>'line')::int AS line, status::text AS status,
          parsed->>'sku' AS sku, parsed->>'name' AS name, parsed->>'quantity' AS quantity, problems,
          parsed->>'warehouse' AS warehouse, (parsed->>'date')::text AS date, data->>'folio' AS folio,
          CASE WHEN status::text IN ('CREATED', 'UPDATED') THEN data->>'previous' END AS "previousQuantity",
          coalesce(data->'cells', '[]') AS cells, data->>'branch' AS branch, data->>'day' AS day, coalesce(parsed, '{}') AS parsed
        FROM inventory.spreadsheet_import_rows
        WHERE import_id = ${importId}::uuid AND row > ${after}
          AND (${statuses.length === 0} OR status::text = ANY(${[...statuses]}))
          AND (${!isProblemOnly} OR problems <> '[]'::jsonb)
        ORDER BY row LIMIT ${take}`,
    /** Those of the company that the viewer reaches and that lie at a site. */
    warehouses: (companyId: string) =>
      client.$queryRaw<ReachedWarehouse[]>`
        SELECT w.id, w.site_id AS "siteId", w.name, w.code FROM inventory.warehouses w
        WHERE w.company_id = ${companyId}::uuid AND w.is_active AND w.site_id IS NOT NULL
          AND ${siteReachSql(viewer, 'w')} ORDER BY w.name`,
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
  const columns = lettered(summary.columns);
  const otherColumns = Object.fromEntries(
    Object.entries(summary.otherColumns).map(([sheet, own]) => [sheet, lettered(own)]),
  );
  const headings = headingsOf(summary.headings);
  return JSON.parse(JSON.stringify({ ...summary, columns, otherColumns, headings, warehouses } satisfies KeptSummary));
}

const lettered = (columns: readonly TableColumn[]): SpreadsheetImport['columns'] =>
  columns.map(({ index, heading, field }) => ({
    letter: columnLetters(index),
    heading: beginningOf(heading, 200),
    field,
  }));

/** What looks like headings in a file that was refused. */
export function keptHeadings(
  headings: readonly SeenHeading[],
  warehouses: readonly ReachedWarehouse[],
): Prisma.JsonObject & Prisma.InputJsonObject {
  return JSON.parse(JSON.stringify({ headings: headingsOf(headings), warehouses } satisfies KeptSummary));
}

const headingsOf = (headings: readonly SeenHeading[]): SpreadsheetImport['headings'] =>
  headings.map(({ index, heading, field, samples }) => ({
    ...{ letter: columnLetters(index), heading: beginningOf(heading, 200), samples },
    field: importFields.find((known): known is ImportField => known === field) ?? null,
  }));

export const summaryOf = ({ columns }: Pick<Stored, 'columns'>) => columns as unknown as KeptSummary;

function toImport(row: Stored, filename: string): SpreadsheetImport {
  const { id, uploadId, companyId, siteId, status, rowsRead, rowsCreated, rowsUpdated, createdAt } = row;
  const {
    sheets = [],
    columns = [],
    otherColumns = {},
    branch = null,
    headings = [],
    headerLine = null,
  } = summaryOf(row);
  return {
    ...{ id, uploadId, filename, companyId, siteId, status, rowsRead, rowsCreated, rowsUpdated, createdAt },
    ...{ sheets, columns, otherColumns, branch, committedAt: row.committedAt, undoneAt: row.undoneAt },
    kind: row.kind === 'STOCK' || row.kind === 'SALES' ? row.kind : null,
    dateFrom: row.dateFrom?.toISOString().slice(0, 10) ?? null,
    dateTo: row.dateTo?.toISOString().slice(0, 10) ?? null,
    ...{ headings, headerLine, plan: row.planHash, requestedBy: row.requestedBy },
    rowsRefused: row.rowsFailed,
    problem: row.errorMessage,
  };
}

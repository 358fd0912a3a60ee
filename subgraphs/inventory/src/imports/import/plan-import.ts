import type { Prisma } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { columnsOfSheet } from './columns-of-sheet.ts';
import { summaryOf } from './import.store.ts';
import { matchWarehouse, type ReachedWarehouse } from './match-warehouse.ts';
import { planSales } from './plan-sales.ts';
import { planStock } from './plan-stock.ts';

/** What the rows come to; equal hashes mean that each row does the same to the same values. */
export interface Plan {
  readonly created: number;
  readonly updated: number;
  readonly refused: number;
  readonly hash: string;
  /** Where the rows lie. */
  readonly siteIds: readonly string[];
}

type PlannedImport = Pick<
  Prisma.SpreadsheetImportGetPayload<object>,
  'id' | 'companyId' | 'siteId' | 'kind' | 'columns'
>;

/**
 * Holds the staged rows against the database: the temporary table `plan` has one row for each with what will become of
 * it, and the rows are marked the same way. Preview and commit both call it; nothing else is changed.
 */
export async function planImport(tx: DatabaseTransaction, file: PlannedImport, now: Date): Promise<Plan> {
  const names = await tx.$queryRaw<{ name: string | null }[]>`
    SELECT DISTINCT parsed->>'warehouse' AS name FROM inventory.spreadsheet_import_rows
    WHERE import_id = ${file.id}::uuid AND parsed IS NOT NULL`;
  const warehouses = await warehousesNow(tx, file);
  const places = JSON.stringify(
    names.map(({ name }) => {
      const match = matchWarehouse(name, warehouses, file.siteId);
      return typeof match === 'string'
        ? { text: name, problem: match }
        : { text: name, ...match, warehouse: match.name };
    }),
  );
  if (file.kind === 'SALES') await planSales(tx, file, { places, now });
  else await planStock(tx, file, places);
  // Nothing else counts a temporary table; taken for a small one, it would be walked once for each of its rows.
  await tx.$executeRaw`ANALYZE plan`;
  // A commit plans again what the preview has planned: rows that would be marked the same are left as they are.
  await tx.$executeRaw`
    UPDATE inventory.spreadsheet_import_rows r SET
      status = p.status::inventory.import_row_status, data = r.data || p.facts, problems = p.problems
    FROM (
      SELECT plan.row, plan.status,
        jsonb_strip_nulls(jsonb_build_object('siteId', site_id, 'previous', trim_scale(previous)::text)) AS facts,
        CASE WHEN problem IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object('column', c.letter,
          'heading', coalesce(c.heading, plan.field), 'code', problem,
          'value', left(coalesce(value, ''), 100))
          || CASE WHEN expected IS NULL THEN '{}'::jsonb ELSE jsonb_build_object('expected', expected) END) END AS problems
      FROM plan LEFT JOIN inventory.spreadsheet_import_rows s
        ON plan.problem IS NOT NULL AND s.import_id = ${file.id}::uuid AND s.row = plan.row
      LEFT JOIN jsonb_to_recordset(${JSON.stringify(columnsBySheet(file))}::jsonb)
        AS c(sheet text, letter text, heading text, field text) ON c.field = plan.field AND c.sheet = s.data->>'sheet'
    ) p
    WHERE r.import_id = ${file.id}::uuid AND r.row = p.row
      AND (r.status::text <> p.status OR r.problems <> p.problems OR NOT r.data @> p.facts)`;
  const [plan] = await tx.$queryRaw<Plan[]>`
    SELECT count(*) FILTER (WHERE status = 'CREATED')::int AS created,
      count(*) FILTER (WHERE status = 'UPDATED')::int AS updated,
      count(*) FILTER (WHERE status = 'QUARANTINED')::int AS refused,
      (SELECT encode(sha256(convert_to(coalesce(string_agg(seen, '' ORDER BY row), ''), 'UTF8')), 'hex') FROM plan) AS hash,
      (SELECT coalesce(array_agg(DISTINCT site_id::text) FILTER (WHERE site_id IS NOT NULL), '{}') FROM plan) AS "siteIds"
    FROM inventory.spreadsheet_import_rows WHERE import_id = ${file.id}::uuid`;
  if (plan === undefined) throw new Error('Counts answer one row');
  return plan;
}

/**
 * The warehouses that were reached when the file was read, as they are now and until the end of the transaction. One that
 * is at another site by now is none of them: whoever sent the file need not reach that one.
 */
async function warehousesNow(tx: DatabaseTransaction, file: PlannedImport): Promise<ReachedWarehouse[]> {
  const { warehouses: reached = [] } = summaryOf(file);
  const sites = new Map(reached.map(({ id, siteId }) => [id, siteId]));
  const now = await tx.$queryRaw<ReachedWarehouse[]>`
    SELECT w.id::text, w.site_id::text AS "siteId", w.name, w.code FROM inventory.warehouses w
    WHERE w.id = ANY(${[...sites.keys()]}::uuid[]) AND w.company_id = ${file.companyId}::uuid
      AND w.is_active AND w.deleted_at IS NULL ORDER BY w.id FOR SHARE`;
  return now.filter(({ id, siteId }) => siteId === sites.get(id));
}

/** Where each field stands in each sheet. */
function columnsBySheet(file: PlannedImport) {
  const { sheets = [], columns = [], otherColumns = {} } = summaryOf(file);
  return sheets.flatMap((sheet) =>
    columnsOfSheet({ columns, otherColumns }, sheet).map((column) => ({ sheet, ...column })),
  );
}

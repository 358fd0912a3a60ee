import type { Prisma } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { summaryOf } from './import.store.ts';
import { matchWarehouse } from './match-warehouse.ts';
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
export async function planImport(tx: DatabaseTransaction, file: PlannedImport): Promise<Plan> {
  const names = await tx.$queryRaw<{ name: string | null }[]>`
    SELECT DISTINCT parsed->>'warehouse' AS name FROM inventory.spreadsheet_import_rows
    WHERE import_id = ${file.id}::uuid AND parsed IS NOT NULL`;
  const { warehouses = [] } = summaryOf(file);
  const places = JSON.stringify(
    names.map(({ name }) => {
      const match = matchWarehouse(name, warehouses, file.siteId);
      return typeof match === 'string'
        ? { text: name, problem: match }
        : { text: name, ...match, warehouse: match.name };
    }),
  );
  if (file.kind === 'SALES') await planSales(tx, file, places);
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
          'heading', coalesce(c.heading, plan.field), 'code', problem, 'value', coalesce(value, ''))) END AS problems
      FROM plan LEFT JOIN jsonb_to_recordset(${JSON.stringify(summaryOf(file).columns ?? [])}::jsonb)
        AS c(letter text, heading text, field text) ON c.field = plan.field
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

import type { Prisma } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { summaryOf } from './import.store.ts';
import { matchWarehouse } from './match-warehouse.ts';
import { planSales } from './plan-sales.ts';
import { planStock } from './plan-stock.ts';

export interface PlanCounts {
  readonly created: number;
  readonly updated: number;
  readonly refused: number;
}

type PlannedImport = Pick<
  Prisma.SpreadsheetImportGetPayload<object>,
  'id' | 'companyId' | 'siteId' | 'kind' | 'columns'
>;

/**
 * Holds the staged rows against the database: the temporary table `plan` has one row for each with what will become of
 * it, and the rows are marked the same way. Preview and commit both call it; nothing else is changed.
 */
export async function planImport(tx: DatabaseTransaction, file: PlannedImport): Promise<PlanCounts> {
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
  await tx.$executeRaw`
    UPDATE inventory.spreadsheet_import_rows r SET
      status = p.status::inventory.import_row_status,
      data = CASE WHEN p.site_id IS NULL THEN r.data ELSE r.data || jsonb_build_object('siteId', p.site_id) END,
      problems = CASE WHEN p.problem IS NULL THEN '[]' ELSE jsonb_build_array(jsonb_build_object(
        'column', c.letter, 'heading', coalesce(c.heading, p.field), 'code', p.problem, 'value', coalesce(p.value, ''))) END
    FROM plan p
    LEFT JOIN jsonb_to_recordset(${JSON.stringify(summaryOf(file).columns ?? [])}::jsonb)
      AS c(letter text, heading text, field text) ON c.field = p.field
    WHERE r.import_id = ${file.id}::uuid AND r.row = p.row`;
  const [counts] = await tx.$queryRaw<PlanCounts[]>`
    SELECT count(*) FILTER (WHERE status = 'CREATED')::int AS created,
      count(*) FILTER (WHERE status = 'UPDATED')::int AS updated,
      count(*) FILTER (WHERE status = 'QUARANTINED')::int AS refused
    FROM inventory.spreadsheet_import_rows WHERE import_id = ${file.id}::uuid`;
  return counts ?? { created: 0, updated: 0, refused: 0 };
}

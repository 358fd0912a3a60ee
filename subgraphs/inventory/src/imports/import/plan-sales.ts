import { Prisma } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { dayFolioSql, plainFolioSql } from './plain-folio.ts';
import { joinProductSql, productColumnsSql, zerosSql } from './product-of-code.ts';

interface SalesFile {
  readonly id: string;
  readonly companyId: string;
}

/**
 * The table `plan` of a file of sales. A document is all rows of one folio, or of one day at one site where there are
 * no folios; it is taken whole or not at all, and its hash tells whether it is the one that is there already. What the ERP
 * has sold already is refused: the same folio, however it is written, and a whole day of which it has sales. So is a folio
 * that a document of another day has: numbers that begin anew would take the place of what was sold before.
 */
export async function planSales(
  tx: DatabaseTransaction,
  { id, companyId }: SalesFile,
  { places, now }: { readonly places: string; readonly now: Date },
): Promise<void> {
  // Somewhere it is tomorrow already.
  const lastDay = new Date(now.getTime() + dayMs).toISOString().slice(0, 10);
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE plan ON COMMIT DROP AS
    WITH ${zerosSql(companyId)}, staged AS (
      SELECT r.row, s.*, w."siteId" AS site_id, w.problem AS place_problem,
        coalesce(s.folio, ${dayFolioSql(Prisma.sql`s.date`, Prisma.sql`w."siteId"`)}) AS document, s.folio IS NULL AS is_day,
        ${productColumnsSql}
      FROM inventory.spreadsheet_import_rows r
      CROSS JOIN LATERAL jsonb_to_record(r.parsed) AS s(sku text, "codeWasNumber" boolean, name text, quantity numeric,
        price numeric, cost numeric, warehouse text, date date, folio text, "netTotal" numeric, customer text, "isCancelled" boolean)
      LEFT JOIN jsonb_to_recordset(${places}::jsonb)
        AS w(text text, id uuid, "siteId" uuid, problem text) ON w.text IS NOT DISTINCT FROM s.warehouse
      ${joinProductSql(companyId)}
      WHERE r.import_id = ${id}::uuid AND r.parsed IS NOT NULL
    ), judged AS (
      SELECT staged.*, CASE
        WHEN place_problem IS NOT NULL THEN place_problem
        WHEN date > ${lastDay}::date THEN 'DAY_TO_COME'
        WHEN is_ambiguous THEN 'AMBIGUOUS_CODE'
        WHEN product_id IS NULL THEN 'UNKNOWN_PRODUCT' END AS own_problem
      FROM staged
    ), erp AS MATERIALIZED (
      SELECT DISTINCT e.site_id, e.fecha AS day, ${plainFolioSql(Prisma.sql`e.folio`)} AS folio FROM inventory.erp_ventas e
      WHERE e.company_id = ${companyId}::uuid AND e.document_type <> 'SPREADSHEET' AND e.deleted_at IS NULL
        AND e.fecha BETWEEN (SELECT min(date) FROM staged) AND (SELECT max(date) FROM staged)
    ), documents AS (
      SELECT document, bool_or(is_day) AS is_day, min(date) AS first_day, max(date) AS last_day,
        count(DISTINCT site_id) > 1 AS is_split, bool_or(own_problem IS NOT NULL) AS is_broken,
        (array_agg(site_id ORDER BY row))[1] AS site_id,
        md5(string_agg(concat_ws('|', date, product_id, trim_scale(quantity), trim_scale(price), trim_scale("netTotal"),
          customer, site_id, CASE WHEN "isCancelled" THEN 'cancelled' END), E'\n' ORDER BY row)) AS hash
      FROM judged GROUP BY document
    ), met AS (
      SELECT d.*, own.id AS sale_id, own.updated_at AS found, own.row_hash = d.hash AND own.deleted_at IS NULL AS is_same,
        d.is_split OR own.site_id <> d.site_id OR EXISTS (
          SELECT 1 FROM inventory.erp_ventas e WHERE e.company_id = ${companyId}::uuid AND e.folio = d.document
            AND e.document_type <> 'SPREADSHEET' AND e.deleted_at IS NULL AND (e.site_id = d.site_id OR e.site_id IS NULL)
        ) OR (${plainFolioSql(Prisma.sql`d.document`)}, d.first_day, d.site_id)
            IN (SELECT folio, day, site_id FROM erp WHERE site_id IS NOT NULL)
          OR (${plainFolioSql(Prisma.sql`d.document`)}, d.first_day) IN (SELECT folio, day FROM erp WHERE site_id IS NULL)
          AS is_taken,
        d.is_day AND ((d.first_day, d.site_id) IN (SELECT day, site_id FROM erp WHERE site_id IS NOT NULL)
          OR d.first_day IN (SELECT day FROM erp WHERE site_id IS NULL)) AS is_day_taken,
        CASE WHEN own.deleted_at IS NULL AND own.fecha NOT BETWEEN d.first_day AND d.last_day
          THEN to_char(own.fecha, 'YYYY-MM-DD') END AS other_day,
        EXISTS (SELECT 1 FROM inventory.spreadsheet_import_rows bad WHERE bad.import_id = ${id}::uuid
          AND bad.parsed IS NULL AND bad.data->>'folio' = d.document) AS is_torn
      FROM documents d LEFT JOIN inventory.erp_ventas own ON own.company_id = ${companyId}::uuid
        AND own.installation_id IS NULL AND own.document_type = 'SPREADSHEET' AND own.folio = d.document
    ), named AS (
      SELECT judged.*, met.sale_id, met.hash, met.is_same, met.found, met.other_day, coalesce(own_problem,
        CASE WHEN met.is_day_taken THEN 'DAY_OF_THE_ERP' WHEN met.is_taken THEN 'FOLIO_OF_THE_ERP'
          WHEN met.other_day IS NOT NULL THEN 'FOLIO_OF_ANOTHER_DAY'
          WHEN met.is_broken OR met.is_torn THEN 'FOLIO_REFUSED' END) AS problem
      FROM judged LEFT JOIN met ON met.document = judged.document
    )
    SELECT named.*,
      CASE WHEN problem IS NOT NULL THEN 'QUARANTINED' WHEN is_same THEN 'SKIPPED'
        WHEN sale_id IS NULL THEN 'CREATED' ELSE 'UPDATED' END AS status,
      CASE WHEN problem LIKE '%WAREHOUSE' THEN 'warehouse' WHEN problem LIKE 'FOLIO%' THEN 'folio'
        WHEN problem LIKE 'DAY%' THEN 'date' ELSE 'sku' END AS field,
      CASE WHEN problem LIKE '%WAREHOUSE' THEN warehouse WHEN problem LIKE 'FOLIO%' THEN document
        WHEN problem LIKE 'DAY%' THEN date::text ELSE sku END AS value,
      CASE problem WHEN 'FOLIO_OF_ANOTHER_DAY' THEN other_day WHEN 'DAY_TO_COME' THEN ${lastDay}::text END AS expected,
      NULL::numeric AS previous,
      jsonb_build_array(row, problem, product_id, site_id, document, sale_id, is_same, found)::text AS seen
    FROM named`;
}

const dayMs = 86_400_000;

const isCancelledSql = Prisma.sql`bool_and(coalesce("isCancelled", FALSE))`;

/** Money of a document: of its lines that count, or of all of them when none does. */
const subtotalSql = Prisma.sql`coalesce(sum(coalesce("netTotal", quantity * price)) FILTER (WHERE "isCancelled" IS NOT TRUE),
  sum(coalesce("netTotal", quantity * price)))`;

/** Holds the documents that `plan` changes until the end of the transaction; false when one is not as it was planned on. */
export async function holdSales(tx: DatabaseTransaction): Promise<boolean> {
  const [moved] = await tx.$queryRaw<{ count: number }[]>`
    WITH held AS MATERIALIZED (
      SELECT s.id, s.updated_at FROM inventory.erp_ventas s
      WHERE s.id IN (SELECT sale_id FROM plan WHERE status = 'UPDATED') ORDER BY s.id FOR UPDATE
    )
    SELECT count(*)::int AS count FROM plan p LEFT JOIN held ON held.id = p.sale_id
    WHERE p.status = 'UPDATED' AND held.updated_at IS DISTINCT FROM p.found`;
  return moved?.count === 0;
}

/** Writes the documents that `plan` makes or changes, at one instant, and on each row what it replaced. */
export async function commitSales(
  tx: DatabaseTransaction,
  { id, companyId, now }: SalesFile & { readonly now: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE inventory.spreadsheet_import_rows r SET before = held.before
    FROM (SELECT sale_id, min(row) AS row FROM plan WHERE status = 'UPDATED' GROUP BY sale_id) p
    JOIN LATERAL (
      SELECT jsonb_build_object('sale', to_jsonb(s), 'lines', (
        SELECT coalesce(jsonb_agg(d ORDER BY d.posicion), '[]') FROM inventory.erp_ventas_detalle d WHERE d.venta_id = s.id
      )) AS before FROM inventory.erp_ventas s WHERE s.id = p.sale_id FOR UPDATE
    ) held ON TRUE
    WHERE r.import_id = ${id}::uuid AND r.row = p.row`;
  await tx.$executeRaw`DELETE FROM inventory.erp_ventas_detalle d USING plan p
    WHERE p.status = 'UPDATED' AND d.venta_id = p.sale_id`;
  await tx.$executeRaw`
    WITH written AS (
      INSERT INTO inventory.erp_ventas (folio, fecha, cliente_nombre, subtotal, document_type, is_cancelled, site_id,
        company_id, row_hash, created_at, updated_at)
      SELECT document, min(date), max(customer), ${subtotalSql}, 'SPREADSHEET'::inventory.sale_document_type, ${isCancelledSql},
        (array_agg(site_id))[1], ${companyId}::uuid, min(hash), ${now}::timestamptz, ${now}::timestamptz
      FROM plan WHERE status = 'CREATED' GROUP BY document
      RETURNING id, folio
    )
    UPDATE plan SET sale_id = written.id FROM written
    WHERE plan.document = written.folio AND plan.status = 'CREATED'`;
  await tx.$executeRaw`
    UPDATE inventory.erp_ventas s SET fecha = p.date, cliente_nombre = p.customer, subtotal = p.subtotal,
      is_cancelled = p.is_cancelled, row_hash = p.hash, deleted_at = NULL, updated_at = ${now}::timestamptz
    FROM (SELECT sale_id, min(date) AS date, max(customer) AS customer, min(hash) AS hash,
        ${subtotalSql} AS subtotal, ${isCancelledSql} AS is_cancelled
      FROM plan WHERE status = 'UPDATED' GROUP BY sale_id) p
    WHERE s.id = p.sale_id`;
  await tx.$executeRaw`
    INSERT INTO inventory.erp_ventas_detalle (venta_id, posicion, producto_id, codigo, descripcion, cantidad,
      precio_unitario, total_neto, costo_unitario, fecha, is_cancelled, site_id, company_id)
    SELECT sale_id, row_number() OVER (PARTITION BY sale_id ORDER BY row), product_id, sku, name, quantity, price,
      coalesce("netTotal", quantity * price), cost, date, coalesce("isCancelled", FALSE), site_id, ${companyId}::uuid
    FROM plan WHERE status IN ('CREATED', 'UPDATED')`;
  await tx.$executeRaw`
    UPDATE inventory.spreadsheet_import_rows r SET entity_id = p.sale_id FROM plan p
    WHERE r.import_id = ${id}::uuid AND r.row = p.row AND p.status IN ('CREATED', 'UPDATED')`;
}

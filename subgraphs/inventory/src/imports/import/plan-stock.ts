import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { joinProductSql, productColumnsSql, zerosSql } from './product-of-code.ts';
import { type ToldProduct, tellProducts } from './tell-products.ts';

interface StockFile {
  readonly id: string;
  readonly companyId: string;
}

/** The table `plan` of a file of stock: product and level of each row, and whether it makes, changes or keeps them. */
export async function planStock(tx: DatabaseTransaction, { id, companyId }: StockFile, places: string): Promise<void> {
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE plan ON COMMIT DROP AS
    WITH ${zerosSql(companyId)}, staged AS (
      SELECT r.row, concat_ws('!', r.data->>'sheet', r.data->>'line') AS stands, s.*, w.id AS warehouse_id, w."siteId" AS site_id, w.warehouse AS place, w.problem AS place_problem,
        ${productColumnsSql}
      FROM inventory.spreadsheet_import_rows r
      CROSS JOIN LATERAL jsonb_to_record(r.parsed) AS s(sku text, "codeWasNumber" boolean, name text, quantity numeric,
        minimum numeric, maximum numeric, location text, price numeric, cost numeric, category text, unit text,
        warehouse text)
      LEFT JOIN jsonb_to_recordset(${places}::jsonb)
        AS w(text text, id uuid, "siteId" uuid, warehouse text, problem text) ON w.text IS NOT DISTINCT FROM s.warehouse
      ${joinProductSql(companyId)}
      WHERE r.import_id = ${id}::uuid AND r.parsed IS NOT NULL
    ), judged AS (
      SELECT staged.*, l.id AS level_id, l.stock_actual, jsonb_build_array(trim_scale(l.stock_actual),
          trim_scale(l.stock_minimo), trim_scale(l.stock_maximo), l.ubicacion) AS found,
        CASE
          WHEN place_problem IS NOT NULL THEN place_problem
          WHEN is_ambiguous THEN 'AMBIGUOUS_CODE'
          WHEN product_id IS NULL AND name IS NULL THEN 'UNKNOWN_PRODUCT'
          WHEN row_number() OVER same > 1 THEN 'REPEATED_ROW'
          WHEN l.erp_id IS NOT NULL AND quantity <> l.stock_actual THEN 'HELD_BY_ERP'
        END AS problem,
        first_value(stands) OVER same AS first_stands,
        l.id IS NOT NULL
          AND coalesce(quantity, l.stock_actual) = l.stock_actual AND coalesce(minimum, l.stock_minimo) = l.stock_minimo
          AND coalesce(maximum, l.stock_maximo) IS NOT DISTINCT FROM l.stock_maximo
          AND coalesce(location, l.ubicacion) IS NOT DISTINCT FROM l.ubicacion AS is_same
      FROM staged LEFT JOIN inventory.erp_inventario l
        ON l.producto_id = product_id AND (l.warehouse_id = staged.warehouse_id
          OR l.warehouse_id IS NULL AND l.site_id = staged.site_id AND l.almacen = place)
      WINDOW same AS (PARTITION BY coalesce(product_id::text, sku), staged.warehouse_id ORDER BY row)
    )
    SELECT judged.*, stock_actual AS previous,
      CASE WHEN problem IS NOT NULL THEN 'QUARANTINED' WHEN is_same THEN 'SKIPPED'
        WHEN level_id IS NULL THEN 'CREATED' ELSE 'UPDATED' END AS status,
      CASE WHEN problem LIKE '%WAREHOUSE' THEN 'warehouse' WHEN problem = 'HELD_BY_ERP' THEN 'quantity'
        ELSE 'sku' END AS field,
      CASE WHEN problem LIKE '%WAREHOUSE' THEN warehouse WHEN problem = 'HELD_BY_ERP' THEN trim_scale(quantity)::text
        ELSE sku END AS value,
      CASE problem WHEN 'HELD_BY_ERP' THEN trim_scale(stock_actual)::text WHEN 'REPEATED_ROW' THEN first_stands END
        AS expected,
      jsonb_build_array(row, problem, product_id, warehouse_id, level_id,
        CASE WHEN problem IS NULL THEN is_same END, CASE WHEN problem IS NULL THEN found END)::text AS seen
    FROM judged`;
}

/** Holds the levels that `plan` changes until the end of the transaction; false when one is not as it was planned on. */
export async function holdStock(tx: DatabaseTransaction): Promise<boolean> {
  const [moved] = await tx.$queryRaw<{ count: number }[]>`
    WITH held AS MATERIALIZED (
      SELECT l.id, jsonb_build_array(trim_scale(l.stock_actual), trim_scale(l.stock_minimo), trim_scale(l.stock_maximo),
        l.ubicacion) AS found
      FROM inventory.erp_inventario l WHERE l.id IN (SELECT level_id FROM plan WHERE status = 'UPDATED')
      ORDER BY l.id FOR UPDATE
    )
    SELECT count(*)::int AS count FROM plan p LEFT JOIN held ON held.id = p.level_id
    WHERE p.status = 'UPDATED' AND held.found IS DISTINCT FROM p.found`;
  return moved?.count === 0;
}

/** Writes what `plan` says, at one instant, and on each row what it replaced. */
export async function commitStock(
  tx: DatabaseTransaction,
  {
    id,
    companyId,
    now,
    userId,
    reason,
  }: StockFile & { readonly now: Date; readonly userId: string; readonly reason: string },
): Promise<void> {
  const made = await tx.$queryRaw<ToldProduct[]>`
    WITH made AS (
      INSERT INTO inventory.erp_productos
        (codigo, nombre, precio, costo, categoria, unidad_medida, company_id, created_at, updated_at)
      SELECT DISTINCT ON (sku) sku, name, price, cost, category, unit, ${companyId}::uuid, ${now}::timestamptz, ${now}::timestamptz
      FROM plan WHERE status = 'CREATED' AND product_id IS NULL ORDER BY sku, row
      RETURNING id, codigo
    ), known AS (
      UPDATE plan SET product_id = made.id FROM made WHERE plan.product_id IS NULL AND plan.sku = made.codigo
    )
    SELECT id::text, codigo AS sku FROM made`;
  await tellProducts(tx, 'CREATED', made, { companyId, now });
  // Held and kept as they are, before they change.
  await tx.$executeRaw`
    UPDATE inventory.spreadsheet_import_rows r SET entity_id = held.id, before = held.before
    FROM plan p JOIN LATERAL (
      SELECT l.id, to_jsonb(l) AS before FROM inventory.erp_inventario l WHERE l.id = p.level_id FOR UPDATE
    ) held ON TRUE
    WHERE r.import_id = ${id}::uuid AND r.row = p.row AND p.status = 'UPDATED'`;
  await tx.$executeRaw`
    UPDATE inventory.erp_inventario l SET
      stock_actual = coalesce(p.quantity, l.stock_actual), stock_minimo = coalesce(p.minimum, l.stock_minimo),
      stock_maximo = coalesce(p.maximum, l.stock_maximo), ubicacion = coalesce(p.location, l.ubicacion),
      flags = array_remove(l.flags, 'NEGATIVE_STOCK')
        || CASE WHEN coalesce(p.quantity, l.stock_actual) < 0 THEN ARRAY['NEGATIVE_STOCK'] ELSE '{}' END,
      updated_at = ${now}::timestamptz
    FROM plan p WHERE p.status = 'UPDATED' AND l.id = p.level_id`;
  await tx.$executeRaw`
    WITH made AS (
      INSERT INTO inventory.erp_inventario (producto_id, almacen, stock_actual, stock_minimo, stock_maximo, ubicacion,
        site_id, company_id, warehouse_id, flags, created_at, updated_at)
      SELECT product_id, place, coalesce(quantity, 0), coalesce(minimum, 0), maximum, location, site_id,
        ${companyId}::uuid, warehouse_id, CASE WHEN quantity < 0 THEN ARRAY['NEGATIVE_STOCK'] ELSE '{}' END, ${now}::timestamptz, ${now}::timestamptz
      FROM plan WHERE status = 'CREATED' RETURNING id, producto_id, warehouse_id
    )
    UPDATE inventory.spreadsheet_import_rows r SET entity_id = made.id
    FROM plan p JOIN made ON made.producto_id = p.product_id AND made.warehouse_id = p.warehouse_id
    WHERE r.import_id = ${id}::uuid AND r.row = p.row AND p.status = 'CREATED'`;
  await tx.$executeRaw`
    INSERT INTO inventory.stock_movements (product_id, warehouse_id, site_id, company_id, kind, quantity, balance_after,
      document, occurred_at, reason, created_by)
    SELECT product_id, warehouse_id, site_id, ${companyId}::uuid, 'COUNT'::inventory.stock_movement_kind, quantity - coalesce(stock_actual, 0), quantity,
      ${documentOf(id)}::text, ${now}::timestamptz, ${reason}::text, ${userId}::uuid
    FROM plan WHERE status IN ('CREATED', 'UPDATED') AND quantity IS DISTINCT FROM coalesce(stock_actual, 0)
      AND quantity IS NOT NULL`;
}

/** What the movements of an import are known by. */
export const documentOf = (importId: string) => `spreadsheet ${importId}`;

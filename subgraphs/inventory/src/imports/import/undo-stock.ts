import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { documentOf } from './plan-stock.ts';
import { type ToldProduct, tellProducts } from './tell-products.ts';
import { columnOf, type UndoneFile } from './undone-file.ts';

/**
 * Puts back what was. Answers how many rows something else has changed since, says so on each of them, and puts nothing
 * back when there are any.
 */
export async function undoStock(
  tx: DatabaseTransaction,
  { id, companyId, stamp, now, columns }: UndoneFile,
): Promise<number> {
  const changed = await tx.$executeRaw`
    UPDATE inventory.spreadsheet_import_rows r SET problems = jsonb_build_array(jsonb_build_object(
      'column', c.letter, 'heading', coalesce(c.heading, 'quantity'), 'code', 'CHANGED_SINCE',
      'value', coalesce(now.stock_actual, ''), 'expected', r.parsed->>'quantity'))
    FROM (
      SELECT r.row, trim_scale(l.stock_actual)::text AS stock_actual FROM inventory.spreadsheet_import_rows r
      LEFT JOIN LATERAL (
        SELECT stock_actual, updated_at FROM inventory.erp_inventario l WHERE l.id = r.entity_id FOR UPDATE
      ) l ON TRUE
      WHERE r.import_id = ${id}::uuid AND r.status IN ('CREATED', 'UPDATED')
        AND l.updated_at IS DISTINCT FROM ${stamp}::timestamptz
    ) now
    LEFT JOIN LATERAL (${columnOf(columns, 'quantity')}) c ON TRUE
    WHERE r.import_id = ${id}::uuid AND r.row = now.row`;
  if (changed > 0) return changed;
  await tx.$executeRaw`DELETE FROM inventory.stock_movements
    WHERE company_id = ${companyId}::uuid AND document = ${documentOf(id)}::text
      AND product_id IN (SELECT l.producto_id FROM inventory.erp_inventario l JOIN inventory.spreadsheet_import_rows r
        ON r.entity_id = l.id WHERE r.import_id = ${id}::uuid)`;
  await tx.$executeRaw`
    UPDATE inventory.erp_inventario l SET stock_actual = b.stock_actual, stock_minimo = b.stock_minimo,
      stock_maximo = b.stock_maximo, ubicacion = b.ubicacion, flags = b.flags, updated_at = ${now}::timestamptz
    FROM inventory.spreadsheet_import_rows r
    CROSS JOIN LATERAL jsonb_populate_record(NULL::inventory.erp_inventario, r.before) b
    WHERE r.import_id = ${id}::uuid AND r.status = 'UPDATED' AND l.id = r.entity_id`;
  await tx.$executeRaw`DELETE FROM inventory.erp_inventario l USING inventory.spreadsheet_import_rows r
    WHERE r.import_id = ${id}::uuid AND r.status = 'CREATED' AND l.id = r.entity_id`;
  // A product that the import made stays when something refers to it, or changed it, since.
  const gone = await tx.$queryRaw<ToldProduct[]>`
    DELETE FROM inventory.erp_productos p USING inventory.spreadsheet_import_rows r
    WHERE r.import_id = ${id}::uuid AND r.status = 'CREATED' AND p.company_id = ${companyId}::uuid
      AND p.codigo = r.parsed->>'sku' AND p.created_at = ${stamp}::timestamptz AND p.updated_at = ${stamp}::timestamptz
      AND NOT EXISTS (SELECT 1 FROM inventory.erp_inventario l WHERE l.producto_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM inventory.erp_ventas_detalle d WHERE d.producto_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM inventory.stock_movements m WHERE m.product_id = p.id)
      AND NOT EXISTS (SELECT 1 FROM inventory.replenishment_settings s WHERE s.product_id = p.id)
    RETURNING p.id::text, p.codigo AS sku`;
  await tellProducts(tx, 'DELETED', gone, { companyId, now });
  return 0;
}

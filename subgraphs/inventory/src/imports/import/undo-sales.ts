import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { columnOf, type UndoneFile } from './undone-file.ts';

/** Puts documents back as they were, under the same rule as stock. */
export async function undoSales(tx: DatabaseTransaction, { id, stamp, now, columns }: UndoneFile): Promise<number> {
  const changed = await tx.$executeRaw`
    UPDATE inventory.spreadsheet_import_rows r SET problems = jsonb_build_array(jsonb_build_object(
      'column', c.letter, 'heading', coalesce(c.heading, 'folio'), 'code', 'CHANGED_SINCE',
      'value', coalesce(now.folio, ''), 'expected', r.data->>'folio'))
    FROM (
      SELECT r.row, s.folio FROM inventory.spreadsheet_import_rows r
      LEFT JOIN LATERAL (
        SELECT folio, updated_at FROM inventory.erp_ventas s WHERE s.id = r.entity_id FOR UPDATE
      ) s ON TRUE
      WHERE r.import_id = ${id}::uuid AND r.status IN ('CREATED', 'UPDATED')
        AND s.updated_at IS DISTINCT FROM ${stamp}::timestamptz
    ) now
    LEFT JOIN LATERAL (${columnOf(columns, 'folio')}) c ON TRUE
    WHERE r.import_id = ${id}::uuid AND r.row = now.row`;
  if (changed > 0) return changed;
  await tx.$executeRaw`DELETE FROM inventory.erp_ventas_detalle d USING inventory.spreadsheet_import_rows r
    WHERE r.import_id = ${id}::uuid AND r.status IN ('CREATED', 'UPDATED') AND d.venta_id = r.entity_id`;
  await tx.$executeRaw`DELETE FROM inventory.erp_ventas s USING inventory.spreadsheet_import_rows r
    WHERE r.import_id = ${id}::uuid AND r.status = 'CREATED' AND s.id = r.entity_id`;
  await tx.$executeRaw`
    UPDATE inventory.erp_ventas s SET fecha = b.fecha, cliente_nombre = b.cliente_nombre, subtotal = b.subtotal,
      is_cancelled = b.is_cancelled, row_hash = b.row_hash, deleted_at = b.deleted_at, updated_at = ${now}::timestamptz
    FROM inventory.spreadsheet_import_rows r
    CROSS JOIN LATERAL jsonb_populate_record(NULL::inventory.erp_ventas, r.before->'sale') b
    WHERE r.import_id = ${id}::uuid AND r.status = 'UPDATED' AND r.before IS NOT NULL AND s.id = b.id`;
  await tx.$executeRaw`
    INSERT INTO inventory.erp_ventas_detalle
    SELECT line.* FROM inventory.spreadsheet_import_rows r
    CROSS JOIN LATERAL jsonb_populate_recordset(NULL::inventory.erp_ventas_detalle, r.before->'lines') line
    WHERE r.import_id = ${id}::uuid AND r.status = 'UPDATED' AND r.before IS NOT NULL`;
  return 0;
}

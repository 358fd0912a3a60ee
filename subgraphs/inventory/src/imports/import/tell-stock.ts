import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { appendEvents } from '@cauce/shared/events/outbox';
import { type StockChanged, stockChanged } from '../../stock/stock-changes.ts';

/** More changes than this are told of by the import alone: listeners then read again what they show. */
const mostStockEvents = 1_000;

/** Tells of each level that changed, as after a correction by hand. */
export async function tellStock(
  tx: DatabaseTransaction,
  file: { readonly id: string; readonly kind: string },
  now: Date,
  { isUndone }: { readonly isUndone: boolean },
): Promise<void> {
  if (file.kind === 'SALES') return;
  const levels = await tx.$queryRaw<{ id: string; companyId: string; siteId: string; payload: StockChanged }[]>`
    SELECT l.id, l.company_id AS "companyId", l.site_id AS "siteId", jsonb_build_object(
      'stockLevelId', l.id, 'productId', l.producto_id, 'sku', p.codigo, 'warehouse', l.almacen,
      'previousOnHand', CASE WHEN ${isUndone} THEN coalesce(r.parsed->>'quantity', r.before->>'stock_actual')
        ELSE trim_scale((r.before->>'stock_actual')::numeric)::text END,
      'onHand', trim_scale(l.stock_actual)::text, 'minimum', trim_scale(l.stock_minimo)::text,
      'maximum', trim_scale(l.stock_maximo)::text, 'isBelowMinimum', l.stock_actual < l.stock_minimo, 'reason', NULL
    ) AS payload
    FROM inventory.spreadsheet_import_rows r JOIN inventory.erp_inventario l ON l.id = r.entity_id
    JOIN inventory.erp_productos p ON p.id = l.producto_id
    WHERE r.import_id = ${file.id}::uuid AND r.status IN ('CREATED', 'UPDATED') LIMIT ${mostStockEvents + 1}`;
  if (levels.length > mostStockEvents) return;
  await appendEvents(
    tx,
    levels.map(({ id, companyId, siteId, payload }) => ({
      ...{ topic: stockChanged, companyId, siteId, key: id, occurredAt: now, payload },
    })),
  );
}

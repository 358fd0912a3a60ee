import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';

const asked = z.object({ warehouseId: z.uuid() });
const batchRows = 5_000;

/** What enqueues a move: known by its name and data alone. */
export const moveWarehouseRowsJob = (handle: JobDefinition<z.output<typeof asked>>['handle']) =>
  defineJob({
    name: 'inventory.move-warehouse-rows',
    data: asked,
    retryLimit: 10,
    expireInSeconds: 3_600,
    concurrency: 1,
    handle,
  });

/**
 * Brings stock, sales and movements of a warehouse to the site where it is said to be, some rows at a time. Does what is
 * left to do, however often it is run; rows that a copy writes meanwhile go to the new site by themselves.
 */
export function moveWarehouseJob({ db }: Pick<Deps, 'db'>): JobDefinition<z.output<typeof asked>> {
  return moveWarehouseRowsJob(async ({ warehouseId }, { signal }) => {
    for (const sql of moves) {
      for (let moved = batchRows; moved === batchRows; ) {
        signal.throwIfAborted();
        moved = await db.client.$executeRawUnsafe(sql, warehouseId);
      }
    }
  });
}

const place = `FROM inventory.warehouses w WHERE w.id = $1::uuid`;

const moves: readonly string[] = [
  `UPDATE inventory.erp_inventario SET site_id = (SELECT w.site_id ${place}), updated_at = now() WHERE id IN (
     SELECT l.id FROM inventory.erp_inventario l WHERE l.warehouse_id = $1::uuid
       AND l.site_id IS DISTINCT FROM (SELECT w.site_id ${place}) LIMIT ${batchRows})`,
  `UPDATE inventory.stock_movements SET site_id = (SELECT w.site_id ${place}) WHERE id IN (
     SELECT m.id FROM inventory.stock_movements m WHERE m.warehouse_id = $1::uuid
       AND m.site_id IS DISTINCT FROM (SELECT w.site_id ${place}) LIMIT ${batchRows})`,
  // The lines first: a sale that is elsewhere than its warehouse is one whose lines may still have to be moved.
  `WITH sale AS (
     SELECT s.id FROM inventory.erp_ventas s JOIN inventory.warehouses w ON w.id = $1::uuid
     WHERE s.installation_id = w.installation_id AND s.almacen_erp_id = w.erp_id AND s.site_id IS DISTINCT FROM w.site_id
     ORDER BY s.id LIMIT ${batchRows} FOR UPDATE OF s),
   lines AS (
     UPDATE inventory.erp_ventas_detalle SET site_id = (SELECT w.site_id ${place})
     WHERE venta_id IN (SELECT id FROM sale))
   UPDATE inventory.erp_ventas SET site_id = (SELECT w.site_id ${place}), updated_at = now() WHERE id IN (SELECT id FROM sale)`,
];

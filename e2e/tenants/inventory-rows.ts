import { randomBytes, randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/** Kinds of rows of the inventory that an id can be of. */
export type RowKind =
  | ('company' | 'site' | 'product' | 'customer' | 'warehouse' | 'installation')
  | ('syncJob' | 'failedRow' | 'upload' | 'import');

export interface InventoryRows {
  readonly ids: Readonly<Record<RowKind, string>>;
  /** Stands in every name of these rows and in no other. */
  readonly mark: string;
  remove(): Promise<void>;
}

/**
 * One row of each kind that a company has in the inventory, written behind the doors: the demo has not all kinds of both
 * companies. Nothing of it works by itself: its ERP rests, its run has ended, its import waits to be confirmed.
 */
export async function addInventoryRows(
  pool: Pool,
  { companyId, siteId, userId }: { readonly companyId: string; readonly siteId: string; readonly userId: string },
): Promise<InventoryRows> {
  const mark = `MARCA-${randomBytes(6).toString('hex')}`;
  const added: { table: string; id: string }[] = [];
  const add = async (table: string, row: Readonly<Record<string, unknown>>) => {
    const columns = Object.keys(row);
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map((_column, at) => `$${at + 1}`).join()}) RETURNING id::text`,
      Object.values(row),
    );
    const id = rows[0]?.id ?? '';
    added.push({ table, id });
    return id;
  };
  const company_id = companyId;
  const installation = await add('inventory.erp_installations', {
    ...{ company_id, kind: 'SAMPLE', code: mark, name: mark, is_active: false, connection: '{"articles": 10}' },
  });
  const product = await add('inventory.erp_productos', { codigo: mark, nombre: mark, company_id });
  const customer = await add('inventory.erp_clientes', {
    ...{ erp_id: mark, nombre: mark, company_id, installation_id: installation },
  });
  const warehouse = await add('inventory.warehouses', {
    ...{ company_id, site_id: siteId, name: mark, installation_id: installation, erp_id: mark },
  });
  await add('inventory.erp_inventario', {
    ...{ producto_id: product, almacen: mark, warehouse_id: warehouse, site_id: siteId, company_id },
    ...{ stock_actual: 3, stock_minimo: 7 },
  });
  const folio = mark;
  const fecha = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
  const venta_id = await add('inventory.erp_ventas', {
    ...{ folio, fecha, site_id: siteId, company_id, cliente_id: customer, installation_id: installation },
  });
  await add('inventory.erp_ventas_detalle', {
    ...{ venta_id, posicion: 1, producto_id: product, cantidad: 5, fecha, site_id: siteId, company_id },
  });
  await add('inventory.replenishment_settings', {
    ...{ product_id: product, company_id, site_id: siteId, supplier_name: mark },
  });
  const now = new Date();
  const ended = { started_at: now, completed_at: now };
  const syncJob = await add('inventory.sync_jobs', {
    ...{ job_type: 'productos', status: 'completed', company_id, installation_id: installation, ...ended },
  });
  const failedRow = await add('inventory.sync_failed_rows', {
    ...{ job_id: syncJob, entity: 'productos', source_key: mark, data: '{}', reason: 'BAD_NUMBER: x' },
  });
  await add('inventory.sync_failed_rows', {
    ...{ job_id: syncJob, entity: 'productos', source_key: `${mark}-2`, data: '{}', reason: 'BAD_NUMBER: y' },
  });
  const upload = await add('platform.uploads', {
    ...{ filename: `${mark}.xlsx`, size_bytes: 1, sha256: randomBytes(32).toString('hex'), content_type: 'x/x' },
    ...{ storage_path: `${mark}/${randomUUID()}`, uploaded_by: userId, company_id },
  });
  const file = await add('inventory.spreadsheet_imports', {
    ...{ upload_id: upload, company_id, requested_by: userId, status: 'PREVIEW', kind: 'STOCK', plan_hash: mark },
  });
  const days = `{${Array.from({ length: 30 }, () => 1).join()}}`;
  // Goes with its product.
  await pool.query(
    `INSERT INTO inventory.past_forecasts (product_id, site_id, company_id, made_on, method, coverage, expected, low, high)
     VALUES ($1, $2, $3, current_date - 9, 'NAIVE', 0.8, $4, $4, $4)`,
    [product, siteId, companyId, days],
  );
  await add('inventory.forecast_runs', { company_id, status: 'COMPLETED', requested_by: userId, ...ended });
  return {
    mark,
    ids: {
      ...{ company: companyId, site: siteId, product, customer, warehouse, installation },
      ...{ syncJob, failedRow, upload, import: file },
    },
    async remove() {
      for (const { table, id } of added.toReversed()) await pool.query(`DELETE FROM ${table} WHERE id = $1`, [id]);
    },
  };
}

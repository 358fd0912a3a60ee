import type { EntityCopy } from './entity-copy.ts';
import { readActive, readKey, readText } from './read-values.ts';

/** Warehouses. A name that the company uses already gets its code or id behind it. People say at which site it is. */
export const copyWarehouses: EntityCopy = {
  stage: [{ name: 'erp_stage_warehouses', columns: 'key text, name text, code text, is_active boolean' }],
  keyColumns: 1,
  read: ({ values: [id, name, code, active] }) => {
    const key = readKey(id);
    return [[[key, readText(name, 200) ?? key, readText(code, 50), readActive(active)]]];
  },
  async merge(client, { installationId, companyId, now }) {
    const { rows } = await client.query<{ id: string | null; key: string }>(
      `SELECT w.id::text, s.key FROM erp_stage_warehouses s
       LEFT JOIN inventory.warehouses w ON w.installation_id = $1 AND w.erp_id = s.key
       WHERE w.id IS NULL OR w.row_hash IS DISTINCT FROM s.hash OR w.deleted_at IS NOT NULL ORDER BY s.key`,
      [installationId],
    );
    // Few, and names may pass from one to the other: each sees what the one before left.
    for (const { key, id } of rows) {
      await client.query(id === null ? insertSql : updateSql, [installationId, companyId, key, now]);
    }
    await client.query(renameStockSql, [installationId]);
    return {
      created: rows.filter(({ id }) => id === null).length,
      updated: rows.filter(({ id }) => id !== null).length,
      ...{ failed: [], events: [] },
    };
  },
  ours: () => ({
    from: 'inventory.warehouses o WHERE o.installation_id = $1 AND o.erp_id IS NOT NULL AND o.deleted_at IS NULL',
    key: 'o.erp_id',
    summed: null,
  }),
  async remove(client, { installationId, now }) {
    const { rowCount } = await client.query(
      `UPDATE inventory.warehouses o SET deleted_at = $2, is_active = FALSE, updated_at = $2
       WHERE o.installation_id = $1 AND o.erp_id IS NOT NULL AND o.deleted_at IS NULL
         AND NOT EXISTS (SELECT FROM erp_stage_keys k WHERE k.key = o.erp_id)`,
      [installationId, now],
    );
    return { deleted: rowCount ?? 0, events: [] };
  },
};

const freeName = `CASE WHEN EXISTS (SELECT FROM inventory.warehouses o WHERE o.company_id = $2 AND o.name = s.name
    AND NOT (o.installation_id IS NOT DISTINCT FROM $1 AND o.erp_id IS NOT DISTINCT FROM s.key))
  THEN s.name || ' (' || s.key || '~' || left(md5($1::text), 4) || ')' ELSE s.name END`;

const insertSql = `INSERT INTO inventory.warehouses (installation_id, company_id, erp_id, name, code, is_active, row_hash, updated_at)
  SELECT $1, $2, s.key, ${freeName}, s.code, s.is_active, s.hash, $4 FROM erp_stage_warehouses s WHERE s.key = $3`;

const updateSql = `UPDATE inventory.warehouses w SET name = ${freeName}, code = s.code, is_active = s.is_active,
    row_hash = s.hash, deleted_at = NULL, updated_at = $4
  FROM erp_stage_warehouses s WHERE s.key = $3 AND w.installation_id = $1 AND w.erp_id = s.key AND w.company_id = $2`;

const renameStockSql = `UPDATE inventory.erp_inventario l SET almacen = w.name FROM inventory.warehouses w
  WHERE l.installation_id = $1 AND l.warehouse_id = w.id AND l.almacen <> w.name`;

import type { EntityCopy } from './entity-copy.ts';
import { idsIn, lookedUp } from './looked-up.ts';
import { readActive, readKey, readText } from './read-values.ts';

/** Customers with their main address. */
export const copyCustomers: EntityCopy = {
  stage: [
    {
      name: 'erp_stage_customers',
      columns: 'key text, name text, tax_id text, email text, phone text, address text, is_active boolean',
    },
  ],
  keyColumns: 1,
  read: ({ values: [id, name, taxId, email, phone, address, active] }) => {
    const key = readKey(id);
    const texts = [readText(taxId, 40), readText(email, 320), readText(phone, 60), readText(address, 1_000)];
    return [[[key, readText(name, 255) ?? key, ...texts, readActive(active)]]];
  },
  async merge(client, { installationId, companyId, now }) {
    const { rows } = await client.query<{ is_new: boolean }>(mergeSql, [installationId, companyId, now]);
    return {
      created: rows.filter(({ is_new }) => is_new).length,
      updated: rows.filter(({ is_new }) => !is_new).length,
      ...{ failed: [], events: [] },
    };
  },
  ours: () => ({
    from: 'inventory.erp_clientes o WHERE o.installation_id = $1 AND o.erp_id IS NOT NULL AND o.deleted_at IS NULL',
    key: 'o.erp_id',
    summed: null,
  }),
  async remove(client, { installationId, now }) {
    const { rowCount } = await client.query(
      `UPDATE inventory.erp_clientes o SET deleted_at = $2, updated_at = $2
       WHERE o.installation_id = $1 AND o.erp_id IS NOT NULL AND o.deleted_at IS NULL
         AND NOT EXISTS (SELECT FROM erp_stage_keys k WHERE k.key = o.erp_id)`,
      [installationId, now],
    );
    return { deleted: rowCount ?? 0, events: [] };
  },
  async settle(client, { installationId }) {
    await client.query(
      `UPDATE inventory.erp_ventas s SET cliente_id = c.id, cliente_nombre = coalesce(s.cliente_nombre, c.nombre)
       FROM inventory.erp_clientes c
       WHERE s.installation_id = $1 AND s.cliente_id IS NULL AND s.cliente_erp_id IS NOT NULL
         AND c.installation_id = $1 AND c.erp_id = s.cliente_erp_id`,
      [installationId],
    );
  },
};

const mergeSql = `
  WITH changed AS MATERIALIZED (
    SELECT st.*, c.id FROM erp_stage_customers st
    ${lookedUp('c', 'id, row_hash, deleted_at', 'inventory.erp_clientes o WHERE o.installation_id = $1 AND o.erp_id = st.key')}
    WHERE c.id IS NULL OR c.row_hash IS DISTINCT FROM st.hash OR c.deleted_at IS NOT NULL),
  updated AS (
    UPDATE inventory.erp_clientes c SET nombre = n.name, rfc = n.tax_id, email = n.email, telefono = n.phone,
      direccion = n.address, is_active = n.is_active, row_hash = n.hash, deleted_at = NULL, last_synced_at = $3, updated_at = $3
    FROM changed n WHERE c.id = n.id AND ${idsIn('c.id', 'changed')} RETURNING FALSE AS is_new),
  created AS (
    INSERT INTO inventory.erp_clientes (installation_id, company_id, erp_id, nombre, rfc, email, telefono, direccion, is_active,
      row_hash, last_synced_at, updated_at)
    SELECT $1, $2, n.key, n.name, n.tax_id, n.email, n.phone, n.address, n.is_active, n.hash, $3, $3
    FROM changed n WHERE n.id IS NULL RETURNING TRUE AS is_new)
  SELECT is_new FROM updated UNION ALL SELECT is_new FROM created`;

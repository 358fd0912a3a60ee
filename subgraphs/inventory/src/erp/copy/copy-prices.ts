import type { EntityCopy } from './entity-copy.ts';
import { RowProblem, readDecimal, readKey } from './read-values.ts';

/** Prices of the chosen list. They stand with their product: one that is not here fails until it is. */
export const copyPrices: EntityCopy = {
  stage: [{ name: 'erp_stage_prices', columns: 'key text, price numeric' }],
  read: ({ values: [key, price] }) => {
    const amount = readDecimal(price, 'price');
    if (amount === null) throw new RowProblem('MISSING_PRICE');
    return [[[readKey(key), amount]]];
  },
  async merge(client, { installationId, now }) {
    const { rows: strangers } = await client.query<{ key: string }>(
      `SELECT s.key FROM erp_stage_prices s WHERE NOT EXISTS (SELECT FROM inventory.erp_productos p
        WHERE p.installation_id = $1 AND p.erp_id = s.key)`,
      [installationId],
    );
    const { rows } = await client.query<{ is_new: boolean }>(
      `WITH staged AS (SELECT DISTINCT ON (s.key) s.*, md5(s::text) AS hash FROM erp_stage_prices s ORDER BY s.key)
       UPDATE inventory.erp_productos p SET precio = s.price, price_hash = s.hash, last_synced_at = $2, updated_at = $2
       FROM staged s, inventory.erp_productos before
       WHERE p.installation_id = $1 AND p.erp_id = s.key AND before.id = p.id AND p.price_hash IS DISTINCT FROM s.hash
       RETURNING before.price_hash IS NULL AS is_new`,
      [installationId, now],
    );
    return {
      created: rows.filter(({ is_new }) => is_new).length,
      updated: rows.filter(({ is_new }) => !is_new).length,
      failed: strangers.map(({ key }) => ({ key, reason: 'UNKNOWN_PRODUCT' })),
      events: [],
    };
  },
  ours: () => ({
    from: 'inventory.erp_productos o WHERE o.installation_id = $1 AND o.price_hash IS NOT NULL',
    key: 'o.erp_id',
    summed: 'o.precio',
  }),
  async remove(client, { installationId, now }) {
    const { rowCount } = await client.query(
      `UPDATE inventory.erp_productos o SET precio = NULL, price_hash = NULL, updated_at = $2
       WHERE o.installation_id = $1 AND o.price_hash IS NOT NULL
         AND NOT EXISTS (SELECT FROM erp_stage_keys k WHERE k.key = o.erp_id)`,
      [installationId, now],
    );
    return { deleted: rowCount ?? 0, events: [] };
  },
};

import type { NewEvent } from '@cauce/shared/events/outbox';
import { productChanged } from '../../products/product-changes.ts';
import type { EntityCopy } from './entity-copy.ts';
import { lookedUp } from './looked-up.ts';
import { RowProblem, readDecimal, readKey } from './read-values.ts';

/** Prices of the chosen list. They stand with their product: one that is not here fails until it is. */
export const copyPrices: EntityCopy = {
  stage: [{ name: 'erp_stage_prices', columns: 'key text, price numeric' }],
  keyColumns: 1,
  read: ({ values: [key, price] }) => {
    const amount = readDecimal(price, 'price');
    if (amount === null) throw new RowProblem('MISSING_PRICE');
    return [[[readKey(key), amount]]];
  },
  async merge(client, { installationId, companyId, now, isAnnounced }) {
    const { rows } = await client.query<Changed | Stranger>(mergeSql, [installationId, now]);
    const changed = rows.filter((row) => row.id !== null);
    return {
      created: changed.filter(({ is_new }) => is_new).length,
      updated: changed.filter(({ is_new }) => !is_new).length,
      failed: rows.filter((row) => row.id === null).map(({ key }) => ({ key, reason: 'UNKNOWN_PRODUCT' })),
      events: isAnnounced ? changed.map((row) => priceEvent(row, companyId, now)) : [],
    };
  },
  ours: () => ({
    from: 'inventory.erp_productos o WHERE o.installation_id = $1 AND o.price_hash IS NOT NULL',
    key: 'o.erp_id',
    summed: 'o.precio',
  }),
  async remove(client, { installationId, companyId, now }) {
    const { rows } = await client.query<Changed>(
      `UPDATE inventory.erp_productos o SET precio = NULL, price_hash = NULL, last_synced_at = $2
       WHERE o.installation_id = $1 AND o.price_hash IS NOT NULL
         AND NOT EXISTS (SELECT FROM erp_stage_keys k WHERE k.key = o.erp_id)
       RETURNING o.id::text, o.codigo AS sku, FALSE AS is_new`,
      [installationId, now],
    );
    return { deleted: rows.length, events: rows.map((row) => priceEvent(row, companyId, now)) };
  },
};

interface Changed {
  readonly id: string;
  readonly sku: string;
  readonly is_new: boolean;
}

/** A price whose product is not here. */
interface Stranger {
  readonly id: null;
  readonly key: string;
}

function priceEvent({ id, sku }: Changed, companyId: string, occurredAt: Date): NewEvent {
  const payload = { kind: 'UPDATED', productId: id, sku };
  return { topic: productChanged, companyId, siteId: null, key: id, occurredAt, payload };
}

/** `updated_at` has an index and stays: so a new price is written in the page of its row, and into no index. */
const mergeSql = `
  WITH staged AS MATERIALIZED (
    SELECT s.*, p.id, p.price_hash FROM erp_stage_prices s
    ${lookedUp('p', 'id, price_hash', 'inventory.erp_productos o WHERE o.installation_id = $1 AND o.erp_id = s.key')}),
  updated AS (
    UPDATE inventory.erp_productos p SET precio = s.price, price_hash = s.hash, last_synced_at = $2
    FROM staged s WHERE p.id = s.id AND s.price_hash IS DISTINCT FROM s.hash
    RETURNING p.id, p.codigo AS sku, s.key, s.price_hash IS NULL AS is_new)
  SELECT id::text, sku, key, is_new FROM updated
  UNION ALL SELECT NULL, NULL, key, FALSE FROM staged WHERE id IS NULL`;

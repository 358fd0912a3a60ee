import { type StockChanged, stockChanged } from '../../stock/stock-changes.ts';
import { copyList } from './copy-text.ts';
import type { EntityCopy } from './entity-copy.ts';
import { holdPlaces } from './hold-places.ts';
import { lookedUp } from './looked-up.ts';
import { isNegative, readDecimal, readKey, readText } from './read-values.ts';

/**
 * Balances of articles in warehouses, decimal and below zero as they are. Limits that people set here stay where the ERP
 * has none. A balance whose article or warehouse is not here fails until it is.
 */
export const copyStock: EntityCopy = {
  stage: [
    {
      name: 'erp_stage_stock',
      columns: `key text, product_key text, warehouse_key text, quantity numeric, minimum numeric, maximum numeric,
        reorder_point numeric, bin text, flags text[]`,
    },
  ],
  keyColumns: 1,
  read: ({ values: [key, product, warehouse, onHand, least, most, reorder, bin] }) => {
    const quantity = readDecimal(onHand, 'quantity') ?? '0';
    const maximum = readDecimal(most, 'maximum');
    return [
      [
        [
          ...[readKey(key), readKey(product), readKey(warehouse), quantity, readDecimal(least, 'minimum')],
          // Nobody means a highest stock of nothing.
          maximum === null || !/[1-9]/.test(maximum) ? null : maximum,
          ...[readDecimal(reorder, 'reorderPoint'), readText(bin, 100)],
          copyList(isNegative(quantity) ? ['NEGATIVE_STOCK'] : []),
        ],
      ],
    ];
  },
  async merge(client, { installationId, companyId, now, isAnnounced }) {
    await holdPlaces(client, installationId);
    const { rows } = await client.query<Changed | Stranger>(mergeSql, [installationId, companyId, now]);
    const changed = rows.filter((row) => row.reason === null);
    return {
      created: changed.filter(({ is_new }) => is_new).length,
      updated: changed.filter(({ is_new }) => !is_new).length,
      failed: rows.filter((row) => row.reason !== null),
      events: isAnnounced
        ? changed.map(({ is_new: _, key: _key, site_id, ...payload }) => ({
            ...{ topic: stockChanged, companyId, siteId: site_id, key: payload.stockLevelId, occurredAt: now },
            payload,
          }))
        : [],
    };
  },
  ours: () => ({
    from: 'inventory.erp_inventario o WHERE o.installation_id = $1 AND o.erp_id IS NOT NULL',
    key: 'o.erp_id',
    summed: 'o.stock_actual',
  }),
  async remove(client, { installationId }) {
    const { rowCount } = await client.query(
      `DELETE FROM inventory.erp_inventario o WHERE o.installation_id = $1 AND o.erp_id IS NOT NULL
         AND NOT EXISTS (SELECT FROM erp_stage_keys k WHERE k.key = o.erp_id)`,
      [installationId],
    );
    return { deleted: rowCount ?? 0, events: [] };
  },
};

type Changed = Omit<StockChanged, 'reason'> & {
  readonly key: string;
  readonly reason: null;
  readonly is_new: boolean;
  readonly site_id: string | null;
};

/** A balance whose article or warehouse is not here. */
interface Stranger {
  readonly key: string;
  readonly reason: string;
}

/** A level that people made before the ERP had it (`own`) is the same level. */
const mergeSql = `
  WITH staged AS MATERIALIZED (
    SELECT st.*, coalesce(l.id, own.id) AS id, p.id AS product_id, p.codigo, w.id AS warehouse_id, w.name, w.site_id,
      l.row_hash IS DISTINCT FROM st.hash OR l.stock_actual <> round(st.quantity, 5) AS is_other
    FROM erp_stage_stock st
    ${lookedUp('p', 'id, codigo', 'inventory.erp_productos o WHERE o.installation_id = $1 AND o.erp_id = st.product_key')}
    LEFT JOIN inventory.warehouses w ON w.installation_id = $1 AND w.erp_id = st.warehouse_key
    ${lookedUp('l', 'id, row_hash, stock_actual', 'inventory.erp_inventario o WHERE o.installation_id = $1 AND o.erp_id = st.key')}
    ${lookedUp('own', 'id', 'inventory.erp_inventario o WHERE l.id IS NULL AND o.producto_id = p.id AND o.warehouse_id IS NOT DISTINCT FROM w.id AND o.erp_id IS NULL')}),
  merged AS (
    MERGE INTO inventory.erp_inventario l
    USING (SELECT * FROM staged WHERE is_other AND product_id IS NOT NULL AND warehouse_id IS NOT NULL) c ON l.id = c.id
    WHEN MATCHED THEN UPDATE SET installation_id = $1, erp_id = c.key, stock_actual = c.quantity,
      stock_minimo = coalesce(c.minimum, l.stock_minimo), stock_maximo = coalesce(c.maximum, l.stock_maximo),
      reorder_point = coalesce(c.reorder_point, l.reorder_point), ubicacion = coalesce(c.bin, l.ubicacion), flags = c.flags,
      row_hash = c.hash, last_synced_at = $3, updated_at = greatest($3, l.updated_at + interval '1 millisecond')
    WHEN NOT MATCHED THEN INSERT (installation_id, erp_id, producto_id, warehouse_id, almacen, site_id, company_id,
        stock_actual, stock_minimo, stock_maximo, reorder_point, ubicacion, flags, row_hash, last_synced_at, updated_at)
      VALUES ($1, c.key, c.product_id, c.warehouse_id, c.name, c.site_id, $2, c.quantity, coalesce(c.minimum, 0), c.maximum,
        c.reorder_point, c.bin, c.flags, c.hash, $3, $3)
    RETURNING c.key, NULL::text AS reason, l.id::text AS "stockLevelId", l.producto_id::text AS "productId", c.codigo AS sku,
      l.almacen AS warehouse, trim_scale(old.stock_actual)::text AS "previousOnHand", trim_scale(l.stock_actual)::text AS "onHand",
      trim_scale(l.stock_minimo)::text AS minimum, trim_scale(l.stock_maximo)::text AS maximum,
      l.stock_actual < l.stock_minimo AS "isBelowMinimum", l.site_id::text, merge_action() = 'INSERT' AS is_new)
  SELECT * FROM merged
  UNION ALL
  SELECT key, CASE WHEN product_id IS NULL THEN 'UNKNOWN_PRODUCT' ELSE 'UNKNOWN_WAREHOUSE' END, NULL, NULL, NULL, NULL, NULL,
    NULL, NULL, NULL, NULL, NULL, NULL
  FROM staged WHERE product_id IS NULL OR warehouse_id IS NULL`;

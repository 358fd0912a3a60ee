import { type StockChanged, stockChanged } from '../../stock/stock-changes.ts';
import { copyList } from './copy-text.ts';
import type { EntityCopy } from './entity-copy.ts';
import { holdPlaces } from './hold-places.ts';
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
    const { rows: strangers } = await client.query<{ key: string; reason: string }>(
      `SELECT s.key, CASE WHEN p.id IS NULL THEN 'UNKNOWN_PRODUCT' ELSE 'UNKNOWN_WAREHOUSE' END AS reason
       FROM erp_stage_stock s
       LEFT JOIN inventory.erp_productos p ON p.installation_id = $1 AND p.erp_id = s.product_key
       LEFT JOIN inventory.warehouses w ON w.installation_id = $1 AND w.erp_id = s.warehouse_key
       WHERE p.id IS NULL OR w.id IS NULL`,
      [installationId],
    );
    // A level that people made before the ERP had it is the same level.
    await client.query(adoptSql, [installationId]);
    const { rows } = await client.query<Changed>(mergeSql, [installationId, companyId, now]);
    return {
      created: rows.filter(({ is_new }) => is_new).length,
      updated: rows.filter(({ is_new }) => !is_new).length,
      failed: strangers,
      events: isAnnounced
        ? rows.map(({ is_new: _, site_id, ...payload }) => ({
            ...{ topic: stockChanged, companyId, siteId: site_id, key: payload.stockLevelId, occurredAt: now },
            payload: { ...payload, reason: null },
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

type Changed = Omit<StockChanged, 'reason'> & { readonly is_new: boolean; readonly site_id: string | null };

const adoptSql = `
  UPDATE inventory.erp_inventario l SET installation_id = $1, erp_id = s.key
  FROM erp_stage_stock s
  JOIN inventory.erp_productos p ON p.installation_id = $1 AND p.erp_id = s.product_key
  JOIN inventory.warehouses w ON w.installation_id = $1 AND w.erp_id = s.warehouse_key
  WHERE l.erp_id IS NULL AND l.producto_id = p.id AND l.warehouse_id = w.id
    AND NOT EXISTS (SELECT FROM inventory.erp_inventario o WHERE o.installation_id = $1 AND o.erp_id = s.key)`;

const mergeSql = `
  WITH staged AS (SELECT s.*, md5(s::text) AS hash FROM erp_stage_stock s),
  changed AS MATERIALIZED (
    SELECT st.*, l.id, p.id AS product_id, p.codigo, w.id AS warehouse_id, w.name, w.site_id
    FROM staged st
    JOIN inventory.erp_productos p ON p.installation_id = $1 AND p.erp_id = st.product_key
    JOIN inventory.warehouses w ON w.installation_id = $1 AND w.erp_id = st.warehouse_key
    LEFT JOIN inventory.erp_inventario l ON l.installation_id = $1 AND l.erp_id = st.key
    WHERE l.id IS NULL OR l.row_hash IS DISTINCT FROM st.hash OR l.stock_actual <> round(st.quantity, 5))
  MERGE INTO inventory.erp_inventario l USING changed c ON l.id = c.id
  WHEN MATCHED THEN UPDATE SET stock_actual = c.quantity, stock_minimo = coalesce(c.minimum, l.stock_minimo),
    stock_maximo = coalesce(c.maximum, l.stock_maximo), reorder_point = coalesce(c.reorder_point, l.reorder_point),
    ubicacion = coalesce(c.bin, l.ubicacion), flags = c.flags, row_hash = c.hash, last_synced_at = $3,
    updated_at = greatest($3, l.updated_at + interval '1 millisecond')
  WHEN NOT MATCHED THEN INSERT (installation_id, erp_id, producto_id, warehouse_id, almacen, site_id, company_id,
      stock_actual, stock_minimo, stock_maximo, reorder_point, ubicacion, flags, row_hash, last_synced_at, updated_at)
    VALUES ($1, c.key, c.product_id, c.warehouse_id, c.name, c.site_id, $2, c.quantity, coalesce(c.minimum, 0), c.maximum,
      c.reorder_point, c.bin, c.flags, c.hash, $3, $3)
  RETURNING l.id::text AS "stockLevelId", l.producto_id::text AS "productId", c.codigo AS sku, l.almacen AS warehouse,
    trim_scale(old.stock_actual)::text AS "previousOnHand", trim_scale(l.stock_actual)::text AS "onHand",
    trim_scale(l.stock_minimo)::text AS minimum, trim_scale(l.stock_maximo)::text AS maximum,
    l.stock_actual < l.stock_minimo AS "isBelowMinimum", l.site_id::text, merge_action() = 'INSERT' AS is_new`;

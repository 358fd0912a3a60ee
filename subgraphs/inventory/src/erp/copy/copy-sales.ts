import { linkLines } from './copy-products.ts';
import type { CopyValue } from './copy-text.ts';
import type { EntityCopy, OurRows } from './entity-copy.ts';
import { holdPlaces } from './hold-places.ts';
import { idsIn, lookedUp } from './looked-up.ts';
import { negated, RowProblem, readDay, readDecimal, readKey, readMoment, readText } from './read-values.ts';

/**
 * Documents of sale with their lines; a return's are negative. A document that changed has its lines replaced. Lines
 * whose product, and documents whose customer, are not here yet keep what the ERP calls them until they are.
 */
export const copySales: EntityCopy = {
  stage: [
    {
      name: 'erp_stage_sales',
      columns: `key text, type text, folio text, sold_on date, sold_at timestamp, customer_key text, customer_name text,
        subtotal numeric, tax numeric, total numeric, status text, is_cancelled boolean, warehouse_key text, currency text, origin text`,
    },
    {
      name: 'erp_stage_sale_lines',
      columns: `key text, type text, position int, product_key text, sku text, description text, quantity numeric,
        unit_price numeric, discount_pct numeric, net_total numeric`,
    },
    { name: 'erp_changed_sales', columns: 'id uuid, key text, type text, site_id uuid, is_new boolean' },
  ],
  keyColumns: 2,
  read: ({ values, lines = [] }) => {
    const [id, kind, number, day, moment, customer, customerName, net, vat, sum, state, warehouse, money, origin] =
      values;
    const key = readKey(id);
    const type = types.get(String(kind ?? 'INVOICE').toUpperCase());
    if (type === undefined) throw new RowProblem(`UNKNOWN_TYPE: ${String(kind).slice(0, 20)}`);
    const signed = (value: string | null) => (type.endsWith('RETURN') ? negated(value) : value);
    const amount = (value: CopyValue | undefined, field: string) =>
      signed(readDecimal(typeof value === 'boolean' ? null : value, field));
    const status = readText(state, 20);
    const header = [
      ...[key, type, readText(number, 60) ?? key, readDay(day), readMoment(moment), readText(customer, 200)],
      ...[readText(customerName, 255), amount(net, 'subtotal'), amount(vat, 'tax'), amount(sum, 'total'), status],
      ...[status === 'C' || status?.toUpperCase() === 'CANCELADO', readText(warehouse, 200), readText(money, 3)],
      readText(origin, 80),
    ];
    return [
      [header],
      lines.map(([, product, sku, description, quantity, price, discount, netTotal], at) => [
        ...[key, type, at + 1, readText(product, 200), readText(sku, 50), readText(description, 1_000)],
        ...[amount(quantity, 'quantity') ?? '0', readDecimal(price, 'unitPrice')],
        ...[readDecimal(discount, 'discountPct', 3), amount(netTotal, 'netTotal')],
      ]),
    ];
  },
  async merge(client, { installationId, companyId, now, timeZone }) {
    await holdPlaces(client, installationId);
    const { rows } = await client.query<{ is_new: boolean }>(documentsSql, [installationId, companyId, now, timeZone]);
    const updated = rows.filter(({ is_new }) => !is_new).length;
    if (rows.length > updated) await client.query(linesSql, [installationId, companyId]);
    if (updated > 0) {
      await client.query(otherLinesSql, [installationId, companyId]);
      await client.query(fewerLinesSql, [installationId]);
    }
    return {
      ...{ created: rows.length - updated, updated },
      ...{ failed: [], events: [] },
    };
  },
  ours,
  async remove(client, { installationId, now }, part) {
    const { rowCount } = await client.query(
      `WITH gone AS (
         UPDATE inventory.erp_ventas s SET deleted_at = $2, updated_at = $2, row_hash = NULL
         WHERE s.id IN (SELECT o.id FROM ${ours(part).from}
           AND NOT EXISTS (SELECT FROM erp_stage_keys k WHERE k.key = o.erp_id))
         RETURNING s.id),
       lines AS (DELETE FROM inventory.erp_ventas_detalle d USING gone WHERE d.venta_id = gone.id)
       SELECT FROM gone`,
      [installationId, now],
    );
    return { deleted: rowCount ?? 0, events: [] };
  },
  settle: linkLines,
};

/** What a document may be called, by us and by views. */
const types: ReadonlyMap<string, string> = new Map([
  ...['INVOICE', 'RETURN', 'POS_SALE', 'POS_RETURN'].map((type): [string, string] => [type, type]),
  ['F', 'INVOICE'],
  ['D', 'RETURN'],
  ['V', 'POS_SALE'],
]);

/** Invoices and tickets count their ids each for themselves. */
function ours(part: string): OurRows {
  const own = {
    DOCTOS_VE: ` AND o.document_type IN ('INVOICE', 'RETURN')`,
    DOCTOS_PV: ` AND o.document_type IN ('POS_SALE', 'POS_RETURN')`,
  };
  const filter = part === 'DOCTOS_VE' || part === 'DOCTOS_PV' ? own[part] : '';
  return {
    from: `inventory.erp_ventas o WHERE o.installation_id = $1 AND o.erp_id IS NOT NULL AND o.deleted_at IS NULL${filter}`,
    key: 'o.erp_id',
    summed: 'o.total',
  };
}

/** What has no total is worth its lines, which are summed only where something has none. */
const documentsSql = `
  WITH sums AS (
    SELECT l.key, l.type, sum(l.net_total) AS net FROM erp_stage_sale_lines l
    WHERE (SELECT bool_or(s.total IS NULL OR s.subtotal IS NULL) FROM erp_stage_sales s) GROUP BY l.key, l.type),
  changed AS MATERIALIZED (
    SELECT st.*, n.net, v.id, c.id AS customer_id, c.nombre AS known_name, w.site_id FROM erp_stage_sales st
    ${lookedUp(
      'v',
      'id, row_hash, deleted_at',
      `inventory.erp_ventas o WHERE o.installation_id = $1 AND o.erp_id = st.key
      AND o.document_type = st.type::inventory.sale_document_type`,
    )}
    ${lookedUp('c', 'id, nombre', 'inventory.erp_clientes o WHERE o.installation_id = $1 AND o.erp_id = st.customer_key')}
    LEFT JOIN inventory.warehouses w ON w.installation_id = $1 AND w.erp_id = st.warehouse_key
    LEFT JOIN sums n ON n.key = st.key AND n.type = st.type
    WHERE v.id IS NULL OR v.row_hash IS DISTINCT FROM st.hash OR v.deleted_at IS NOT NULL),
  updated AS (
    UPDATE inventory.erp_ventas v SET folio = n.folio, fecha = n.sold_on, sold_at = n.sold_at AT TIME ZONE $4,
      cliente_id = n.customer_id, cliente_erp_id = n.customer_key, cliente_nombre = coalesce(n.customer_name, n.known_name),
      subtotal = coalesce(n.subtotal, n.net), iva = n.tax, total = coalesce(n.total, n.net), estatus = n.status,
      is_cancelled = n.is_cancelled, currency = n.currency, site_id = n.site_id, almacen_erp_id = n.warehouse_key,
      documento_origen = n.origin,
      row_hash = n.hash, deleted_at = NULL, last_synced_at = $3, updated_at = $3
    FROM changed n WHERE v.id = n.id AND ${idsIn('v.id', 'changed')} RETURNING v.id, n.key, n.type, v.site_id, FALSE AS is_new),
  created AS (
    INSERT INTO inventory.erp_ventas (installation_id, company_id, erp_id, document_type, folio, fecha, sold_at, cliente_id,
      cliente_erp_id, cliente_nombre, subtotal, iva, total, estatus, is_cancelled, currency, site_id, almacen_erp_id,
      documento_origen, row_hash,
      last_synced_at, updated_at)
    SELECT $1, $2, n.key, n.type::inventory.sale_document_type, n.folio, n.sold_on, n.sold_at AT TIME ZONE $4, n.customer_id,
      n.customer_key, coalesce(n.customer_name, n.known_name), coalesce(n.subtotal, n.net), n.tax, coalesce(n.total, n.net),
      n.status, n.is_cancelled, n.currency, n.site_id, n.warehouse_key, n.origin, n.hash, $3, $3
    FROM changed n WHERE n.id IS NULL
    RETURNING id, erp_id AS key, document_type::text AS type, site_id, TRUE AS is_new),
  kept AS (
    INSERT INTO erp_changed_sales (id, key, type, site_id, is_new)
    SELECT * FROM updated UNION ALL SELECT * FROM created)
  SELECT is_new FROM updated UNION ALL SELECT is_new FROM created`;

const linesOf = (choice: string) => `
  INSERT INTO inventory.erp_ventas_detalle AS d (venta_id, posicion, installation_id, producto_id, producto_erp_id, codigo,
    descripcion, cantidad, precio_unitario, descuento_pct, total_neto, fecha, is_cancelled, site_id, company_id)
  SELECT n.id, l.position, $1, p.id, l.product_key, l.sku, l.description, l.quantity, l.unit_price, l.discount_pct,
    l.net_total, s.sold_on, s.is_cancelled, n.site_id, $2
  FROM erp_changed_sales n
  JOIN erp_stage_sales s ON s.key = n.key AND s.type = n.type
  JOIN erp_stage_sale_lines l ON l.key = n.key AND l.type = n.type
  ${lookedUp('p', 'id', 'inventory.erp_productos o WHERE o.installation_id = $1 AND o.erp_id = l.product_key')}
  WHERE ${choice}`;

const linesSql = linesOf('n.is_new');

const otherLinesSql = `${linesOf('NOT n.is_new')}
  ON CONFLICT (venta_id, posicion) DO UPDATE SET producto_id = excluded.producto_id,
    producto_erp_id = excluded.producto_erp_id, codigo = excluded.codigo, descripcion = excluded.descripcion,
    cantidad = excluded.cantidad, precio_unitario = excluded.precio_unitario, descuento_pct = excluded.descuento_pct,
    total_neto = excluded.total_neto, fecha = excluded.fecha, is_cancelled = excluded.is_cancelled, site_id = excluded.site_id`;

const fewerLinesSql = `
  DELETE FROM inventory.erp_ventas_detalle d USING erp_changed_sales n
  WHERE d.venta_id = n.id AND NOT n.is_new AND d.installation_id = $1 AND NOT EXISTS (
    SELECT FROM erp_stage_sale_lines l WHERE l.key = n.key AND l.type = n.type AND l.position = d.posicion)`;

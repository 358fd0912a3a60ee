import { type DemoSite, demoCompanies, demoSites } from '../demo-places.ts';
import { sourceId } from './sources.ts';

const warehouse = (site: DemoSite, ordersPerDay: number, code: string) => ({
  siteId: site.id,
  companyId: site.companyId,
  sourceId: sourceId('WMS', site.companyId === demoCompanies.ribera.id ? demoCompanies.ribera : demoCompanies.quillay),
  ordersPerDay,
  code,
});

/** Where orders are picked, and how many on an ordinary day. */
export const warehouses = [
  warehouse(demoSites.plantaNorte, 8, 'PN'),
  warehouse(demoSites.plantaSur, 6, 'PS'),
  warehouse(demoSites.bodegaCentral, 12, 'BC'),
  warehouse(demoSites.plantaQuillay, 7, 'PQ'),
];

/** Quiet on Sundays, half on Saturdays, a third more before the holidays; some never shipped, a few without customer. */
export const ordersSql = `
  WITH warehouses AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb)
      AS w ("siteId" uuid, "companyId" uuid, "sourceId" uuid, "ordersPerDay" int, code text)
  ),
  customers AS MATERIALIZED (
    SELECT id, erp_id, company_id, (row_number() OVER (PARTITION BY company_id ORDER BY id) - 1)::int AS position
    FROM inventory.erp_clientes
  ),
  days AS (
    SELECT w.*, d.day,
           round("ordersPerDay" * CASE extract(isodow FROM d.day) WHEN 7 THEN 0.1 WHEN 6 THEN 0.5 ELSE 1 END
             * (1 + 0.3 * (extract(month FROM d.day) IN (9, 12))::int) * (0.9 + 0.2 * (d.day - ($2::date - $3::int))::float / $3::int)
             * (0.7 + 0.6 * pg_temp.chance('day' || w.code || d.day)))::int AS orders
    FROM warehouses w
    CROSS JOIN LATERAL (SELECT generate_series($2::date - $3::int, $2::date, interval '1 day')::date AS day) AS d
  ),
  placed AS MATERIALIZED (
    SELECT days.*, n, (SELECT count(*) FROM customers WHERE company_id = days."companyId") AS customers, code || to_char(day, 'YYMMDD') || lpad(n::text, 3, '0') AS number,
           (day + make_interval(secs => 28800 + 36000 * pg_temp.chance('at' || code || day || n))) AT TIME ZONE 'America/Santiago' AS ordered_at
    FROM days CROSS JOIN LATERAL generate_series(1, orders) AS n
  )
  INSERT INTO finance.orders (source_id, company_id, site_id, order_id, order_type, status, ordered_at, shipped_at,
                              customer_source_id, customer_id, items_count, total, currency, source_modified_at, loaded_at)
  SELECT p."sourceId", p."companyId", p."siteId", p.number,
         CASE WHEN pg_temp.chance('type' || p.number) < 0.08 THEN 'TRANSFER' ELSE 'SALE' END,
         CASE WHEN shipped.at IS NULL THEN 'OPEN' ELSE 'SHIPPED' END,
         p.ordered_at, shipped.at, c.erp_id, c.id, 1 + (4 * pg_temp.chance('lines' || p.number))::int, NULL, 'CLP',
         coalesce(shipped.at, p.ordered_at), $4
  FROM placed p
  CROSS JOIN LATERAL (
    SELECT CASE WHEN due.at < $4::timestamptz AND pg_temp.chance('open' || p.number) > 0.01 THEN due.at END AS at
    FROM (SELECT p.ordered_at + make_interval(hours => (4 + 30 * power(pg_temp.chance('ship' || p.number), 3))::int) AS at) due
  ) shipped
  LEFT JOIN customers c ON c.company_id = p."companyId"
    AND c.position = CASE WHEN pg_temp.chance('who' || p.number) > 0.03
      THEN floor(power(pg_temp.chance('which' || p.number), 2) * p.customers)::int END
  WHERE p.ordered_at <= $4::timestamptz`;

/** Lines from the inventory's own products, with prices near theirs; then each order's total, and two bad rows. */
export const linesSql = `
  WITH products AS MATERIALIZED (
    SELECT id, codigo, precio, company_id, (row_number() OVER (PARTITION BY company_id ORDER BY codigo) - 1)::int AS position
    FROM inventory.erp_productos WHERE precio > 0
  ),
  wanted AS MATERIALIZED (
    SELECT o.id, o.order_id AS number, o.ordered_at, o.company_id, o.site_id, n,
           floor(power(pg_temp.chance('sku' || o.order_id || n), 3) * totals.products)::int AS position
    FROM finance.orders o
    JOIN (SELECT company_id, count(*) AS products FROM products GROUP BY company_id) totals USING (company_id)
    CROSS JOIN LATERAL generate_series(1, o.items_count) AS n
  ),
  picked AS (
    SELECT w.id AS order_id, n, w.ordered_at, w.company_id, w.site_id, p.id AS product_id, p.codigo,
           (1 + floor(12 * power(pg_temp.chance('qty' || number || n), 2)))::numeric AS quantity,
           round(p.precio * (0.95 + 0.1 * pg_temp.chance('price' || number || n))::numeric, 0) AS price
    FROM wanted w JOIN products p USING (company_id, position)
  ),
  inserted AS (
    INSERT INTO finance.order_lines (order_id, line_number, sku, product_id, quantity, unit_price, total, ordered_at, company_id, site_id)
    SELECT order_id, n, codigo, product_id, quantity, price, round(quantity * price, 2), ordered_at, company_id, site_id FROM picked
    RETURNING order_id, total
  )
  UPDATE finance.orders o SET total = sums.total, items_count = sums.lines
  FROM (SELECT order_id, sum(total) AS total, count(*)::int AS lines FROM inserted GROUP BY order_id) sums
  WHERE sums.order_id = o.id`;

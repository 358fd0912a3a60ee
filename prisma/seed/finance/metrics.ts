const wms = (formula: string) => ({ source: 'WMS', table: 'finance.orders', formula });

/** What the demo's metrics mean; values follow from the orders, books and staff beside them. */
export const metricDefinitions = [
  {
    name: 'orders',
    labelEs: 'Pedidos',
    labelEn: 'Orders',
    unit: 'pedidos',
    additivity: 'ADDITIVE',
    isHigherBetter: true,
    description: 'Orders placed on the day, transfers between warehouses left out.',
    lineage: wms("count(*) where order_type = 'SALE'"),
    dashboards: ['CEO', 'LEADERS', 'WAREHOUSE'],
  },
  {
    name: 'revenue',
    labelEs: 'Ventas',
    labelEn: 'Revenue',
    unit: 'CLP',
    additivity: 'ADDITIVE',
    isHigherBetter: true,
    description: 'Amount of the orders placed on the day, transfers left out, taxes not included.',
    lineage: wms("sum(total) where order_type = 'SALE'"),
    dashboards: ['CEO', 'CFO', 'LEADERS'],
  },
  {
    name: 'order_lines',
    labelEs: 'Líneas preparadas',
    labelEn: 'Lines picked',
    unit: 'líneas',
    additivity: 'ADDITIVE',
    isHigherBetter: true,
    description: 'Lines of the orders placed on the day.',
    lineage: wms('sum(items_count)'),
    dashboards: ['WAREHOUSE', 'LEADERS'],
  },
  {
    name: 'on_time_pct',
    labelEs: 'A tiempo',
    labelEn: 'On time',
    unit: '%',
    additivity: 'RATIO',
    isHigherBetter: true,
    description: 'Share of the orders placed on the day that left within 24 hours.',
    lineage: wms('count(shipped_at <= ordered_at + 24 h) / count(*)'),
    dashboards: ['CEO', 'LEADERS', 'WAREHOUSE'],
  },
  {
    name: 'backlog',
    labelEs: 'Pedidos pendientes',
    labelEn: 'Backlog',
    unit: 'pedidos',
    additivity: 'SNAPSHOT',
    isHigherBetter: false,
    description: 'Orders placed and not shipped at the end of the day.',
    lineage: wms('count(not shipped by midnight)'),
    dashboards: ['WAREHOUSE', 'LEADERS'],
  },
  {
    name: 'headcount',
    labelEs: 'Dotación',
    labelEn: 'Headcount',
    unit: 'personas',
    additivity: 'SNAPSHOT',
    isHigherBetter: null,
    description: 'People employed at the end of the day.',
    lineage: { source: 'ADP', table: 'finance.workers' },
    dashboards: ['CEO', 'CFO'],
  },
] as const;

const insert = `INSERT INTO finance.daily_metrics (date, metric, company_id, site_id, value, unit, numerator, denominator, updated_at)`;
const perDay = `
  SELECT (ordered_at AT TIME ZONE 'America/Santiago')::date AS day, company_id, site_id,
         count(*) FILTER (WHERE order_type = 'SALE') AS orders,
         coalesce(sum(total) FILTER (WHERE order_type = 'SALE'), 0) AS revenue,
         sum(items_count) AS lines,
         count(*) FILTER (WHERE shipped_at <= ordered_at + interval '24 hours') AS on_time, count(*) AS placed
  FROM finance.orders WHERE $1::date IS NOT NULL AND $2::int IS NOT NULL GROUP BY 1, 2, 3`;

/** Parameters: today, days, now. */
export const metricsSql: readonly string[] = [
  `${insert}
   SELECT d.day, m.metric, d.company_id, d.site_id, m.value, m.unit, m.numerator, m.denominator, $3::timestamptz - interval '26 minutes'
   FROM (${perDay}) d CROSS JOIN LATERAL (VALUES
     ('orders', d.orders::numeric, 'pedidos', NULL::numeric, NULL::numeric),
     ('revenue', d.revenue, 'CLP', NULL, NULL),
     ('order_lines', d.lines::numeric, 'líneas', NULL, NULL),
     ('on_time_pct', round(100.0 * d.on_time / d.placed, 4), '%', d.on_time::numeric, d.placed::numeric)
   ) AS m (metric, value, unit, numerator, denominator)`,
  // Placed so far less shipped so far: two running sums instead of a look at all orders for each day.
  `${insert}
   WITH moves AS (
     SELECT (ordered_at AT TIME ZONE 'America/Santiago')::date AS day, company_id, site_id, 1 AS moved FROM finance.orders
     UNION ALL
     SELECT (shipped_at AT TIME ZONE 'America/Santiago')::date, company_id, site_id, -1 FROM finance.orders WHERE shipped_at IS NOT NULL
   ),
   places AS (SELECT DISTINCT company_id, site_id FROM finance.orders),
   days AS (
     SELECT p.company_id, p.site_id, d::date AS day FROM places p
     CROSS JOIN generate_series($1::date - $2::int, $1::date, interval '1 day') AS d
   )
   SELECT days.day, 'backlog', days.company_id, days.site_id,
          sum(coalesce(m.moved, 0)) OVER (PARTITION BY days.site_id ORDER BY days.day), 'pedidos', NULL, NULL,
          $3::timestamptz - interval '26 minutes'
   FROM days LEFT JOIN (SELECT day, site_id, sum(moved) AS moved FROM moves GROUP BY 1, 2) m
     ON m.day = days.day AND m.site_id = days.site_id`,
  `${insert}
   SELECT d::date, 'headcount', w.company_id, w.site_id, count(*), 'personas', NULL, NULL, $3::timestamptz - interval '5 hours'
   FROM generate_series($1::date - $2::int, $1::date, interval '1 day') AS d
   JOIN finance.workers w ON w.hired_on <= d::date AND (w.terminated_on IS NULL OR w.terminated_on > d::date)
   GROUP BY 1, 3, 4`,
];

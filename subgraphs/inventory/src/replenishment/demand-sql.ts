import { Prisma } from '@cauce/prisma/client';
import { anyOf } from '../reach-sql.ts';
import { demandDays, inDemandDays, todaySql } from '../today-sql.ts';

/** A forecast that starts more days ago than this knows too little of what was sold since. */
export const freshForecastDays = 7;

/** What is bought for a site, or of some products for it. */
export interface Bought {
  readonly siteId: string;
  readonly now: Date;
  /** All when left out. */
  readonly productIds?: readonly string[];
}

/**
 * The stock, the settings and the demand of what is bought, as a list of CTEs that ends in `input`.
 *
 * The demand is the forecast of the product at the site, where it is fresh (it starts within the last 7 days) and reaches
 * over lead time and review period: its expected units of each day from today, and its standard deviation of the sum
 * through the last of those days, which the errors of the backtest say. Both are kept with the forecast for each number of
 * days, so they are looked up and not summed. Else it is the net demand of the last 90 complete
 * days, days without sales counting as zero: its mean for each day to come, and its standard deviation times √days.
 *
 * Nothing older than those days is read: the cost follows products and trade, not the length of the history.
 * @param day what `buyingDaySql` answers; said in the statement, so that the planner knows how much the days are
 */
export function demandSql({ siteId, productIds }: Bought, day: string): Prisma.Sql {
  const site = Prisma.sql`${siteId}::uuid`;
  const today = Prisma.sql`${day}::date`;
  const of = (column: string) =>
    productIds === undefined ? Prisma.empty : Prisma.sql`AND ${anyOf(Prisma.raw(column), productIds)}`;
  return Prisma.sql`
    stock AS (
      SELECT l.producto_id AS product_id, sum(l.stock_actual) AS on_hand, sum(l.stock_minimo) AS minimum,
        CASE WHEN count(*) = count(l.stock_maximo) THEN sum(l.stock_maximo) END AS maximum
      FROM inventory.erp_inventario l WHERE l.site_id = ${site} ${of('l.producto_id')} GROUP BY l.producto_id
    ), setting AS (
      SELECT DISTINCT ON (r.product_id) r.* FROM inventory.replenishment_settings r
      WHERE (r.site_id = ${site} OR r.site_id IS NULL) ${of('r.product_id')} ORDER BY r.product_id, r.site_id NULLS LAST
    ), bought AS (
      SELECT p.id AS product_id, p.costo AS cost, greatest(coalesce(p.precio, p.costo, 0), 0) AS price, stock.on_hand,
        greatest(coalesce(setting.minimum, stock.minimum), 0) AS minimum, coalesce(setting.maximum, stock.maximum) AS maximum,
        coalesce(setting.lead_time_days, 7) AS lead_days, coalesce(setting.review_period_days, 7) AS review_days,
        coalesce(setting.pack_size, 1) AS pack, coalesce(setting.minimum_order, 0) AS minimum_order,
        coalesce(setting.service_level, 0.95) AS service_level, setting.supplier_name AS supplier, setting.id AS setting_id
      FROM stock JOIN inventory.erp_productos p ON p.id = stock.product_id
      LEFT JOIN setting ON setting.product_id = p.id
      WHERE p.activo AND p.deleted_at IS NULL
    ), told AS MATERIALIZED (
      SELECT bought.*, kept.starts_on AS forecast_from, kept.is_fresh, reach.is_forecast,
        CASE WHEN reach.is_forecast THEN ${told('expected_sums', 'lead_days')} END AS told_lead,
        CASE WHEN reach.is_forecast THEN ${told('expected_sums', 'lead_days + review_days')} END AS told_all,
        CASE WHEN reach.is_forecast AND lead_days > 0 THEN kept.sum_deviations[age + lead_days]::numeric ELSE 0 END AS told_lead_deviation,
        CASE WHEN reach.is_forecast THEN kept.sum_deviations[age + lead_days + review_days]::numeric END AS told_all_deviation
      -- Looked up for each product: with its sums a forecast is too large to be hashed, which would go to the disk.
      FROM bought LEFT JOIN LATERAL (
        SELECT f.starts_on, f.horizon_days, f.expected_sums, f.sum_deviations, ${today} - f.starts_on AS age,
          f.starts_on BETWEEN ${today} - ${freshForecastDays}::int AND ${today} AS is_fresh
        FROM inventory.demand_forecasts f WHERE f.site_id = ${site} AND f.product_id = bought.product_id OFFSET 0) kept ON TRUE
      CROSS JOIN LATERAL (SELECT coalesce(kept.is_fresh AND lead_days + review_days > 0
        AND kept.age + lead_days + review_days <= kept.horizon_days, FALSE) AS is_forecast) reach
    ), sold AS (
      -- Sorted once, because two hashes of as many groups as there are rows would go to the disk; read once and by the
      -- days, not for each product, and not at all where each has a forecast.
      SELECT line.product_id, line.fecha, sum(line.cantidad) AS quantity FROM (
        SELECT d.product_id, d.fecha, d.cantidad
        FROM (
          SELECT d.producto_id AS product_id, d.fecha, d.cantidad FROM inventory.erp_ventas_detalle d
          WHERE d.site_id = ${site} AND d.producto_id IS NOT NULL AND NOT d.is_cancelled
            AND ${inDemandDays(Prisma.sql`d.fecha`, today)} ${of('d.producto_id')} OFFSET 0) d
        JOIN told t ON t.product_id = d.product_id WHERE NOT t.is_forecast
        ORDER BY d.product_id, d.fecha OFFSET 0) line
      GROUP BY line.product_id, line.fecha
    ), demand AS MATERIALIZED (
      SELECT product_id, greatest(sum(quantity), 0) / ${demandDays}::numeric AS daily,
        sqrt(greatest(sum(quantity * quantity) - sum(quantity) * sum(quantity) / ${demandDays}, 0)::float8
          / ${demandDays - 1})::numeric AS deviation
      FROM sold GROUP BY product_id
    ), input AS (
      SELECT told.*, coalesce(demand.daily, 0) AS sold_daily, coalesce(demand.deviation, 0) AS sold_deviation,
        CASE WHEN is_forecast THEN told_lead ELSE coalesce(daily, 0) * lead_days END AS over_lead,
        CASE WHEN is_forecast THEN told_all ELSE coalesce(daily, 0) * (lead_days + review_days) END AS over_all,
        CASE WHEN is_forecast THEN told_lead_deviation ELSE coalesce(deviation, 0) * sqrt(lead_days)::numeric END AS lead_deviation,
        CASE WHEN is_forecast THEN told_all_deviation
          ELSE coalesce(deviation, 0) * sqrt(lead_days + review_days)::numeric END AS all_deviation
      FROM told LEFT JOIN demand ON demand.product_id = told.product_id OFFSET 0
    )`;
}

/** Units expected of so many days from today: the sum through the last of them, less the one through yesterday. */
function told(sums: string, days: string): Prisma.Sql {
  return Prisma.raw(`round((coalesce(kept.${sums}[age + ${days}], 0) - coalesce(kept.${sums}[age], 0))::numeric, 5)`);
}

/** The calendar day that it is where a site buys. */
export function buyingDaySql({ siteId, now }: Bought): Prisma.Sql {
  const company = Prisma.sql`i.company_id = (SELECT w.company_id FROM inventory.warehouses w WHERE w.site_id = ${siteId}::uuid LIMIT 1)`;
  return Prisma.sql`SELECT ${todaySql(now, company)}::text AS day`;
}

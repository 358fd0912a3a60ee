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
 * through the last of those days, which the errors of the backtest say. Else it is the net demand of the last 90 complete
 * days, days without sales counting as zero: its mean for each day to come, and its standard deviation times √days.
 *
 * Nothing older than those days is read: the cost follows products and trade, not the length of the history.
 */
export function demandSql({ siteId, now, productIds }: Bought): Prisma.Sql {
  const site = Prisma.sql`${siteId}::uuid`;
  const of = (column: string) =>
    productIds === undefined ? Prisma.empty : Prisma.sql`AND ${anyOf(Prisma.raw(column), productIds)}`;
  const company = Prisma.sql`i.company_id = (SELECT w.company_id FROM inventory.warehouses w WHERE w.site_id = ${site} LIMIT 1)`;
  const today = Prisma.sql`(SELECT day FROM today)`;
  return Prisma.sql`
    today AS MATERIALIZED (SELECT ${todaySql(now, company)} AS day),
    stock AS (
      SELECT l.producto_id AS product_id, sum(l.stock_actual) AS on_hand, sum(l.stock_minimo) AS minimum,
        CASE WHEN count(*) = count(l.stock_maximo) THEN sum(l.stock_maximo) END AS maximum
      FROM inventory.erp_inventario l WHERE l.site_id = ${site} ${of('l.producto_id')} GROUP BY l.producto_id
    ), sold AS (
      SELECT d.producto_id AS product_id, d.fecha, sum(d.cantidad) AS quantity
      FROM inventory.erp_ventas_detalle d
      WHERE d.site_id = ${site} AND d.producto_id IS NOT NULL AND NOT d.is_cancelled
        AND ${inDemandDays(Prisma.sql`d.fecha`, today)} ${of('d.producto_id')}
      GROUP BY d.producto_id, d.fecha
    ), demand AS (
      SELECT product_id, greatest(sum(quantity), 0) / ${demandDays}::numeric AS daily,
        sqrt(greatest(sum(quantity * quantity) - sum(quantity) * sum(quantity) / ${demandDays}, 0)::float8
          / ${demandDays - 1})::numeric AS deviation
      FROM sold GROUP BY product_id
    ), setting AS (
      SELECT DISTINCT ON (r.product_id) r.* FROM inventory.replenishment_settings r
      WHERE (r.site_id = ${site} OR r.site_id IS NULL) ${of('r.product_id')} ORDER BY r.product_id, r.site_id NULLS LAST
    ), bought AS (
      SELECT p.id AS product_id, p.company_id, p.codigo AS sku, p.nombre AS name, p.unidad_medida AS unit, p.costo AS cost,
        greatest(coalesce(p.precio, p.costo, 0), 0) AS price, stock.on_hand,
        greatest(coalesce(setting.minimum, stock.minimum), 0) AS minimum, coalesce(setting.maximum, stock.maximum) AS maximum,
        coalesce(demand.daily, 0) AS sold_daily, coalesce(demand.deviation, 0) AS sold_deviation,
        coalesce(setting.lead_time_days, 7) AS lead_days, coalesce(setting.review_period_days, 7) AS review_days,
        coalesce(setting.pack_size, 1) AS pack, coalesce(setting.minimum_order, 0) AS minimum_order,
        coalesce(setting.service_level, 0.95) AS service_level, setting.supplier_name AS supplier, setting.id AS setting_id
      FROM stock JOIN inventory.erp_productos p ON p.id = stock.product_id
      LEFT JOIN demand ON demand.product_id = p.id LEFT JOIN setting ON setting.product_id = p.id
      WHERE p.activo AND p.deleted_at IS NULL
    ), forecast AS (
      SELECT b.product_id, f.starts_on, f.starts_on BETWEEN ${today} - ${freshForecastDays}::int AND ${today} AS is_fresh,
        reach.days = b.lead_days + b.review_days AS reaches, reach.over_lead, reach.over_all, reach.lead_deviation, reach.all_deviation
      FROM bought b JOIN inventory.demand_forecasts f ON f.product_id = b.product_id AND f.site_id = ${site}
      LEFT JOIN LATERAL (
        SELECT count(*)::int AS days, coalesce(sum(p.expected), 0) AS over_all, coalesce(max(p.sum_deviation), 0) AS all_deviation,
          coalesce(sum(p.expected) FILTER (WHERE p.date < ${today} + b.lead_days), 0) AS over_lead,
          coalesce(max(p.sum_deviation) FILTER (WHERE p.date < ${today} + b.lead_days), 0) AS lead_deviation
        FROM inventory.demand_forecast_points p
        WHERE p.forecast_id = f.id AND p.date >= ${today} AND p.date < ${today} + b.lead_days + b.review_days
      ) reach ON f.starts_on BETWEEN ${today} - ${freshForecastDays}::int AND ${today}
    ), told AS (
      SELECT bought.*, coalesce(f.is_fresh AND f.reaches, FALSE) AS is_forecast, f.starts_on AS forecast_from, f.is_fresh,
        f.over_lead AS told_lead, f.over_all AS told_all, f.lead_deviation AS told_lead_deviation, f.all_deviation AS told_all_deviation
      FROM bought LEFT JOIN forecast f ON f.product_id = bought.product_id
    ), input AS (
      SELECT told.*,
        CASE WHEN is_forecast THEN told_lead ELSE sold_daily * lead_days END AS over_lead,
        CASE WHEN is_forecast THEN told_all ELSE sold_daily * (lead_days + review_days) END AS over_all,
        CASE WHEN is_forecast THEN told_lead_deviation ELSE sold_deviation * sqrt(lead_days)::numeric END AS lead_deviation,
        CASE WHEN is_forecast THEN told_all_deviation ELSE sold_deviation * sqrt(lead_days + review_days)::numeric END AS all_deviation
      FROM told
    )`;
}

import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { ListCursor } from '../list-cursor.ts';
import { anyOf, reachedIds } from '../reach-sql.ts';
import { demandDays, inDemandDays, todaySql } from '../today-sql.ts';
import type { ReplenishmentProposal } from './replenishment.ts';

/** Works out what a site should buy, from its stock and its sales. */
export interface ReplenishmentStore {
  /** Most money at risk first. Nothing for a site that the viewer does not reach. */
  page(siteId: string, now: Date, cursor: ListCursor): Promise<ReplenishmentProposal[]>;
  count(siteId: string, now: Date): Promise<number>;
}

export function createReplenishmentStore(client: PrismaClient, viewer: Viewer): ReplenishmentStore {
  const reached = (siteId: string) => reachedIds(viewer.siteIds, [siteId]);
  return {
    async page(siteId, now, { limit, after }) {
      const [site] = reached(siteId);
      if (site === undefined) return [];
      const continues =
        after === null
          ? Prisma.empty
          : Prisma.sql`WHERE at_risk < ${after.value}::numeric OR (at_risk = ${after.value}::numeric AND product_id > ${after.id}::uuid)`;
      return client.$queryRaw<ReplenishmentProposal[]>`
        WITH ${proposals(site, now)}
        SELECT product_id AS "productId", ${site} AS "siteId", reason, trim_scale(quantity)::text AS quantity,
          trim_scale(round(quantity * cost, 2))::text AS "orderCost", trim_scale(at_risk)::text AS "valueAtRisk",
          trim_scale(on_hand)::text AS "onHand", trim_scale(minimum)::text AS minimum, trim_scale(maximum)::text AS maximum,
          ${short(Prisma.raw('daily'))} AS "dailyDemand", ${short(Prisma.raw('deviation'))} AS "demandDeviation",
          lead_days AS "leadTimeDays", review_days AS "reviewPeriodDays", trim_scale(service_level)::text AS "serviceLevel",
          trim_scale(pack)::text AS "packSize", ${short(Prisma.raw('safety'))} AS "safetyStock",
          ${short(Prisma.raw('reorder_point'))} AS "reorderPoint", ${short(Prisma.raw('target'))} AS "targetLevel",
          unit, supplier AS "supplierName"
        FROM proposal ${continues} ORDER BY at_risk DESC, product_id LIMIT ${limit + 1}`;
    },
    async count(siteId, now) {
      const [site] = reached(siteId);
      if (site === undefined) return 0;
      const [row] = await client.$queryRaw<{ count: number }[]>`
        WITH ${proposals(site, now)} SELECT count(*)::int AS count FROM proposal`;
      return row?.count ?? 0;
    },
  };
}

/**
 * The proposals of a site, as the last of a list of CTEs. With d and s the mean and the deviation of the net demand of a
 * day over the last 90 complete days (days without sales count as zero), L the lead time, R the days between reviews and
 * z the normal quantile of the service level:
 *
 *   safety stock   z s √(L + R)
 *   reorder point  the greater of the minimum and  d L + z s √L
 *   target         the greater of the minimum and  d (L + R) + safety stock,  at most the maximum
 *   quantity       target − on hand, at least the minimum order, rounded up to whole packs
 *   money at risk  (d L − on hand) times the price: demand that will come before an order of today does
 *
 * A product is proposed when what is on hand is at or below the reorder point and below the target.
 */
function proposals(site: string, now: Date): Prisma.Sql {
  const at = anyOf(Prisma.sql`w.site_id`, [site]);
  const today = todaySql(
    now,
    Prisma.sql`i.company_id = (SELECT w.company_id FROM inventory.warehouses w WHERE ${at} LIMIT 1)`,
  );
  return Prisma.sql`
    stock AS (
      SELECT l.producto_id AS product_id, sum(l.stock_actual) AS on_hand, sum(l.stock_minimo) AS minimum,
        CASE WHEN count(*) = count(l.stock_maximo) THEN sum(l.stock_maximo) END AS maximum
      FROM inventory.erp_inventario l WHERE l.site_id = ${site}::uuid GROUP BY l.producto_id
    ), sold AS (
      SELECT d.producto_id AS product_id, d.fecha, sum(d.cantidad) AS quantity
      FROM inventory.erp_ventas_detalle d
      WHERE d.site_id = ${site}::uuid AND d.producto_id IS NOT NULL AND NOT d.is_cancelled
        AND ${inDemandDays(Prisma.sql`d.fecha`, today)}
      GROUP BY d.producto_id, d.fecha
    ), demand AS (
      SELECT product_id, greatest(sum(quantity), 0) / ${demandDays}::numeric AS daily,
        sqrt(greatest(sum(quantity * quantity) - sum(quantity) * sum(quantity) / ${demandDays}, 0)::float8
          / ${demandDays - 1})::numeric AS deviation
      FROM sold GROUP BY product_id
    ), setting AS (
      SELECT DISTINCT ON (r.product_id) r.* FROM inventory.replenishment_settings r
      WHERE r.site_id = ${site}::uuid OR r.site_id IS NULL ORDER BY r.product_id, r.site_id NULLS LAST
    ), input AS (
      SELECT p.id AS product_id, p.unidad_medida AS unit, p.costo AS cost, greatest(coalesce(p.precio, p.costo), 0) AS price,
        stock.on_hand, greatest(coalesce(setting.minimum, stock.minimum), 0) AS minimum,
        coalesce(setting.maximum, stock.maximum) AS maximum, coalesce(demand.daily, 0) AS daily,
        coalesce(demand.deviation, 0) AS deviation, coalesce(setting.lead_time_days, 7) AS lead_days,
        coalesce(setting.review_period_days, 7) AS review_days, coalesce(setting.pack_size, 1) AS pack,
        coalesce(setting.minimum_order, 0) AS minimum_order, coalesce(setting.service_level, 0.95) AS service_level,
        setting.supplier_name AS supplier
      FROM stock JOIN inventory.erp_productos p ON p.id = stock.product_id
      LEFT JOIN demand ON demand.product_id = p.id LEFT JOIN setting ON setting.product_id = p.id
      WHERE p.activo AND p.deleted_at IS NULL
    ), quantile AS (SELECT input.*, ${normalQuantile(Prisma.raw('service_level::float8'))}::numeric AS z FROM input),
    level AS (
      SELECT quantile.*, z * deviation * sqrt(lead_days + review_days)::numeric AS safety,
        greatest(minimum, daily * lead_days + z * deviation * sqrt(lead_days)::numeric) AS reorder_point,
        round(greatest(daily * lead_days - greatest(on_hand, 0), 0) * coalesce(price, 0), 2) AS at_risk
      FROM quantile
    ), goal AS (
      SELECT level.*, least(greatest(minimum, daily * (lead_days + review_days) + safety), maximum) AS target FROM level
    ), proposal AS (
      SELECT goal.*, ceil(greatest(target - on_hand, minimum_order) / pack) * pack AS quantity,
        CASE WHEN on_hand < 0 THEN 'NEGATIVE_STOCK' WHEN on_hand < minimum THEN 'BELOW_MINIMUM'
          ELSE 'BELOW_REORDER_POINT' END AS reason
      FROM goal WHERE on_hand <= reorder_point AND target > on_hand
    )`;
}

/** Shore's closed form of the quantile of a normal distribution: within 0.5 % from 0.8 to 0.99, where service levels are. */
function normalQuantile(share: Prisma.Sql): Prisma.Sql {
  const upper = Prisma.sql`5.5556 * (1 - (least(${share}, 1 - ${share}) / greatest(${share}, 1 - ${share})) ^ 0.1186)`;
  return Prisma.sql`(sign(${share} - 0.5) * ${upper})`;
}

/** Derived quantities say no more than a thousandth. */
function short(column: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`trim_scale(round(${column}, 3))::text`;
}

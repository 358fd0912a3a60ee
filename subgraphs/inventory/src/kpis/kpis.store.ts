import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { withoutNul } from '../plain-text.ts';
import { anyOf, companyReachSql, siteReachSql } from '../reach-sql.ts';
import { demandDays, inDemandDays, todaySql } from '../today-sql.ts';
import type { InventoryKpis, KpiFilter, StockCover } from './kpis.ts';

/** Sums over stock and sales as far as one viewer reaches. */
export interface KpiStore {
  stock(filter: KpiFilter): Promise<InventoryKpis>;
  cover(filter: KpiFilter, now: Date): Promise<StockCover>;
}

export function createKpiStore(client: PrismaClient, viewer: Viewer): KpiStore {
  return {
    async stock(filter) {
      const [row] = await client.$queryRaw<InventoryKpis[]>`
        SELECT count(DISTINCT p.id) FILTER (WHERE p.activo)::int AS "productCount",
          count(DISTINCT p.id) FILTER (WHERE p.activo AND l.stock_actual < l.stock_minimo)::int AS "lowStockCount",
          count(DISTINCT p.id) FILTER (WHERE l.stock_actual < 0)::int AS "negativeStockCount",
          trim_scale(round(coalesce(sum(greatest(l.stock_actual, 0) * coalesce(p.costo, 0)), 0), 2))::text AS "stockValue",
          count(DISTINCT p.id) FILTER (WHERE l.stock_actual > 0 AND p.costo IS NULL)::int AS "withoutCostCount"
        FROM inventory.erp_productos p
        LEFT JOIN inventory.erp_inventario l ON l.producto_id = p.id AND ${placed(filter, viewer, 'l')}
        WHERE p.deleted_at IS NULL AND ${companyReachSql(viewer, 'p')} AND ${ofProduct(filter)}
          AND ${filter.siteIds ? Prisma.sql`l.id IS NOT NULL` : Prisma.sql`TRUE`}`;
      if (row === undefined) throw new Error('An aggregate without groups answers one row');
      return row;
    },
    async cover(filter, now) {
      const today = todaySql(now, companyReachSql(viewer, 'i'));
      const [row] = await client.$queryRaw<StockCover[]>`
        WITH demand AS (
          SELECT d.producto_id, sum(d.cantidad) / ${demandDays}::numeric AS daily
          FROM inventory.erp_ventas_detalle d
          WHERE NOT d.is_cancelled AND ${inDemandDays(Prisma.sql`d.fecha`, today)} AND ${placed(filter, viewer, 'd')}
          GROUP BY d.producto_id HAVING sum(d.cantidad) > 0
        ), stock AS (
          SELECT l.producto_id, sum(greatest(l.stock_actual, 0)) AS quantity
          FROM inventory.erp_inventario l WHERE ${placed(filter, viewer, 'l')} GROUP BY l.producto_id
        ), sums AS (
          SELECT coalesce(sum(coalesce(stock.quantity, 0) * p.costo), 0) AS held, coalesce(sum(demand.daily * p.costo), 0) AS sold
          FROM demand JOIN inventory.erp_productos p ON p.id = demand.producto_id
          LEFT JOIN stock ON stock.producto_id = p.id
          WHERE p.deleted_at IS NULL AND ${companyReachSql(viewer, 'p')} AND ${ofProduct(filter)}
        )
        SELECT (held / nullif(sold, 0))::float8 AS "daysOfCover", trim_scale(round(sold, 2))::text AS "dailyCostOfSales"
        FROM sums`;
      return row ?? { daysOfCover: null, dailyCostOfSales: '0' };
    },
  };
}

function placed({ siteIds, companyIds }: KpiFilter, viewer: Viewer, alias: string): Prisma.Sql {
  const all = [siteReachSql(viewer, alias)];
  if (siteIds) all.push(anyOf(Prisma.raw(`${alias}.site_id`), siteIds));
  if (companyIds) all.push(anyOf(Prisma.raw(`${alias}.company_id`), companyIds));
  return Prisma.join(all, ' AND ');
}

function ofProduct({ category, companyIds }: KpiFilter): Prisma.Sql {
  const all = [Prisma.sql`TRUE`];
  if (typeof category === 'string') all.push(Prisma.sql`p.categoria = ${withoutNul(category)}`);
  if (companyIds) all.push(anyOf(Prisma.sql`p.company_id`, companyIds));
  return Prisma.join(all, ' AND ');
}

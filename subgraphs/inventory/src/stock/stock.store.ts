import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { ListCursor } from '../list-cursor.ts';
import { anyOf, reachedIds, siteReachSql } from '../reach-sql.ts';
import type { SiteStockFilter, StockLevel } from './stock-level.ts';

/** A level in the list of its site, with the value the list is sorted by. */
export interface ListedStockLevel extends StockLevel {
  readonly sortValue: string;
}

/** Reads stock as far as one viewer reaches. Every answer about sites is one statement however many sites there are. */
export interface StockStore {
  byIds(ids: readonly string[]): Promise<StockLevel[]>;
  byProducts(productIds: readonly string[]): Promise<StockLevel[]>;
  /** One page a site, by the product's name. */
  pages(
    siteIds: readonly string[],
    filter: SiteStockFilter,
    cursor: ListCursor,
  ): Promise<Map<string, ListedStockLevel[]>>;
  counts(siteIds: readonly string[], filter: SiteStockFilter): Promise<Map<string, number>>;
  /** Products on sale that are below their minimum somewhere at the site. */
  lowCounts(siteIds: readonly string[]): Promise<Map<string, number>>;
  /** Money: on hand times cost, what is negative or has no cost counted as nothing. */
  values(siteIds: readonly string[]): Promise<Map<string, string>>;
}

export function createStockStore(client: PrismaClient, viewer: Viewer): StockStore {
  const reached = siteReachSql(viewer, 'l');
  const atSites = (siteIds: readonly string[]) => anyOf(Prisma.sql`l.site_id`, reachedIds(viewer.siteIds, siteIds));
  return {
    byIds: (ids) =>
      client.$queryRaw<StockLevel[]>`
        SELECT ${columns} FROM inventory.erp_inventario l WHERE ${anyOf(Prisma.sql`l.id`, ids)} AND ${reached}`,
    byProducts: (productIds) =>
      client.$queryRaw<StockLevel[]>`
        SELECT ${columns} FROM inventory.erp_inventario l
        WHERE ${anyOf(Prisma.sql`l.producto_id`, productIds)} AND ${reached} ORDER BY l.almacen, l.id`,
    async pages(siteIds, filter, { limit, after }) {
      const continues =
        after === null ? Prisma.empty : Prisma.sql`AND (p.nombre, l.id) > (${after.value}, ${after.id}::uuid)`;
      // The site's stock first and then its products: left to itself, the planner may walk the whole catalogue by name.
      const rows = await client.$queryRaw<ListedStockLevel[]>`
        SELECT page.* FROM unnest(${reachedIds(viewer.siteIds, siteIds)}::uuid[]) AS site(id)
        CROSS JOIN LATERAL (
          SELECT ${columns}, p.nombre AS "sortValue"
          FROM (SELECT * FROM inventory.erp_inventario l WHERE l.site_id = site.id AND ${filterSql(filter)} OFFSET 0) l
          JOIN inventory.erp_productos p ON p.id = l.producto_id
          WHERE p.deleted_at IS NULL ${continues}
          ORDER BY p.nombre, l.id LIMIT ${limit + 1}
        ) AS page ORDER BY page."sortValue", page.id`;
      return Map.groupBy(rows, ({ siteId }) => siteId ?? '');
    },
    async counts(siteIds, filter) {
      const rows = await client.$queryRaw<{ siteId: string; count: number }[]>`
        SELECT l.site_id AS "siteId", count(*)::int AS count
        FROM inventory.erp_inventario l JOIN inventory.erp_productos p ON p.id = l.producto_id
        WHERE ${atSites(siteIds)} AND p.deleted_at IS NULL AND ${filterSql(filter)} GROUP BY l.site_id`;
      return new Map(rows.map(({ siteId, count }) => [siteId, count]));
    },
    async lowCounts(siteIds) {
      const rows = await client.$queryRaw<{ siteId: string; count: number }[]>`
        SELECT l.site_id AS "siteId", count(DISTINCT l.producto_id)::int AS count
        FROM inventory.erp_inventario l JOIN inventory.erp_productos p ON p.id = l.producto_id
        WHERE ${atSites(siteIds)} AND l.stock_actual < l.stock_minimo AND p.activo AND p.deleted_at IS NULL
        GROUP BY l.site_id`;
      return new Map(rows.map(({ siteId, count }) => [siteId, count]));
    },
    async values(siteIds) {
      const rows = await client.$queryRaw<{ siteId: string; value: string }[]>`
        SELECT l.site_id AS "siteId", trim_scale(round(sum(greatest(l.stock_actual, 0) * coalesce(p.costo, 0)), 2))::text AS value
        FROM inventory.erp_inventario l JOIN inventory.erp_productos p ON p.id = l.producto_id
        WHERE ${atSites(siteIds)} AND p.deleted_at IS NULL GROUP BY l.site_id`;
      return new Map(rows.map(({ siteId, value }) => [siteId, value]));
    },
  };
}

const columns = Prisma.sql`l.id, l.producto_id AS "productId", l.site_id AS "siteId", l.company_id AS "companyId",
  l.almacen AS warehouse, trim_scale(l.stock_actual)::text AS "onHand", trim_scale(l.stock_minimo)::text AS minimum,
  trim_scale(l.stock_maximo)::text AS maximum, trim_scale(l.reorder_point)::text AS "reorderPoint",
  l.ubicacion AS location, l.stock_actual < l.stock_minimo AS "isBelowMinimum", l.flags,
  l.erp_id IS NOT NULL AS "isHeldByErp",
  l.last_synced_at AS "lastSyncedAt", l.updated_at AS "updatedAt"`;

function filterSql({ belowMinimum, negative }: SiteStockFilter): Prisma.Sql {
  const all = [Prisma.sql`TRUE`];
  if (belowMinimum === true) all.push(Prisma.sql`l.stock_actual < l.stock_minimo`);
  if (belowMinimum === false) all.push(Prisma.sql`l.stock_actual >= l.stock_minimo`);
  if (negative === true) all.push(Prisma.sql`l.stock_actual < 0`);
  if (negative === false) all.push(Prisma.sql`l.stock_actual >= 0`);
  return Prisma.join(all, ' AND ');
}

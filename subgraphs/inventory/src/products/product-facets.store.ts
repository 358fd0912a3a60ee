import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { anyOf, siteReachSql } from '../reach-sql.ts';
import type { ProductFilter } from './product.ts';
import { belowMinimumSql, negativeSql, type ProductConditions } from './product-conditions.ts';
import type { ProductFacets } from './product-facets.ts';
import type { ProductMatches } from './product-matches.ts';

/** Counts the choices of a list. */
export interface ProductFacetStore {
  facets(filter: ProductFilter): Promise<ProductFacets>;
}

export function createProductFacetStore(
  client: PrismaClient,
  viewer: Viewer,
  conditions: ProductConditions,
  matches: ProductMatches,
): ProductFacetStore {
  return {
    facets: (filter) =>
      matches.read(
        filter,
        (match) => read(filter, match === null ? Prisma.empty : Prisma.sql`AND ${match.condition}`),
        ({ onSale, offSale }) => onSale + offSale > 0,
      ),
  };

  async function read(filter: ProductFilter, matching: Prisma.Sql): Promise<ProductFacets> {
    const { companyIds, search, withoutMovement, siteIds } = filter;
    // What has choices of its own is left out here, and asked of each kind of choice below but its own.
    const list = conditions.list({ companyIds, search, ...(withoutMovement ? { withoutMovement, siteIds } : {}) });
    const atSites = siteIds ? anyOf(Prisma.sql`l.site_id`, siteIds) : Prisma.sql`TRUE`;
    const isOf = {
      category: typeof filter.category === 'string' ? Prisma.sql`category = ${filter.category}` : Prisma.sql`TRUE`,
      active: typeof filter.active === 'boolean' ? Prisma.sql`active = ${filter.active}` : Prisma.sql`TRUE`,
      sites: siteIds ? Prisma.sql`stocked` : Prisma.sql`TRUE`,
      low: typeof filter.belowMinimum === 'boolean' ? Prisma.sql`low = ${filter.belowMinimum}` : Prisma.sql`TRUE`,
      negative: typeof filter.negative === 'boolean' ? Prisma.sql`negative = ${filter.negative}` : Prisma.sql`TRUE`,
    };
    const without = (...left: (keyof typeof isOf)[]) =>
      Prisma.join(
        Object.entries(isOf).flatMap(([kind, sql]) => (left.some((one) => one === kind) ? [] : [sql])),
        ' AND ',
      );
    const [row] = await client.$queryRaw<ProductFacets[]>`
      WITH hit AS MATERIALIZED (
        SELECT p.id, p.categoria AS category, p.activo AS active FROM inventory.erp_productos p WHERE ${list} ${matching}
      ), level AS MATERIALIZED (
        SELECT l.producto_id, l.site_id, bool_or(${belowMinimumSql}) AS low, bool_or(${negativeSql}) AS negative,
          bool_or(${atSites}) AS wanted
        FROM inventory.erp_inventario l JOIN hit ON hit.id = l.producto_id WHERE ${siteReachSql(viewer, 'l')}
        GROUP BY l.producto_id, l.site_id
      ), held AS (
        SELECT producto_id, bool_or(low) AS low, bool_or(negative) AS negative FROM level WHERE wanted GROUP BY producto_id
      ), product AS MATERIALIZED (
        SELECT hit.*, held.producto_id IS NOT NULL AS stocked, coalesce(held.low, false) AS low,
          coalesce(held.negative, false) AS negative
        FROM hit LEFT JOIN held ON held.producto_id = hit.id
      )
      SELECT
        count(*) FILTER (WHERE ${without('low')} AND low)::int AS "belowMinimum",
        count(*) FILTER (WHERE ${without('negative')} AND negative)::int AS negative,
        count(*) FILTER (WHERE ${without('active')} AND active)::int AS "onSale",
        count(*) FILTER (WHERE ${without('active')} AND NOT active)::int AS "offSale",
        coalesce((SELECT jsonb_agg(jsonb_build_object('name', c.category, 'count', c.n) ORDER BY c.n DESC, c.category)
          FROM (SELECT category, count(*)::int AS n FROM product WHERE category IS NOT NULL AND ${without('category')}
            GROUP BY category ORDER BY n DESC, category LIMIT 200) AS c), '[]') AS categories,
        coalesce((SELECT jsonb_agg(jsonb_build_object('siteId', s.site_id, 'count', s.n) ORDER BY s.n DESC, s.site_id)
          FROM (SELECT level.site_id, count(*)::int AS n FROM level JOIN product ON product.id = level.producto_id
            WHERE level.site_id IS NOT NULL AND ${without('sites', 'low', 'negative')} ${ofLevel(filter)}
            GROUP BY level.site_id) AS s), '[]') AS sites
      FROM product`;
    if (row === undefined) throw new Error('An aggregate without groups answers one row');
    return row;
  }
}

/** At another site another stock would be looked at. */
function ofLevel({ belowMinimum, negative }: ProductFilter): Prisma.Sql {
  const all = [Prisma.empty];
  if (typeof belowMinimum === 'boolean') all.push(Prisma.sql`AND level.low = ${belowMinimum}`);
  if (typeof negative === 'boolean') all.push(Prisma.sql`AND level.negative = ${negative}`);
  return Prisma.join(all, ' ');
}

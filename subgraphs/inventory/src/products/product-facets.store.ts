import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { anyOf, siteReachSql } from '../reach-sql.ts';
import type { ProductFilter } from './product.ts';
import { belowMinimumSql, negativeSql, type ProductConditions } from './product-conditions.ts';
import { choicesOf, type ProductChoices, type ProductKind, type SiteChoice } from './product-facets.ts';
import type { ProductMatches } from './product-matches.ts';

/** Counts the choices of a list. */
export interface ProductFacetStore {
  /** Those that the product itself and its stock at the chosen places make. */
  facets(filter: ProductFilter): Promise<ProductChoices>;
  /** The places; counted by themselves, because every level within reach has to be looked at. */
  siteFacets(filter: ProductFilter): Promise<SiteChoice[]>;
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
        async (match) =>
          choicesOf(filter, await kinds(filter, match === null ? Prisma.empty : Prisma.sql`AND ${match.condition}`)),
        ({ onSale, offSale }) => onSale + offSale > 0,
      ),
    siteFacets: (filter) =>
      matches.read(
        filter,
        (match) => places(filter, match === null ? Prisma.empty : Prisma.sql`AND ${match.condition}`),
        (sites) => sites.length > 0,
      ),
  };

  /** What has choices of its own is left out of the list, and asked of each kind of product afterwards. */
  function kinds({ companyIds, search, withoutMovement, siteIds }: ProductFilter, matching: Prisma.Sql) {
    const list = conditions.list({
      ...{ companyIds, search, siteIds },
      ...(withoutMovement ? { withoutMovement } : {}),
    });
    const atSites = siteIds ? Prisma.sql`AND ${anyOf(Prisma.sql`l.site_id`, siteIds)}` : Prisma.empty;
    // Every product once, and of the levels those alone that are low or negative, which are few and indexed as such.
    return client.$queryRaw<ProductKind[]>`
      WITH hit AS MATERIALIZED (
        SELECT p.id, p.categoria AS category, p.activo AS active FROM inventory.erp_productos p WHERE ${list} ${matching}
      ), short AS MATERIALIZED (
        SELECT l.producto_id, bool_or(${belowMinimumSql}) AS low, bool_or(${negativeSql}) AS negative
        FROM inventory.erp_inventario l JOIN hit ON hit.id = l.producto_id
        WHERE (${belowMinimumSql} OR ${negativeSql}) AND ${siteReachSql(viewer, 'l')} ${atSites}
        GROUP BY l.producto_id
      )
      SELECT hit.category, hit.active, coalesce(short.low, FALSE) AS "isLow", coalesce(short.negative, FALSE) AS "isNegative",
        count(*)::int AS count
      FROM hit LEFT JOIN short ON short.producto_id = hit.id GROUP BY 1, 2, 3, 4`;
  }

  function places(filter: ProductFilter, matching: Prisma.Sql): Promise<SiteChoice[]> {
    const { companyIds, search, withoutMovement, siteIds, category, active } = filter;
    const list = conditions.list({
      ...{ companyIds, search, category, active },
      ...(withoutMovement ? { withoutMovement, siteIds } : {}),
    });
    return client.$queryRaw<SiteChoice[]>`
      WITH hit AS MATERIALIZED (SELECT p.id FROM inventory.erp_productos p WHERE ${list} ${matching}),
      level AS (
        SELECT l.site_id, bool_or(${belowMinimumSql}) AS low, bool_or(${negativeSql}) AS negative
        FROM inventory.erp_inventario l JOIN hit ON hit.id = l.producto_id
        WHERE l.site_id IS NOT NULL AND ${siteReachSql(viewer, 'l')} GROUP BY l.producto_id, l.site_id
      )
      SELECT site_id AS "siteId", count(*)::int AS count FROM level WHERE ${ofLevel(filter)}
      GROUP BY site_id ORDER BY count(*) DESC, site_id`;
  }
}

/** At another site another stock would be looked at. */
function ofLevel({ belowMinimum, negative }: ProductFilter): Prisma.Sql {
  const all = [Prisma.sql`TRUE`];
  if (typeof belowMinimum === 'boolean') all.push(Prisma.sql`level.low = ${belowMinimum}`);
  if (typeof negative === 'boolean') all.push(Prisma.sql`level.negative = ${negative}`);
  return Prisma.join(all, ' AND ');
}

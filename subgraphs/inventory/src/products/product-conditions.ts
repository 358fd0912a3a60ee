import { Prisma } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { withoutNul } from '../plain-text.ts';
import { anyOf, companyReachSql, siteReachSql } from '../reach-sql.ts';
import { demandDays, todaySql } from '../today-sql.ts';
import type { ProductFilter } from './product.ts';
import { visibleProducts } from './product-columns.ts';

/** Conditions of lists of products, over the alias `p`, for one viewer. */
export interface ProductConditions {
  /** What a search is held against: the catalogue within reach, whatever else narrows the list. */
  catalogue(filter: ProductFilter): Prisma.Sql;
  /** All that narrows a list but its search. */
  list(filter: ProductFilter): Prisma.Sql;
  /** The part of it that the product's own row decides. */
  ofProduct(filter: ProductFilter): Prisma.Sql;
  /**
   * The rest: what lies where. Needs `p.id` alone.
   * @param isOfPage looked up product by product, as for a page of sorted ones, of which the first hundred are enough
   */
  ofStock(filter: ProductFilter, isOfPage?: boolean): Prisma.Sql;
}

/** @param now what "for a long time" counts back from */
export function createProductConditions(viewer: Viewer, now: () => Date): ProductConditions {
  const catalogue = ({ companyIds }: ProductFilter) => {
    const all = [visibleProducts(viewer)];
    if (companyIds) all.push(anyOf(Prisma.sql`p.company_id`, companyIds));
    return Prisma.join(all, ' AND ');
  };
  /** Rows of a table with a site, of the product, that the viewer reaches and the filter speaks of. */
  const placed = (alias: string, { siteIds }: ProductFilter) => {
    const atSites = siteIds ? Prisma.sql`AND ${anyOf(Prisma.raw(`${alias}.site_id`), siteIds)}` : Prisma.empty;
    return Prisma.sql`${siteReachSql(viewer, alias)} ${atSites}`;
  };
  return {
    catalogue,
    list: (filter) => Prisma.sql`${ofProduct(filter)} AND ${ofStock(filter)}`,
    ofProduct,
    ofStock,
  };

  function ofProduct(filter: ProductFilter): Prisma.Sql {
    const { category, active } = filter;
    const all = [catalogue(filter)];
    if (typeof active === 'boolean') all.push(Prisma.sql`p.activo = ${active}`);
    if (typeof category === 'string') all.push(Prisma.sql`p.categoria = ${withoutNul(category)}`);
    return Prisma.join(all, ' AND ');
  }

  function ofStock(filter: ProductFilter, isOfPage = false): Prisma.Sql {
    const { siteIds, belowMinimum, negative, withoutMovement } = filter;
    const all = [Prisma.sql`TRUE`];
    const level = Prisma.sql`SELECT 1 FROM inventory.erp_inventario l WHERE l.producto_id = p.id AND ${placed('l', filter)}`;
    const some = (condition: Prisma.Sql, isWanted: boolean) =>
      Prisma.sql`${isWanted ? Prisma.empty : Prisma.sql`NOT`} EXISTS (${level} AND ${condition})`;
    // A bare EXISTS is turned into a join with all the stock of the site.
    if (siteIds) all.push(isOfPage ? Prisma.sql`coalesce((${level} LIMIT 1), 0) = 1` : Prisma.sql`EXISTS (${level})`);
    if (typeof belowMinimum === 'boolean') all.push(some(belowMinimumSql, belowMinimum));
    if (typeof negative === 'boolean') all.push(some(negativeSql, negative));
    if (typeof withoutMovement === 'boolean') {
      const resting = Prisma.sql`(${some(onHandSql, true)} AND NOT ${moved(filter)})`;
      all.push(withoutMovement ? resting : Prisma.sql`NOT ${resting}`);
    }
    return Prisma.join(all, ' AND ');
  }

  /** Sold, or moved in a warehouse, in the days that demand is learned from. */
  function moved(filter: ProductFilter): Prisma.Sql {
    const today = todaySql(now(), companyReachSql(viewer, 'i'));
    return Prisma.sql`(
      EXISTS (SELECT 1 FROM inventory.erp_ventas_detalle d
        WHERE d.producto_id = p.id AND NOT d.is_cancelled AND d.fecha >= ${today} - ${demandDays}::int AND ${placed('d', filter)})
      OR EXISTS (SELECT 1 FROM inventory.stock_movements m
        WHERE m.product_id = p.id AND m.occurred_at >= ${now()}::timestamptz - make_interval(days => ${demandDays}::int)
          AND ${placed('m', filter)}))`;
  }
}

export const belowMinimumSql = Prisma.sql`l.stock_actual < l.stock_minimo`;
export const negativeSql = Prisma.sql`l.stock_actual < 0`;
const onHandSql = Prisma.sql`l.stock_actual > 0`;

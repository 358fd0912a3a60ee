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
   * @param use the planner may join all there is for it; or it is looked up for each product by itself, until a page is full
   */
  ofStock(filter: ProductFilter, use: 'OF_ALL' | 'OF_PAGE'): Prisma.Sql;
  /** Stock without which no product is in the list, as ids of products; null where it needs none. */
  levels(filter: ProductFilter): Prisma.Sql | null;
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
    list: (filter) => Prisma.sql`${ofProduct(filter)} AND ${ofStock(filter, 'OF_ALL')}`,
    ofProduct,
    ofStock,
    levels: (filter) => {
      const { siteIds, belowMinimum, negative } = filter;
      if (!siteIds && belowMinimum !== true && negative !== true) return null;
      // One of them: a product may be low in one warehouse and negative in another.
      const rare = negative === true ? negativeSql : belowMinimum === true ? belowMinimumSql : Prisma.sql`TRUE`;
      return Prisma.sql`SELECT l.producto_id FROM inventory.erp_inventario l WHERE ${placed('l', filter)} AND ${rare}`;
    },
  };

  function ofProduct(filter: ProductFilter): Prisma.Sql {
    const { category, active } = filter;
    const all = [catalogue(filter)];
    if (typeof active === 'boolean') all.push(Prisma.sql`p.activo = ${active}`);
    if (typeof category === 'string') all.push(Prisma.sql`p.categoria = ${withoutNul(category)}`);
    return Prisma.join(all, ' AND ');
  }

  function ofStock(filter: ProductFilter, use: 'OF_ALL' | 'OF_PAGE'): Prisma.Sql {
    const { siteIds, belowMinimum, negative, withoutMovement } = filter;
    const all = [Prisma.sql`TRUE`];
    const level = Prisma.sql`SELECT 1 FROM inventory.erp_inventario l WHERE l.producto_id = p.id AND ${placed('l', filter)}`;
    const has = use === 'OF_ALL' ? some : one;
    if (siteIds) all.push(has(level, true));
    if (typeof belowMinimum === 'boolean') all.push(has(Prisma.sql`${level} AND ${belowMinimumSql}`, belowMinimum));
    if (typeof negative === 'boolean') all.push(has(Prisma.sql`${level} AND ${negativeSql}`, negative));
    if (typeof withoutMovement === 'boolean') {
      const rests = [has(Prisma.sql`${level} AND ${onHandSql}`, true)];
      rests.push(...moves(filter).map((move) => has(move, false)));
      const resting = Prisma.sql`(${Prisma.join(rests, ' AND ')})`;
      all.push(withoutMovement ? resting : Prisma.sql`NOT ${resting}`);
    }
    return Prisma.join(all, ' AND ');
  }

  /** Sold, or moved in a warehouse, in the days that demand is learned from. */
  function moves(filter: ProductFilter): readonly Prisma.Sql[] {
    const today = todaySql(now(), companyReachSql(viewer, 'i'));
    return [
      Prisma.sql`SELECT 1 FROM inventory.erp_ventas_detalle d
        WHERE d.producto_id = p.id AND NOT d.is_cancelled AND d.fecha >= ${today} - ${demandDays}::int AND ${placed('d', filter)}`,
      Prisma.sql`SELECT 1 FROM inventory.stock_movements m
        WHERE m.product_id = p.id AND m.occurred_at >= ${now()}::timestamptz - make_interval(days => ${demandDays}::int)
          AND ${placed('m', filter)}`,
    ];
  }
}

/** Left to the planner, which may turn it into a join. */
function some(rows: Prisma.Sql, isWanted: boolean): Prisma.Sql {
  return Prisma.sql`${isWanted ? Prisma.empty : Prisma.sql`NOT`} EXISTS (${rows})`;
}

/** Looked up for each product by itself, when it is its turn; written so that the planner takes most for being so. */
function one(rows: Prisma.Sql, isWanted: boolean): Prisma.Sql {
  return isWanted ? Prisma.sql`(${rows} LIMIT 1) IS NOT NULL` : Prisma.sql`coalesce((${rows} LIMIT 1), 0) <> 1`;
}

export const belowMinimumSql = Prisma.sql`l.stock_actual < l.stock_minimo`;
export const negativeSql = Prisma.sql`l.stock_actual < 0`;
const onHandSql = Prisma.sql`l.stock_actual > 0`;

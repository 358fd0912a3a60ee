import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { Clock } from '@cauce/shared/clock';
import { withoutNul } from '../plain-text.ts';
import { anyOf, companyReachSql } from '../reach-sql.ts';
import type { Product } from './product.ts';
import { productColumns, visibleProducts } from './product-columns.ts';
import { createProductConditions } from './product-conditions.ts';
import { createProductFacetStore, type ProductFacetStore } from './product-facets.store.ts';
import { createProductListStore, type ProductListStore } from './product-list.store.ts';
import { createProductMatches } from './product-matches.ts';

/** Reads the catalogue as far as one viewer reaches. */
export interface ProductStore extends ProductListStore, ProductFacetStore {
  byIds(ids: readonly string[]): Promise<Product[]>;
  /** A code is unique in a company only; of several companies' products the one that is here longest answers. */
  bySkus(skus: readonly string[]): Promise<Product[]>;
  categories(): Promise<string[]>;
}

/**
 * @param mostSorted of more products than that, a page is read out of an index in its order instead of sorting them all:
 * as many as are sorted in a few milliseconds
 */
export function createProductStore(
  client: PrismaClient,
  viewer: Viewer,
  { now }: Clock,
  mostSorted = 1_000,
): ProductStore {
  const visible = visibleProducts(viewer);
  const conditions = createProductConditions(viewer, now);
  const matches = createProductMatches(client, viewer, conditions);
  return {
    ...createProductListStore(client, conditions, matches, mostSorted),
    ...createProductFacetStore(client, viewer, conditions, matches),
    byIds: (ids) =>
      client.$queryRaw<Product[]>`
        SELECT ${productColumns} FROM inventory.erp_productos p WHERE ${visible} AND ${anyOf(Prisma.sql`p.id`, ids)}`,
    bySkus: (skus) =>
      client.$queryRaw<Product[]>`
        SELECT DISTINCT ON (p.codigo) ${productColumns} FROM inventory.erp_productos p
        WHERE ${visible} AND p.codigo = ANY(${skus.map(withoutNul)}::text[])
        ORDER BY p.codigo, p.created_at, p.id`,
    async categories() {
      const rows = await client.$queryRaw<{ name: string }[]>`
        SELECT DISTINCT c.name FROM inventory.categories c WHERE ${companyReachSql(viewer, 'c')} ORDER BY c.name`;
      return rows.map(({ name }) => name);
    },
  };
}

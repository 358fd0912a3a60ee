import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { ListCursor } from '../list-cursor.ts';
import { withoutNul } from '../plain-text.ts';
import { anyOf, siteReachSql } from '../reach-sql.ts';
import type { Product, ProductFilter, ProductOrder } from './product.ts';
import { productColumns, visibleProducts } from './product-columns.ts';
import { type ProductSearch, productSearch, spellingThreshold } from './product-search.ts';

/** A product on its page of a list, with the value the list is sorted by. */
export interface ListedProduct extends Product {
  readonly sortValue: string;
}

/** Lists and counts the products that one viewer reaches. */
export interface ProductListStore {
  page(filter: ProductFilter, order: ProductOrder, cursor: ListCursor): Promise<ListedProduct[]>;
  count(filter: ProductFilter): Promise<number>;
}

export function createProductListStore(client: PrismaClient, viewer: Viewer): ProductListStore {
  const wanted = (filter: ProductFilter) => Prisma.sql`${visibleProducts(viewer)} AND ${conditions(filter, viewer)}`;

  /** Reads what a search finds: spelling is forgiven only where nothing is as it was typed. */
  async function readMatches<Value>(
    { exact, forgiving }: ProductSearch,
    filter: ProductFilter,
    read: (tx: Reader, where: Prisma.Sql, rank: Prisma.Sql) => Promise<Value>,
  ): Promise<Value> {
    const asTyped = Prisma.sql`${wanted(filter)} AND ${exact.condition}`;
    if (forgiving === null) return read(client, asTyped, exact.rank);
    // As a CTE of its own, because for a bare EXISTS the planner bets on meeting a match early and walks the table.
    const [row] = await client.$queryRaw<{ found: boolean }[]>`
      WITH hit AS MATERIALIZED (SELECT 1 FROM inventory.erp_productos p WHERE ${asTyped})
      SELECT EXISTS (SELECT 1 FROM hit) AS found`;
    if (row?.found === true) return read(client, asTyped, exact.rank);
    const nearly = Prisma.sql`${wanted(filter)} AND ${forgiving.condition}`;
    return withSpelling(client, (tx) => read(tx, nearly, forgiving.rank));
  }

  return {
    async page(filter, order, cursor) {
      const tail = pageTail(order, cursor);
      const search = searchOf(filter);
      if (search === null) {
        return client.$queryRaw<ListedProduct[]>`SELECT h.*, ${tail.sortValue} AS "sortValue" FROM (
          SELECT ${productColumns} FROM inventory.erp_productos p WHERE ${wanted(filter)}) h ${tail.sql}`;
      }
      return readMatches(
        search,
        filter,
        (tx, where, rank) => tx.$queryRaw<ListedProduct[]>`
          WITH h AS MATERIALIZED (
            SELECT ${productColumns}, platform.search_text(p.codigo || ' ' || p.nombre) AS search_text,
              platform.search_text(p.codigo) AS folded_sku, platform.search_text(p.nombre) AS folded_name
            FROM inventory.erp_productos p WHERE ${where}
          ), ranked AS (SELECT h.*, ${rank} AS rank FROM h)
          SELECT ranked.*, ${tail.sortValue} AS "sortValue" FROM ranked ${tail.sql}`,
      );
    },
    async count(filter) {
      const read = async (tx: Reader, where: Prisma.Sql) => {
        const [row] = await tx.$queryRaw<{ count: number }[]>`
          SELECT count(*)::int AS count FROM inventory.erp_productos p WHERE ${where}`;
        return row?.count ?? 0;
      };
      const search = searchOf(filter);
      return search === null ? read(client, wanted(filter)) : readMatches(search, filter, read);
    },
  };
}

type Reader = Pick<PrismaClient, '$queryRaw'>;

const instantText = Prisma.raw(`to_char("updatedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`);
const sorts: Readonly<
  Record<ProductOrder['field'], { readonly column: string; readonly text: Prisma.Sql; readonly type: string }>
> = {
  RELEVANCE: { column: 'rank', text: Prisma.raw('rank::text'), type: 'numeric' },
  NAME: { column: 'name', text: Prisma.raw('name'), type: 'text' },
  SKU: { column: 'sku', text: Prisma.raw('sku'), type: 'text' },
  UPDATED_AT: { column: '"updatedAt"', text: instantText, type: 'timestamptz' },
};

/** Where the page begins, how it is sorted and where it ends; one row more tells that there are more. */
function pageTail({ field, direction }: ProductOrder, { after, limit }: ListCursor) {
  const { column, text, type } = sorts[field];
  const key = Prisma.raw(`(${column}, id) ${direction === 'ASC' ? '>' : '<'}`);
  const continues =
    after === null ? Prisma.empty : Prisma.sql`WHERE ${key} (${after.value}::${Prisma.raw(type)}, ${after.id}::uuid)`;
  const order = Prisma.raw(`${column} ${direction}, id ${direction}`);
  return { sortValue: text, sql: Prisma.sql`${continues} ORDER BY ${order} LIMIT ${limit + 1}` };
}

function searchOf({ search }: ProductFilter): ProductSearch | null {
  return search === null || search === undefined ? null : productSearch(search);
}

function conditions(filter: ProductFilter, viewer: Viewer): Prisma.Sql {
  const { category, siteIds, companyIds, belowMinimum, active } = filter;
  const all = [Prisma.sql`TRUE`];
  if (typeof active === 'boolean') all.push(Prisma.sql`p.activo = ${active}`);
  if (typeof category === 'string') all.push(Prisma.sql`p.categoria = ${withoutNul(category)}`);
  if (companyIds) all.push(anyOf(Prisma.sql`p.company_id`, companyIds));
  const atSites = siteIds ? Prisma.sql`AND ${anyOf(Prisma.sql`l.site_id`, siteIds)}` : Prisma.empty;
  const level = Prisma.sql`SELECT 1 FROM inventory.erp_inventario l
    WHERE l.producto_id = p.id AND ${siteReachSql(viewer, 'l')} ${atSites}`;
  if (siteIds) all.push(Prisma.sql`EXISTS (${level})`);
  if (belowMinimum === true) all.push(Prisma.sql`EXISTS (${level} AND l.stock_actual < l.stock_minimo)`);
  if (belowMinimum === false) all.push(Prisma.sql`NOT EXISTS (${level} AND l.stock_actual < l.stock_minimo)`);
  return Prisma.join(all, ' AND ');
}

/** The threshold is a setting of the session; it is set for one transaction, so that no other query feels it. */
function withSpelling<Value>(client: PrismaClient, work: (tx: Reader) => Promise<Value>): Promise<Value> {
  return client.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('pg_trgm.word_similarity_threshold', ${String(spellingThreshold)}, true)`;
    return work(tx);
  });
}

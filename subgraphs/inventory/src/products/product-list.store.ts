import { Prisma } from '@cauce/prisma/client';
import type { ListCursor } from '../list-cursor.ts';
import type { Product, ProductFilter, ProductOrder } from './product.ts';
import { productColumns } from './product-columns.ts';
import type { ProductConditions } from './product-conditions.ts';
import type { ProductMatches, Reader } from './product-matches.ts';

/** A product on its page of a list, with the value the list is sorted by. */
export interface ListedProduct extends Product {
  readonly sortValue: string;
}

/** Lists and counts the products that one viewer reaches. */
export interface ProductListStore {
  page(filter: ProductFilter, order: ProductOrder, cursor: ListCursor): Promise<ListedProduct[]>;
  count(filter: ProductFilter): Promise<number>;
}

export function createProductListStore(conditions: ProductConditions, matches: ProductMatches): ProductListStore {
  return {
    async page(filter, order, cursor) {
      const tail = pageTail(order, cursor);
      return matches.read(
        filter,
        (tx, match) =>
          match === null || match.isBroad === true
            ? tx.$queryRaw<ListedProduct[]>`SELECT listed.*, ${tail.sortValue} AS "sortValue" FROM (
                SELECT ${productColumns} FROM inventory.erp_productos p WHERE ${conditions.list(filter)}
                  ${match === null ? Prisma.empty : Prisma.sql`AND ${match.condition}`}) listed
                WHERE TRUE ${tail.sql}`
            : tx.$queryRaw<ListedProduct[]>`
                WITH h AS MATERIALIZED (
                  SELECT p.id, p.nombre AS name, p.codigo AS sku, p.updated_at AS "updatedAt", p.codigo_barras AS barcode,
                    p.texto_busqueda AS search_text, ' ' || p.texto_busqueda || ' ' AS spaced,
                    left(p.texto_busqueda, length(p.codigo)) AS folded_sku,
                    substr(p.texto_busqueda, length(p.codigo) + 2) AS folded_name
                  FROM inventory.erp_productos p WHERE ${conditions.ofProduct(filter)} AND ${match.condition}
                ), ranked AS (SELECT h.*, ${order.field === 'RELEVANCE' ? match.rank : Prisma.sql`0`} AS rank FROM h),
                listed AS (SELECT p.*, ${tail.sortValue} AS "sortValue" FROM ranked p
                  WHERE ${conditions.ofStock(filter, true)} ${tail.sql})
                SELECT ${productColumns}, listed."sortValue" FROM listed
                JOIN inventory.erp_productos p ON p.id = listed.id ORDER BY ${tail.order}`,
        (rows) => rows.length > 0,
      );
    },
    count: (filter) =>
      matches.read(
        filter,
        (tx, match) =>
          countOf(
            tx,
            Prisma.sql`${conditions.list(filter)} ${match === null ? Prisma.empty : Prisma.sql`AND ${match.condition}`}`,
          ),
        (count) => count > 0,
      ),
  };
}

async function countOf(tx: Reader, where: Prisma.Sql): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM inventory.erp_productos p WHERE ${where}`;
  return row?.count ?? 0;
}

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
    after === null ? Prisma.empty : Prisma.sql`AND ${key} (${after.value}::${Prisma.raw(type)}, ${after.id}::uuid)`;
  const by = Prisma.raw(`${column} ${direction}, id ${direction}`);
  return {
    sortValue: text,
    sql: Prisma.sql`${continues} ORDER BY ${by} LIMIT ${limit + 1}`,
    order: Prisma.raw(`listed.${column} ${direction}, listed.id ${direction}`),
  };
}

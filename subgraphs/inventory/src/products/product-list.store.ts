import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { ListCursor } from '../list-cursor.ts';
import type { ListedProduct, ProductFilter, ProductOrder } from './product.ts';
import { productColumns } from './product-columns.ts';
import type { ProductConditions } from './product-conditions.ts';
import type { ProductMatches } from './product-matches.ts';
import type { ProductMatch } from './product-search.ts';
import { byCode, byName, lastCodeTier } from './product-tiers.ts';
import { afterOf, heldAgainstEach, isWide, narrowCursor, walkTiers } from './product-walk.ts';

/** Lists and counts the products that one viewer reaches. */
export interface ProductListStore {
  page(filter: ProductFilter, order: ProductOrder, cursor: ListCursor): Promise<ListedProduct[]>;
  count(filter: ProductFilter): Promise<number>;
}

export function createProductListStore(
  client: PrismaClient,
  conditions: ProductConditions,
  matches: ProductMatches,
  mostSorted: number,
): ProductListStore {
  return {
    page: (filter, order, cursor) =>
      matches.read(
        filter,
        (match) => (match === null ? anyOf(filter, order, cursor) : found(match, filter, order, cursor)),
        (rows) => rows.length > 0,
      ),
    count: (filter) =>
      matches.read(
        filter,
        async (match) => {
          const [row] = await client.$queryRaw<{ count: number }[]>`
            SELECT count(*)::int AS count FROM inventory.erp_productos p
            WHERE ${conditions.list(filter)} ${match === null ? Prisma.empty : Prisma.sql`AND ${match.condition}`}`;
          return row?.count ?? 0;
        },
        (count) => count > 0,
      ),
  };

  /** Few are sorted; of many the page is near in any order. */
  async function anyOf(filter: ProductFilter, order: ProductOrder, cursor: ListCursor) {
    const levels = await fewLevels(filter);
    return (
      (levels === null ? null : await sorted(null, levels, filter, order, cursor)) ??
      listed(filter, Prisma.empty, order, cursor)
    );
  }

  /** The stock that a product of the list must be in, where it is little enough to begin with. */
  async function fewLevels(filter: ProductFilter): Promise<Prisma.Sql | null> {
    const levels = conditions.levels(filter);
    if (levels === null) return null;
    const [row] = await client.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM (${levels} LIMIT ${mostLevels + 1}) l`;
    return row === undefined || row.count > mostLevels ? null : levels;
  }

  /** Read in its order until the page is full. */
  function listed(filter: ProductFilter, matching: Prisma.Sql, order: ProductOrder, cursor: ListCursor) {
    const { column, text } = sorts[order.field];
    return client.$queryRaw<ListedProduct[]>`
      SELECT ${productColumns}, ${text(column)} AS "sortValue" FROM inventory.erp_productos p
      WHERE ${conditions.ofProduct(filter)} AND ${conditions.ofStock(filter, 'OF_PAGE')} ${matching}
        ${pageTail(column, Prisma.raw('p.id'), order, cursor)}`;
  }

  /** All that fits is sorted, where it is not too much for that; the order is the same either way. */
  async function found(match: ProductMatch, filter: ProductFilter, order: ProductOrder, cursor: ListCursor) {
    const isRelevance = order.field === 'RELEVANCE';
    const rows =
      isRelevance && isWide(cursor) ? null : await sorted(match, await fewLevels(filter), filter, order, cursor);
    if (rows !== null) return rows;
    if (isRelevance) return walkTiers(client, conditions, match, filter, cursor);
    // Where so much fits, the next one that does is near in any order.
    return listed(filter, Prisma.sql`AND ${heldAgainstEach(match.condition)}`, order, cursor);
  }

  /** Null when too much fits. */
  async function sorted(
    match: ProductMatch | null,
    levels: Prisma.Sql | null,
    filter: ProductFilter,
    order: ProductOrder,
    cursor: ListCursor,
  ): Promise<ListedProduct[] | null> {
    const { column, text } = sorts[order.field];
    const key = Prisma.raw('k.key');
    // A list goes on as its first page began, however much fits by now.
    const most = order.field === 'RELEVANCE' && cursor.after !== null ? anyNumber : mostSorted;
    // Where the planner knows of the limit it bets on meeting enough early, and walks the table; so it is told of it
    // behind what looks everything up, which is read no further than the limit all the same.
    const rows = await client.$queryRaw<(Omit<ListedProduct, 'id'> & { id: string | null; fits: number })[]>`
      WITH ${levels === null ? Prisma.empty : Prisma.sql`held AS MATERIALIZED (SELECT DISTINCT producto_id AS id FROM (${levels}) l),`}
      m AS MATERIALIZED (
        SELECT p.id, p.codigo, p.codigo_barras, p.updated_at, p.texto_busqueda, p.nombre_busqueda
        FROM inventory.erp_productos p ${levels === null ? Prisma.empty : Prisma.sql`JOIN held ON held.id = p.id`}
        WHERE ${conditions.ofProduct(filter)} ${match === null ? Prisma.empty : Prisma.sql`AND ${match.condition}`}
      ), h AS MATERIALIZED (
        SELECT p.* FROM m p WHERE ${conditions.ofStock(filter, 'OF_PAGE')} LIMIT ${most + 1}
      ), counted AS MATERIALIZED (SELECT count(*)::int AS n FROM h), tiered AS (
        SELECT p.*, ${match !== null && order.field === 'RELEVANCE' ? match.tiers.tier : Prisma.sql`0`} AS tier
        FROM h p WHERE (SELECT n FROM counted) <= ${most}
      ), listed AS (
        SELECT k.id, k.key, ${text(key)} AS "sortValue" FROM (SELECT p.id, ${column} AS key FROM tiered p) k
        WHERE TRUE ${pageTail(key, Prisma.raw('k.id'), order, cursor)}
      )
      SELECT ${productColumns}, listed."sortValue", counted.n AS fits
      FROM counted LEFT JOIN (listed JOIN inventory.erp_productos p ON p.id = listed.id) ON TRUE
      ORDER BY ${directed(Prisma.raw('listed.key'), Prisma.raw('listed.id'), order)}`;
    if ((rows[0]?.fits ?? 0) > most) return null;
    return rows.flatMap(({ id, fits: _, ...row }) => (id === null ? [] : [{ ...row, id }]));
  }
}

const anyNumber = 2 ** 31 - 2;

/** Products looked up by their ids in a few milliseconds. */
const mostLevels = 5_000;

interface Sort {
  /** Over the alias `p`; `p.tier` is there for RELEVANCE alone. */
  readonly column: Prisma.Sql;
  readonly type: string;
  /** What the cursor says of it. */
  readonly text: (column: Prisma.Sql) => Prisma.Sql;
}

const asIs = (column: Prisma.Sql) => column;
const sorts: Readonly<Record<ProductOrder['field'], Sort>> = {
  RELEVANCE: {
    column: Prisma.sql`p.tier::text || CASE WHEN p.tier <= ${lastCodeTier} THEN ${byCode} ELSE ${byName} END COLLATE "C"`,
    type: 'text',
    text: (column) => Prisma.sql`${narrowCursor} || ${column}`,
  },
  NAME: { column: byName, type: 'text', text: asIs },
  SKU: { column: Prisma.raw('p.codigo'), type: 'text', text: asIs },
  UPDATED_AT: {
    column: Prisma.raw('p.updated_at'),
    type: 'timestamptz',
    text: (column) => Prisma.sql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
  },
};

/** Where the page begins, how it is sorted and where it ends; one row more tells that there are more. */
function pageTail(column: Prisma.Sql, id: Prisma.Sql, order: ProductOrder, cursor: ListCursor): Prisma.Sql {
  const after = order.field === 'RELEVANCE' ? afterOf(cursor) : cursor.after;
  const beyond = Prisma.raw(isUp(order) ? '>' : '<');
  const type = Prisma.raw(sorts[order.field].type);
  const continues =
    after === null
      ? Prisma.empty
      : Prisma.sql`AND (${column}, ${id}) ${beyond} (${after.value}::${type}, ${after.id}::uuid)`;
  return Prisma.sql`${continues} ORDER BY ${directed(column, id, order)} LIMIT ${cursor.limit + 1}`;
}

function directed(column: Prisma.Sql, id: Prisma.Sql, order: ProductOrder): Prisma.Sql {
  const way = Prisma.raw(isUp(order) ? 'ASC' : 'DESC');
  return Prisma.sql`${column} ${way}, ${id} ${way}`;
}

/** The best come first, whose tier is the lowest. */
function isUp({ field, direction }: ProductOrder): boolean {
  return field === 'RELEVANCE' || direction === 'ASC';
}

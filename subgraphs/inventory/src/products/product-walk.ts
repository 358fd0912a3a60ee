import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { ListCursor } from '../list-cursor.ts';
import type { ListedProduct, ProductFilter } from './product.ts';
import { productColumns } from './product-columns.ts';
import type { ProductConditions } from './product-conditions.ts';
import type { ProductMatch } from './product-search.ts';
import { byCode, byName, lastCodeTier } from './product-tiers.ts';

/**
 * What a cursor of a search by relevance begins with: whether all that fitted was sorted, or so much did that it is read
 * tier by tier. Then the tier, and what is sorted by within it.
 */
export const narrowCursor = 'n';
const wideCursor = 'w';

/** Where so much fits that it is not sorted as a whole, the last two tiers are one. */
const lastWideTier = 3;

/** Whether the page goes on where one ended that was read tier by tier. */
export function isWide({ after }: ListCursor): boolean {
  return after?.value.startsWith(wideCursor) === true;
}

/** Tier and text of the row that a page goes on after. */
export function afterOf({ after }: ListCursor): { readonly value: string; readonly id: string } | null {
  return after === null ? null : { value: after.value.slice(1), id: after.id };
}

/** A condition for rows that are read in an order: no index looks it up, and the planner takes it for a common one. */
export function heldAgainstEach(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`coalesce(${condition}, FALSE)`;
}

/** Reads a page of a search that much fits, tier by tier in the order of the index of each, until it is full. */
export async function walkTiers(
  client: PrismaClient,
  conditions: ProductConditions,
  { condition, tiers, isOfBeginnings }: ProductMatch,
  filter: ProductFilter,
  cursor: ListCursor,
): Promise<ListedProduct[]> {
  const { isCode, beginsCode, beginsName } = tiers;
  const after = isWide(cursor) ? afterOf(cursor) : null;
  const begun = after === null ? 0 : Number(after.value[0]);
  const isNone = (several: readonly Prisma.Sql[]) =>
    Prisma.sql`(${Prisma.join(several.length === 0 ? [Prisma.sql`FALSE`] : several, ' OR ')}) IS NOT TRUE`;
  const fits = heldAgainstEach(condition);
  const branches: readonly (readonly Prisma.Sql[])[] = [
    [isCode],
    [Prisma.sql`${beginsCode} AND ${isNone([isCode])}`],
    beginsName.map(
      (begins, index) =>
        Prisma.sql`${begins} AND ${isNone([isCode, beginsCode, ...beginsName.slice(0, index)])} AND ${fits}`,
    ),
    isOfBeginnings ? [] : [Prisma.sql`${isNone([isCode, beginsCode, ...beginsName])} AND ${fits}`],
  ];
  const rows: ListedProduct[] = [];
  for (let tier = begun; tier <= lastWideTier && rows.length <= cursor.limit; tier += 1) {
    const from = tier === begun && after !== null ? { text: after.value.slice(1), id: after.id } : null;
    const limit = cursor.limit + 1 - rows.length;
    const column = tier <= lastCodeTier ? byCode : byName;
    const onwards =
      from === null ? Prisma.empty : Prisma.sql`AND (${column}, p.id) > (${from.text}::text, ${from.id}::uuid)`;
    const parts = (branches[tier] ?? []).map(
      (branch) => Prisma.sql`(
        SELECT ${productColumns}, ${`${wideCursor}${tier}`} || ${column} AS "sortValue" FROM inventory.erp_productos p
        WHERE ${conditions.ofProduct(filter)} AND ${branch} ${onwards} AND ${conditions.ofStock(filter, 'OF_PAGE')}
        ORDER BY ${column}, p.id LIMIT ${limit})`,
    );
    const [only, ...others] = parts;
    if (only === undefined) continue;
    rows.push(
      ...(others.length === 0
        ? await client.$queryRaw<ListedProduct[]>`${only}`
        : await client.$queryRaw<ListedProduct[]>`
            SELECT * FROM (${Prisma.join(parts, ' UNION ALL ')}) page ORDER BY "sortValue" COLLATE "C", id LIMIT ${limit}`),
    );
  }
  return rows;
}

import type { PrismaClient } from '@cauce/prisma/client';
import { Prisma } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { reachedIds } from '../reach-sql.ts';
import type { ProductFilter } from './product.ts';
import type { ProductConditions } from './product-conditions.ts';
import { type ProductMatch, productSearch } from './product-search.ts';
import { spellingsOf, swapsOf } from './spelling.ts';

/** Reads what a search finds. */
export interface ProductMatches {
  /**
   * Reads as it was typed; where that finds nothing, and nothing in the catalogue is spelled so, reads again with
   * spelling forgiven. What else narrows the list has no say in it, so that a page, its count and its choices agree.
   * @param read is given null when nothing is searched for
   */
  read<Value>(
    filter: ProductFilter,
    read: (match: ProductMatch | null) => Promise<Value>,
    isFound: (value: Value) => boolean,
  ): Promise<Value>;
}

export function createProductMatches(
  client: PrismaClient,
  viewer: Viewer,
  { catalogue }: ProductConditions,
): ProductMatches {
  const isSpelledSo = async (filter: ProductFilter, exact: ProductMatch) => {
    // As a CTE of its own, because for a bare EXISTS the planner bets on meeting a match early and walks the table.
    const [row] = await client.$queryRaw<{ found: boolean }[]>`
      WITH hit AS MATERIALIZED (
        SELECT 1 FROM inventory.erp_productos p WHERE ${catalogue(filter)} AND ${exact.condition})
      SELECT EXISTS (SELECT 1 FROM hit) AS found`;
    return row?.found === true;
  };
  const spellings = async ({ companyIds }: ProductFilter, typed: readonly string[]) => {
    const wanted = companyIds ?? viewer.companyIds;
    const within =
      wanted === 'all' ? Prisma.sql`NULL::uuid[]` : Prisma.sql`${reachedIds(viewer.companyIds, wanted)}::uuid[]`;
    const rows = await client.$queryRaw<{ typed: string; known: string[] }[]>`
      SELECT asked.typed, array_agg(known.word) AS known
      FROM unnest(${typed}::text[], ${typed.map(swapsOf)}::text[]) AS asked (typed, swapped),
        inventory.words_like(asked.typed, asked.swapped, ${within}) AS known (word)
      GROUP BY asked.typed`;
    return new Map(rows.map((row) => [row.typed, spellingsOf(row.typed, row.known)]));
  };
  return {
    async read(filter, read, isFound) {
      const search = productSearch(filter.search ?? '');
      if (search === null) return read(null);
      const { exact, misspelled, respelled } = search;
      const asTyped = await read(exact);
      if (misspelled.length === 0 || isFound(asTyped) || (await isSpelledSo(filter, exact))) return asTyped;
      const meant = await spellings(filter, misspelled);
      const isOther = misspelled.some((word) => meant.get(word)?.some((spelling) => spelling !== word));
      return isOther ? read(respelled(meant)) : asTyped;
    },
  };
}

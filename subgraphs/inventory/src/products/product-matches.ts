import type { PrismaClient } from '@cauce/prisma/client';
import type { ProductFilter } from './product.ts';
import type { ProductConditions } from './product-conditions.ts';
import { type ProductMatch, productSearch, spellingThreshold } from './product-search.ts';

export type Reader = Pick<PrismaClient, '$queryRaw'>;

/** Reads what a search finds. */
export interface ProductMatches {
  /**
   * Reads as it was typed; where that finds nothing, and nothing in the catalogue is spelled so, reads again with
   * spelling forgiven. What else narrows the list has no say in it, so that a page, its count and its choices agree.
   * @param read is given null when nothing is searched for
   */
  read<Value>(
    filter: ProductFilter,
    read: (tx: Reader, match: ProductMatch | null) => Promise<Value>,
    isFound: (value: Value) => boolean,
  ): Promise<Value>;
}

export function createProductMatches(client: PrismaClient, { catalogue }: ProductConditions): ProductMatches {
  const isSpelledSo = async (filter: ProductFilter, exact: ProductMatch) => {
    // As a CTE of its own, because for a bare EXISTS the planner bets on meeting a match early and walks the table.
    const [row] = await client.$queryRaw<{ found: boolean }[]>`
      WITH hit AS MATERIALIZED (
        SELECT 1 FROM inventory.erp_productos p WHERE ${catalogue(filter)} AND ${exact.condition})
      SELECT EXISTS (SELECT 1 FROM hit) AS found`;
    return row?.found === true;
  };
  return {
    async read(filter, read, isFound) {
      const search = productSearch(filter.search ?? '');
      if (search === null) return read(client, null);
      const { exact, forgiving } = search;
      const asTyped = await read(client, exact);
      if (forgiving === null || isFound(asTyped) || (await isSpelledSo(filter, exact))) return asTyped;
      return withSpelling(client, (tx) => read(tx, forgiving));
    },
  };
}

/** The threshold is a setting of the session; it is set for one transaction, so that no other query feels it. */
function withSpelling<Value>(client: PrismaClient, work: (tx: Reader) => Promise<Value>): Promise<Value> {
  return client.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT set_config('pg_trgm.word_similarity_threshold', ${String(spellingThreshold)}, true)`;
    return work(tx);
  });
}

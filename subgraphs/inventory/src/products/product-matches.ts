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

/** Words that are gone may hide others behind them; not for ever. */
const mostTries = 3;

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
    return new Map(rows.map((row) => [row.typed, new Set(row.known)]));
  };
  /** Those of some words that no product has any more: words stay when their products go, or get another name. */
  const goneOf = async (filter: ProductFilter, words: readonly string[]) => {
    const rows = await client.$queryRaw<{ word: string }[]>`
      SELECT asked.word FROM unnest(${words}::text[]) AS asked (word) WHERE NOT EXISTS (
        SELECT FROM inventory.erp_productos p WHERE ${catalogue(filter)} AND p.texto_busqueda LIKE '%' || asked.word || '%')`;
    return rows.map(({ word }) => word);
  };
  return {
    async read(filter, read, isFound) {
      const search = productSearch(filter.search ?? '');
      if (search === null) return read(null);
      const { exact, misspelled, respelled } = search;
      const asTyped = await read(exact);
      if (misspelled.length === 0 || isFound(asTyped) || (await isSpelledSo(filter, exact))) return asTyped;
      const known = await spellings(filter, misspelled);
      for (let tries = 1; ; tries += 1) {
        const meant = new Map(misspelled.map((word) => [word, spellingsOf(word, [...(known.get(word) ?? [])])]));
        const isOther = misspelled.some((word) => meant.get(word)?.some((spelling) => spelling !== word));
        const found = isOther ? await read(respelled(meant)) : asTyped;
        if (isFound(found) || tries === mostTries) return found;
        const alike = [...known].flatMap(([typed, words]) => [...words].filter((word) => word.includes(typed)));
        const gone = await goneOf(filter, [...new Set([...alike, ...[...meant.values()].flat()])]);
        const forgotten = gone.filter((word) => [...known.values()].some((words) => words.has(word)));
        if (forgotten.length === 0) return found;
        for (const word of forgotten) for (const words of known.values()) words.delete(word);
      }
    },
  };
}

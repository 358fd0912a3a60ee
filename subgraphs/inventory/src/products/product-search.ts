import { Prisma } from '@cauce/prisma/client';
import type { SearchWord } from './search-words.ts';
import { foldSearch, searchWords } from './search-words.ts';

/**
 * How alike a word and a piece of the text must be (0 to 1) to be taken for a slip of the keyboard. Postgres' own 0.6
 * misses a wrong letter in a word of five.
 */
export const spellingThreshold = 0.45;

/** Columns that the database makes of a product for the search. */
const document = Prisma.raw('p.documento_busqueda');
const codeAndName = Prisma.raw('p.texto_busqueda');

/** What a scanner reads off a package, from its first digits on. */
const barcode = /^\d{6,50}$/;

/** Products that may be meant, and how well each fits. */
export interface ProductMatch {
  /** Over the alias `p`. */
  readonly condition: Prisma.Sql;
  /** Higher is better; over `h.search_text`, the same between spaces `h.spaced`, `h.folded_sku`, `h.folded_name` and `h.barcode`. */
  readonly rank: Prisma.Sql;
  /** So much fits that the best of it would have to be looked for long: the list is in another order, and read in it. */
  readonly isBroad?: boolean;
}

export interface ProductSearch {
  /** Every word as it was typed. */
  readonly exact: ProductMatch;
  /** Every word, or nearly; asked when nothing is exact. Null when no word can be misspelled. */
  readonly forgiving: ProductMatch | null;
}

/**
 * Finds products by words in any order: every word stands in the code or name, whole or in part; or all of them, in any
 * inflection, stand somewhere in code, name, category or description. Null when nothing is asked.
 */
export function productSearch(search: string): ProductSearch | null {
  const words = searchWords(search);
  if (words.length === 0) return null;
  const folded = foldSearch(search);
  if (folded.length === 1) return { exact: beginningWith(folded), forgiving: null };
  const rank = rankOf(words, folded);
  const query = Prisma.sql`inventory.product_query(${words.map(({ text }) => text).join(' ')})`;
  const byText = Prisma.sql`${document} @@ ${query}`;
  // A search of nothing but one or two letters has no pieces to look up: words that begin so must do.
  const hasPieces = words.some((word) => word.hasPieces);
  // The cheap test first: where an index is inexact the row is looked at again, in this order.
  const named = hasPieces ? Prisma.sql`((${Prisma.join(words.map(contains), ' AND ')}) OR ${byText})` : byText;
  // A code is found by how it begins, whatever its signs make of its words: `QQ-7`.
  const coded = Prisma.sql`(${named} OR ${codeAndName} LIKE ${`${folded.replaceAll(/[\\%_]/g, '\\$&')}%`})`;
  const exact = barcode.test(search.trim())
    ? Prisma.sql`(${coded} OR p.codigo_barras LIKE ${`${search.trim()}%`})`
    : coded;
  const misspelled = words.filter(({ isForgiving }) => isForgiving);
  if (misspelled.length === 0) return { exact: { condition: exact, rank }, forgiving: null };
  const swaps = misspelled.map(({ text }) => Prisma.sql`(h.search_text ~ ${swapsOf(text)})::int`);
  return {
    exact: { condition: exact, rank },
    forgiving: {
      condition: Prisma.sql`(${Prisma.join(words.map(nearlyContains), ' AND ')})`,
      // Two swapped letters are the likeliest slip of all, however little is left of the pieces.
      rank: Prisma.sql`(${rank} + ${likenessOf(words)} + (${Prisma.join(swaps, ' + ')}))`,
    },
  };
}

/** A single letter says too little to look into every word, and too much stands behind it to be compared. */
function beginningWith(letter: string): ProductMatch {
  const name = Prisma.sql`substr(${codeAndName}, length(p.codigo) + 2)`;
  return {
    condition: Prisma.sql`(${codeAndName} LIKE ${`${letter}%`} OR ${name} LIKE ${`${letter}%`})`,
    rank: Prisma.sql`0`,
    isBroad: true,
  };
}

function contains({ text }: SearchWord): Prisma.Sql {
  return Prisma.sql`${codeAndName} LIKE ${`%${text}%`}`;
}

function nearlyContains(word: SearchWord): Prisma.Sql {
  if (!word.isForgiving) return contains(word);
  return Prisma.sql`(${contains(word)} OR ${codeAndName} ~ ${swapsOf(word.text)} OR ${codeAndName} %> ${word.text})`;
}

/** A pattern of every word that two neighbouring letters make when they change places: `flitro` is one of `filtro`. */
function swapsOf(word: string): string {
  const letters = [...word];
  const swapped = letters.slice(1).map((letter, index) => {
    const before = letters[index] ?? '';
    return [...letters.slice(0, index), letter, before, ...letters.slice(index + 2)].join('');
  });
  return swapped.join('|');
}

/**
 * What people expect first: the very code or barcode (+10), codes that begin so (+2), names that begin with one of the
 * words, its ending aside (+0.5): who looks for `rodamientos` wants a bearing before a tool to pull bearings. Then how
 * many of the words begin one there, in any form (+1 for all) or as they are (+1.2).
 */
function rankOf(words: readonly SearchWord[], folded: string): Prisma.Sql {
  const places = words.map(
    ({ text }) =>
      Prisma.sql`CASE WHEN strpos(h.spaced, ${` ${text} `}) > 0 THEN 1.2 WHEN strpos(h.spaced, ${` ${stemOf(text)}`}) > 0 THEN 1 ELSE 0 END`,
  );
  // The code stands first in the text, the name after it.
  const begins = words.map(({ text }) => Prisma.sql`starts_with(h.folded_name, ${stemOf(text)})`);
  return Prisma.sql`round((
    (${Prisma.join(places, ' + ')}) / ${words.length}::numeric
    + CASE WHEN starts_with(h.spaced, ${` ${folded} `}) AND h.folded_sku = ${folded} OR h.barcode = ${folded} THEN 10
        WHEN starts_with(h.spaced, ${` ${folded}`}) THEN 2 ELSE 0 END
    + CASE WHEN ${Prisma.join(begins, ' OR ')} THEN 0.5 ELSE 0 END
  )::numeric, 6)`;
}

/** The likeness of each word to its best place in the text (0 to 1, averaged): of few products, because it takes long. */
function likenessOf(words: readonly SearchWord[]): Prisma.Sql {
  const likeness = words.map(({ text }) => Prisma.sql`word_similarity(${text}, h.search_text)`);
  return Prisma.sql`round(((${Prisma.join(likeness, ' + ')}) / ${words.length}::int)::numeric, 6)`;
}

function stemOf(word: string): string {
  return word.length > 5 ? word.slice(0, -2) : word;
}

import { Prisma } from '@cauce/prisma/client';
import type { SearchWord } from './search-words.ts';
import { foldSearch, searchWords } from './search-words.ts';

/**
 * How alike a word and a piece of the text must be (0 to 1) to be taken for a slip of the keyboard. Postgres' own 0.6
 * misses a wrong letter in a word of five.
 */
export const spellingThreshold = 0.45;

/** What the indexes of `erp_productos` are made of; the expressions must stay letter by letter. */
const document = Prisma.raw(`inventory.product_document(p.codigo, p.nombre, p.descripcion, p.categoria)`);
const codeAndName = Prisma.raw(`platform.search_text(p.codigo || ' ' || p.nombre)`);

/** Products that may be meant, and how well each fits. */
export interface ProductMatch {
  /** Over the alias `p`. */
  readonly condition: Prisma.Sql;
  /** Higher is better; over `h.search_text`, `h.folded_sku` and `h.folded_name`. */
  readonly rank: Prisma.Sql;
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
  const rank = rankOf(words, foldSearch(search));
  const query = Prisma.sql`inventory.product_query(${words.map(({ text }) => text).join(' ')})`;
  const byText = Prisma.sql`${document} @@ ${query}`;
  // A search of nothing but one or two letters has no pieces to look up: words that begin so must do.
  const hasPieces = words.some((word) => word.hasPieces);
  // The cheap test first: where an index is inexact the row is looked at again, in this order.
  const exact = hasPieces ? Prisma.sql`((${Prisma.join(words.map(contains), ' AND ')}) OR ${byText})` : byText;
  const misspelled = words.filter(({ isForgiving }) => isForgiving);
  if (misspelled.length === 0) return { exact: { condition: exact, rank }, forgiving: null };
  const swaps = misspelled.map(({ text }) => Prisma.sql`(h.search_text ~ ${swapsOf(text)})::int`);
  return {
    exact: { condition: exact, rank },
    forgiving: {
      condition: Prisma.sql`(${Prisma.join(words.map(nearlyContains), ' AND ')})`,
      // Two swapped letters are the likeliest slip of all, however little is left of the pieces.
      rank: Prisma.sql`(${rank} + (${Prisma.join(swaps, ' + ')}))`,
    },
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
 * The likeness of each word to its best place in the text (0 to 1, averaged); then what people expect on top: the very
 * code (+10), codes that begin so (+2), and names that begin with one of the words, its ending aside (+0.5): who looks
 * for `rodamientos` wants a bearing before a tool to pull bearings.
 */
function rankOf(words: readonly SearchWord[], folded: string): Prisma.Sql {
  const likeness = words.map(({ text }) => Prisma.sql`word_similarity(${text}, h.search_text)`);
  const begins = words.map(({ text }) => Prisma.sql`starts_with(h.folded_name, ${stemOf(text)})`);
  return Prisma.sql`round((
    (${Prisma.join(likeness, ' + ')}) / ${words.length}::int
    + CASE WHEN h.folded_sku = ${folded} THEN 10 WHEN starts_with(h.folded_sku, ${folded}) THEN 2 ELSE 0 END
    + CASE WHEN ${Prisma.join(begins, ' OR ')} THEN 0.5 ELSE 0 END
  )::numeric, 6)`;
}

function stemOf(word: string): string {
  return word.length > 5 ? word.slice(0, -2) : word;
}

import { Prisma } from '@cauce/prisma/client';
import { type ProductTiers, productTiers, type SpelledWord } from './product-tiers.ts';
import { foldSearch, type SearchWord, searchWords } from './search-words.ts';

/** Columns that the database makes of a product for the search. */
const document = Prisma.raw('p.documento_busqueda');
const codeAndName = Prisma.raw('p.texto_busqueda');

/** What a scanner reads off a package, from its first digits on. */
const barcode = /^\d{6,50}$/;

/** Products that may be meant, and how well each fits. */
export interface ProductMatch {
  /** Over the alias `p`. */
  readonly condition: Prisma.Sql;
  readonly tiers: ProductTiers;
  /** Nothing fits but what is in the first three tiers. */
  readonly isOfBeginnings: boolean;
}

export interface ProductSearch {
  /** Every word as it was typed. */
  readonly exact: ProductMatch;
  /** The words that may be misspelled; asked about when nothing is exact. */
  readonly misspelled: readonly string[];
  /** Every word in one of its spellings, by the word as it was typed; one that has none here is as it was typed. */
  respelled(spellings: ReadonlyMap<string, readonly string[]>): ProductMatch;
}

/**
 * Finds products by words in any order: every word stands in the code or name, whole or in part; or all of them, in any
 * inflection, stand somewhere in code, name, category or description. Null when nothing is asked.
 */
export function productSearch(search: string): ProductSearch | null {
  const words = searchWords(search);
  if (words.length === 0) return null;
  const folded = foldSearch(search);
  return {
    exact: folded.length === 1 ? beginningWith(folded) : asTyped(words, folded, search.trim()),
    misspelled: words.filter(({ isForgiving }) => isForgiving).map(({ text }) => text),
    respelled: (spellings) => {
      const spelled = words.map(({ text }) => ({ spellings: spellings.get(text) ?? [text] }));
      const query = Prisma.join(
        spelled.map((word) => Prisma.sql`(${Prisma.join(word.spellings.map(queryOf), ' || ')})`),
        ' && ',
      );
      const condition = Prisma.sql`((${Prisma.join(spelled.map(contains), ' AND ')}) OR ${document} @@ (${query}))`;
      return { condition, tiers: productTiers(spelled, null, false), isOfBeginnings: false };
    },
  };
}

/** A single letter says too little to look into every word. */
function beginningWith(letter: string): ProductMatch {
  const tiers = productTiers([{ spellings: [letter] }], letter, false);
  return {
    condition: Prisma.sql`(${Prisma.join([tiers.beginsCode, ...tiers.beginsName], ' OR ')})`,
    tiers,
    isOfBeginnings: true,
  };
}

function asTyped(words: readonly SearchWord[], folded: string, typed: string): ProductMatch {
  const spelled = words.map(({ text }) => ({ spellings: [text] }));
  const byText = Prisma.sql`${document} @@ ${queryOf(words.map(({ text }) => text).join(' '))}`;
  // A search of nothing but one or two letters has no pieces to look up: words that begin so must do.
  const hasPieces = words.some((word) => word.hasPieces);
  // The cheap test first: where an index is inexact the row is looked at again, in this order.
  const named = hasPieces ? Prisma.sql`((${Prisma.join(spelled.map(contains), ' AND ')}) OR ${byText})` : byText;
  // A code is found by how it begins, whatever its signs make of its words: `QQ-7`. A word has been looked for already.
  const isWord = hasPieces && words.length === 1 && words[0]?.text === folded;
  const coded = isWord
    ? named
    : Prisma.sql`(${named} OR ${codeAndName} LIKE ${`${folded.replaceAll(/[\\%_]/g, '\\$&')}%`})`;
  const isBarcode = barcode.test(typed);
  return {
    condition: isBarcode ? Prisma.sql`(${coded} OR p.codigo_barras LIKE ${`${typed}%`})` : coded,
    tiers: productTiers(spelled, folded, isBarcode),
    isOfBeginnings: false,
  };
}

function contains({ spellings }: SpelledWord): Prisma.Sql {
  return Prisma.sql`(${Prisma.join(
    spellings.map((text) => Prisma.sql`${codeAndName} LIKE ${`%${text}%`}`),
    ' OR ',
  )})`;
}

function queryOf(text: string): Prisma.Sql {
  return Prisma.sql`inventory.product_query(${text})`;
}

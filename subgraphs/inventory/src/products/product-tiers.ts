import { Prisma } from '@cauce/prisma/client';

/** A word of a search, with each spelling that is taken for it: itself, or the words of the catalogue that it may be. */
export interface SpelledWord {
  readonly spellings: readonly string[];
}

/**
 * How well a product fits a search, 0 the best: 0 its code or barcode is what was typed, 1 its code begins so, 2 its name
 * begins with one of the words (its ending aside: who looks for `rodamientos` wants a bearing before a tool to pull
 * bearings), 3 every word begins one of its code or name, 4 it fits in some other way. Conditions over the alias `p`.
 */
export interface ProductTiers {
  readonly isCode: Prisma.Sql;
  readonly beginsCode: Prisma.Sql;
  /** One for each beginning. */
  readonly beginsName: readonly Prisma.Sql[];
  /** The whole of it, as a number. */
  readonly tier: Prisma.Sql;
}

/** The last tier that is sorted by code; the others are by name. */
export const lastCodeTier = 1;

/** Column and collation of the index of codes, code first and name after it. */
export const byCode = Prisma.raw('p.texto_busqueda COLLATE "C"');
export const byName = Prisma.raw('p.nombre_busqueda');

/**
 * @param folded the whole search; null when it is not one that a code could be
 * @param isBarcode what was typed may have been read off a package
 */
export function productTiers(words: readonly SpelledWord[], folded: string | null, isBarcode: boolean): ProductTiers {
  const never = Prisma.sql`FALSE`;
  const beginning = `${(folded ?? '').replaceAll(/[\\%_]/g, '\\$&')}`;
  const isCode =
    folded === null
      ? never
      : Prisma.sql`((${byCode} LIKE ${`${beginning} %`} AND p.texto_busqueda = ${`${folded} `} || ${byName})
          ${isBarcode ? Prisma.sql`OR p.codigo_barras = ${folded}` : Prisma.empty})`;
  const beginsCode = folded === null ? never : Prisma.sql`${byCode} LIKE ${`${beginning}%`}`;
  const starts = shortest(words.flatMap(({ spellings }) => spellings.map(stemOf)));
  const beginsName = starts.map((start) => Prisma.sql`${byName} LIKE ${`${start}%`}`);
  const spaced = Prisma.sql`translate(' ' || p.texto_busqueda, './-_(', '     ')`;
  const begun = words.map(
    ({ spellings }) =>
      Prisma.sql`(${Prisma.join(
        spellings.map((text) => Prisma.sql`strpos(${spaced}, ${` ${stemOf(text)}`}) > 0`),
        ' OR ',
      )})`,
  );
  const tier = Prisma.sql`CASE WHEN ${isCode} THEN 0 WHEN ${beginsCode} THEN 1
    WHEN ${Prisma.join(beginsName, ' OR ')} THEN 2 WHEN ${Prisma.join(begun, ' AND ')} THEN 3 ELSE 4 END`;
  return { isCode, beginsCode, beginsName, tier };
}

/** A word without the ending that its forms differ by, roughly. */
function stemOf(word: string): string {
  return word.length > 5 ? word.slice(0, -2) : word;
}

/** What begins with another one of them says nothing more. */
function shortest(starts: readonly string[]): string[] {
  const all = [...new Set(starts)];
  return all.filter((one) => !all.some((other) => other !== one && one.startsWith(other)));
}

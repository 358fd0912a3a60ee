const longestSearch = 200;
const mostWords = 8;

/** Words that say nothing about a part: `filtro de aceite para motor` is looked for by three words. */
const fillers = new Set([
  'a',
  'al',
  'con',
  'de',
  'del',
  'e',
  'el',
  'en',
  'la',
  'las',
  'los',
  'o',
  'para',
  'por',
  'un',
  'una',
  'y',
]);

/** No word of a catalogue is longer, and the spellings to try grow with the square of the letters. */
const longestForgiven = 24;

/** One word of a search. */
export interface SearchWord {
  readonly text: string;
  /** Spelling is forgiven in words, never in codes and measures: 6204 is not 6205. */
  readonly isForgiving: boolean;
  /** Long enough for an index of three-letter pieces. */
  readonly hasPieces: boolean;
}

/** The search as one line without accents and case, cut to a sane length. */
export function foldSearch(search: string): string {
  return search
    .slice(0, longestSearch)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}./%"-]+/gu, ' ')
    .trim();
}

/** The words that a product must have, in any order. Empty when the search says nothing. */
export function searchWords(search: string): SearchWord[] {
  const words = foldSearch(search)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !fillers.has(word));
  return [...new Set(telling.length > 0 ? telling : words)].slice(0, mostWords).map((text) => ({
    text,
    isForgiving: text.length >= 4 && text.length <= longestForgiven && !/\p{N}/u.test(text),
    hasPieces: text.length >= 3,
  }));
}

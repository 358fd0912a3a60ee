/** How many slips a word is forgiven: short ones are soon another word. */
function slipsForgiven({ length }: string): number {
  return length <= 5 ? 1 : length <= 8 ? 2 : 3;
}

/** More spellings of one word would be a search for half the catalogue. */
const mostSpellings = 8;

/**
 * The words of the catalogue that somebody may have meant: those that the fewest slips make what was typed, a slip being
 * a letter too many, missing, wrong, or changed with its neighbour, and an ending that is not typed yet being none. The
 * word itself where it stands in one of them, or where nothing is near.
 */
export function spellingsOf(typed: string, known: readonly string[]): readonly string[] {
  if (known.some((word) => word.includes(typed))) return [typed];
  const near = known
    .map((word) => ({ word, ...slipsBetween(typed, word) }))
    .filter(({ begun }) => begun <= slipsForgiven(typed))
    .toSorted((a, b) => a.begun - b.begun || a.whole - b.whole || (a.word < b.word ? -1 : 1));
  const [best] = near;
  if (best === undefined) return [typed];
  return near
    .filter(({ begun }) => begun === best.begun)
    .map(({ word }) => word)
    .slice(0, mostSpellings);
}

/** Slips between a word and another one, and between it and the beginning of the other that is nearest. */
export function slipsBetween(typed: string, word: string): { readonly whole: number; readonly begun: number } {
  const from = [...typed];
  const to = [...word];
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (const [index, letter] of from.entries()) {
    const next = [index + 1];
    for (const [column, other] of to.entries()) {
      const changed = (last[column] ?? 0) + (letter === other ? 0 : 1);
      const least = Math.min(changed, (last[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1);
      const isSwapped = index > 0 && column > 0 && letter === to[column - 1] && from[index - 1] === other;
      next.push(isSwapped ? Math.min(least, (beforeLast[column - 1] ?? 0) + 1) : least);
    }
    beforeLast = last;
    last = next;
  }
  return { whole: last.at(-1) ?? 0, begun: Math.min(...last) };
}

/** A pattern of the beginnings that two neighbouring letters make when they change places: `flitro` is one of `filtro`. */
export function swapsOf(word: string): string {
  const letters = [...word];
  const swapped = letters.slice(1).map((letter, index) => {
    const before = letters[index] ?? '';
    return [...letters.slice(0, index), letter, before, ...letters.slice(index + 2)].join('');
  });
  return `^(${swapped.join('|')})`;
}

/** A name that could stand where somebody is typing, and the text that choosing it makes. */
export interface Completion {
  readonly name: string;
  readonly text: string;
  /** Where the cursor goes. */
  readonly cursor: number;
}

/** Names that begin with the word before the cursor; none where no word begins. */
export function completionsOf(
  text: string,
  cursor: number,
  names: readonly string[],
  functions: readonly string[],
): readonly Completion[] {
  const word = /[a-z_][a-z0-9_]*$/i.exec(text.slice(0, cursor))?.[0] ?? '';
  if (word === '') return [];
  const rest = text.slice(cursor).replace(/^[a-z0-9_]*/i, '');
  const before = text.slice(0, cursor - word.length);
  const fits = (name: string) => name.startsWith(word.toLowerCase()) && name !== word;
  return [
    ...names.filter(fits).map((name) => ({ name, written: name })),
    ...functions.filter(fits).map((name) => ({ name: `${name}()`, written: `${name}(` })),
  ]
    .slice(0, 8)
    .map(({ name, written }) => ({ name, text: before + written + rest, cursor: before.length + written.length }));
}

/**
 * The cells of a text that was copied out of a spreadsheet: tabs between cells, quotes around those with a tab or a
 * line break in them. Null for what is no table of at least two rows and two columns.
 */
export function pastedRows(text: string | undefined): readonly (readonly string[])[] | null {
  if (text === undefined || !text.includes('\t')) return null;
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r?\n|\r|$)/g,
  )) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '') break;
    if (end !== '\t') rows.push([]);
  }
  const filled = rows.filter((row) => row.some((cell) => cell.trim() !== ''));
  return filled.length < 2 || filled.every(({ length }) => length < 2) ? null : filled;
}

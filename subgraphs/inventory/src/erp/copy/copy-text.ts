export type CopyValue = string | number | boolean | null;

/** One row in the text format of `COPY`. */
export function copyLine(values: readonly CopyValue[]): string {
  let line = '';
  for (let at = 0; at < values.length; at += 1) line += `${at === 0 ? '' : '\t'}${copyItem(values[at] ?? null)}`;
  return `${line}\n`;
}

/** A list of plain words as Postgres' array literal. */
export const copyList = (words: readonly string[]): string => `{${words.join(',')}}`;

function copyItem(value: CopyValue): string {
  if (value === null) return '\\N';
  if (typeof value !== 'string') return String(value);
  return /[\\\t\n\r]/.test(value) ? value.replace(/[\\\t\n\r]/g, escaped) : value;
}

function escaped(char: string): string {
  return char === '\t' ? '\\t' : char === '\n' ? '\\n' : char === '\r' ? '\\r' : '\\\\';
}

import type { Language } from '../format/numbers.ts';

export type CsvValue = string | number | null;

/**
 * A spreadsheet-ready file: byte order mark, CRLF, and the separator and decimal mark that a spreadsheet in the
 * reader's language expects. Text that a spreadsheet would run as a formula is defused with a leading apostrophe.
 */
export function toCsv(header: readonly string[], rows: readonly (readonly CsvValue[])[], language: Language): string {
  const separator = language === 'es' ? ';' : ',';
  const lines = [header, ...rows].map((row) => row.map((value) => csvCell(value, language)).join(separator));
  return `\ufeff${lines.join('\r\n')}\r\n`;
}

function csvCell(value: CsvValue, language: Language): string {
  if (value === null) return '';
  if (typeof value === 'number' || isPlainDecimal(value)) {
    return language === 'es' ? String(value).replace('.', ',') : String(value);
  }
  const safe = startsFormula(value) ? `'${value}` : value;
  return /[",;\r\n\t]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Exact decimals come from the graph as text and are numbers all the same; long codes of digits are not. */
function isPlainDecimal(text: string): boolean {
  return /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(text);
}

/** Spreadsheets look past leading blanks and take full-width signs too. */
function startsFormula(text: string): boolean {
  return /^[\s\p{Cc}]*[=+\-@|%＝＋－＠]/u.test(text);
}

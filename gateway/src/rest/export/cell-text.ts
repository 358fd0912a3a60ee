import type { CellKind } from './columns.ts';

/** What a spreadsheet would take for a formula, wide forms of the signs included, or skip on its way to one. */
const formulaStart = /^[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n]/;

/**
 * A cell as text. Text that a spreadsheet would run as a formula gets an apostrophe before it, which spreadsheets show
 * as the text behind it; numbers and times are made by us and stay as they are. Lists are joined with `; `.
 */
export function cellText(value: unknown, kind: CellKind): string {
  if (value === null || value === undefined) return '';
  if (kind === 'json') return guardFormula(listText(value));
  if (kind === 'text') return guardFormula(String(value));
  return String(value);
}

/** Text that no spreadsheet runs. */
export function guardFormula(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}

/** A list of plain values with `; ` between them; anything else as JSON. */
export function listText(value: unknown): string {
  const isPlainList = Array.isArray(value) && value.every((item) => typeof item !== 'object' || item === null);
  return isPlainList ? value.join('; ') : JSON.stringify(value);
}

import type { Cell, Row } from 'write-excel-file/browser';
import type { CsvValue } from './csv.ts';

/** Digits that a spreadsheet's numbers keep. */
const exactDigits = 15;
/** Characters that a cell of this format can hold. */
const longestCell = 32_767;

/**
 * The rows of an .xlsx file: a bold header, numbers as numbers where a spreadsheet keeps all their digits, everything
 * else as text, which no spreadsheet runs.
 */
export function workbookRows(header: readonly string[], rows: readonly (readonly CsvValue[])[]): Row[] {
  const head: Row = header.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  return [head, ...rows.map((row): Row => row.map(workbookCell))];
}

/** Fetches the writer only when somebody wants a file. */
export async function workbookBlob(
  header: readonly string[],
  rows: readonly (readonly CsvValue[])[],
  sheet: string,
): Promise<Blob> {
  const { default: writeWorkbook } = await import('write-excel-file/browser');
  return writeWorkbook(workbookRows(header, rows), { sheet: sheetName(sheet), stickyRowsCount: 1 }).toBlob();
}

/** What a sheet may be called: 31 characters at most, some of them never. */
export function sheetName(text: string): string {
  const name = text.replaceAll(/[\\/?*:[\]]/g, '-').slice(0, 31);
  // Neither end may be an apostrophe.
  return name.replaceAll(/^'+|'+$/g, '') || '-';
}

/** An .xlsx file of nothing but text: what looks like a number stays as it was written. */
export async function textWorkbook(rows: readonly (readonly string[])[]): Promise<Blob> {
  const { default: writeWorkbook } = await import('write-excel-file/browser');
  const cells = rows.map((row): Row => row.map((value) => ({ value: value.slice(0, longestCell), type: String })));
  return writeWorkbook(cells, { sheet: 'Datos' }).toBlob();
}

function workbookCell(value: CsvValue): Cell {
  if (value === null) return null;
  if (typeof value === 'number') return { value, type: Number };
  const isNumber = /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value) && value.replace(/^-?0*|\./g, '').length <= exactDigits;
  return isNumber ? { value: Number(value), type: Number } : { value: value.slice(0, longestCell), type: String };
}

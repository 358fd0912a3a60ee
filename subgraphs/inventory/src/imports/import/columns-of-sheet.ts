import type { SpreadsheetImport } from './spreadsheet-import.ts';

/** The columns of a sheet: its own where they are others than the first sheet's. A sheet may have any name. */
export function columnsOfSheet(
  { columns, otherColumns }: Pick<SpreadsheetImport, 'columns' | 'otherColumns'>,
  sheet: string,
): SpreadsheetImport['columns'] {
  return Object.hasOwn(otherColumns, sheet) ? (otherColumns[sheet] ?? columns) : columns;
}

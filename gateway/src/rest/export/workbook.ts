import writeWorkbook, { type Cell, type Row } from 'write-excel-file/node';
import { listText } from './cell-text.ts';
import { type CellKind, type Column, cellOf } from './columns.ts';

/** Digits that a spreadsheet's numbers keep. */
const exactDigits = 15;

/** Characters that a cell of this format can hold. */
const longestCell = 32_767;

/**
 * An .xlsx file with one sheet: a header row, then the rows, instants and days as dates (UTC), decimals as numbers where
 * a spreadsheet keeps all their digits and as text otherwise. Held in memory, so the caller bounds the rows.
 */
export async function workbookFrom(
  columns: readonly Column[],
  rows: readonly unknown[],
  sheet: string,
): Promise<Buffer> {
  const header: Row = columns.map(({ name }) => ({ value: name, fontWeight: 'bold' as const }));
  const body = rows.map((row): Row => columns.map((column) => workbookCell(cellOf(row, column), column.kind)));
  return writeWorkbook([header, ...body], { sheet: sheet.slice(0, 31), stickyRowsCount: 1 }).toBuffer();
}

function workbookCell(value: unknown, kind: CellKind): Cell {
  if (value === null || value === undefined) return null;
  switch (kind) {
    case 'number':
      return typeof value === 'number' ? { value, type: Number } : textCell(String(value));
    case 'boolean':
      return typeof value === 'boolean' ? { value, type: Boolean } : textCell(String(value));
    case 'decimal':
      return decimalCell(String(value));
    case 'instant':
      return dateCell(String(value), 'yyyy-mm-dd hh:mm:ss');
    case 'day':
      return dateCell(`${String(value)}T00:00:00Z`, 'yyyy-mm-dd');
    case 'json':
      return textCell(listText(value));
    default:
      return textCell(String(value));
  }
}

function decimalCell(text: string): Cell {
  const digits = text.replace(/^-?0*|\./g, '').length;
  return digits <= exactDigits ? { value: Number(text), type: Number } : textCell(text);
}

function dateCell(text: string, format: string): Cell {
  const value = new Date(text);
  return Number.isNaN(value.getTime()) ? textCell(text) : { value, type: Date, format };
}

/** A cell of this type is text to every spreadsheet, whatever it begins with; nothing needs guarding. */
function textCell(text: string): Cell {
  return { value: text.slice(0, longestCell), type: String };
}

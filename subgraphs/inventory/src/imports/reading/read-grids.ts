import * as XLSX from '@e965/xlsx';
import { beginningOf, cleanText } from './clean-text.ts';
import { FileRefused } from './file-refused.ts';
import type { Cell, Grid } from './grid.ts';
import { guardFile } from './guard-file.ts';
import type { ReadingLimits } from './limits.ts';

/**
 * The visible sheets of a workbook. Formulas are not worked out and macros not looked at: a cell is what it last
 * showed. Merged cells repeat their value in the places they cover, marked as such.
 * @throws FileRefused
 */
export function readGrids(bytes: Buffer, limits: ReadingLimits): Grid[] {
  const workbook = open(guardFile(bytes, limits), limits.rows);
  if (workbook.SheetNames.length > limits.sheets) throw new FileRefused('TOO_MANY_SHEETS');
  const is1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const grids: Grid[] = [];
  let rows = 0;
  workbook.SheetNames.forEach((sheet, index) => {
    const worksheet = workbook.Sheets[sheet];
    if (worksheet === undefined || (workbook.Workbook?.Sheets?.[index]?.Hidden ?? 0) !== 0) return;
    const grid = gridOf(beginningOf(cleanText(sheet), 100), worksheet, { is1904, columns: limits.columns });
    rows += grid.rows.length;
    if (rows > limits.rows) throw new FileRefused('TOO_MANY_ROWS');
    grids.push(grid);
    delete workbook.Sheets[sheet];
  });
  return grids;
}

function open(bytes: Buffer, rows: number): XLSX.WorkBook {
  try {
    return XLSX.read(bytes, {
      ...{ type: 'buffer', dense: true, cellNF: true, cellText: false, cellHTML: false, cellFormula: true },
      // A formula without a value must not look like an empty cell.
      ...{ sheetStubs: true, sheetRows: rows + 1 },
    });
  } catch (error) {
    if (error instanceof Error && /password|encrypt/i.test(error.message)) throw new FileRefused('PASSWORD_PROTECTED');
    throw new FileRefused('BROKEN_FILE');
  }
}

interface Reading {
  readonly is1904: boolean;
  readonly columns: number;
}

function gridOf(sheet: string, worksheet: XLSX.WorkSheet, reading: Reading): Grid {
  const rows: (Cell | undefined)[][] = [];
  const data = worksheet['!data'] ?? [];
  for (let row = 0; row < data.length; row += 1) {
    const cells = data[row];
    if (cells === undefined) continue;
    const line: (Cell | undefined)[] = [];
    for (let column = 0; column < Math.min(cells.length, reading.columns); column += 1) {
      const source = cells[column];
      const cell = source === undefined ? undefined : cellOf(source, reading.is1904);
      if (cell !== undefined) line[column] = cell;
    }
    if (line.length > 0) rows[row] = line;
  }
  for (const merge of worksheet['!merges'] ?? []) cover(rows, merge, reading.columns);
  return { sheet, is1904: reading.is1904, rows };
}

function cellOf({ t, v, f, z }: XLSX.CellObject, is1904: boolean): Cell | undefined {
  if (t === 'z' || v === undefined || v === null) return f === undefined ? undefined : plain('formula', '');
  if (t === 'e') return plain('error', XLSX.utils.format_cell({ t, v }));
  if (typeof v === 'boolean') return plain('boolean', v ? 'VERDADERO' : 'FALSO');
  if (typeof v === 'string') {
    const text = cleanText(v);
    return text === '' ? undefined : plain('text', text);
  }
  if (typeof v !== 'number') return undefined;
  const format = typeof z === 'string' ? z : 'General';
  if (XLSX.SSF.is_date(format)) {
    const day = dayOfSerial(v, is1904);
    if (day !== null) return { ...plain('date', day), number: v };
  }
  const isCode = Number.isInteger(v) && v >= 0 && isCodeFormat(format);
  return { kind: 'number', text: isCode ? XLSX.SSF.format(format, v) : '', number: v, isCovered: false };
}

/**
 * Whether a format is how a code keeps its looks: zeros that it always shows, or words and dashes before and between its
 * digits. The cell holds 123 and shows 00123, 1-23 or REF-123.
 */
function isCodeFormat(format: string): boolean {
  const digits = format.replace(/"[^"]*"|\\./g, '-');
  return /^-*[0#]+(?:-+[0#]+)*$/.test(digits) && (/^0{2,}$/.test(digits) || digits.includes('-'));
}

const plain = (kind: Cell['kind'], text: string): Cell => ({ kind, text, number: null, isCovered: false });

/** The day of a serial number: 1 is the first of January of 1900, and 60 the leap day that 1900 did not have. */
export function dayOfSerial(serial: number, is1904: boolean): string | null {
  const whole = Math.floor(serial);
  if (whole < 1 || whole > 2_958_465) return null;
  const days = is1904 ? whole + 1_462 : whole;
  return new Date(Date.UTC(1899, 11, 30) + (days < 60 ? days + 1 : days) * 86_400_000).toISOString().slice(0, 10);
}

function cover(rows: (Cell | undefined)[][], { s, e }: XLSX.Range, columns: number): void {
  const origin = rows[s.r]?.[s.c];
  if (origin === undefined) return;
  const covered = { ...origin, isCovered: true };
  for (let row = s.r; row <= Math.min(e.r, rows.length - 1); row += 1) {
    for (let column = s.c; column <= Math.min(e.c, columns - 1); column += 1) {
      if (row === s.r && column === s.c) continue;
      let line = rows[row];
      if (line === undefined) {
        line = [];
        rows[row] = line;
      }
      line[column] ??= covered;
    }
  }
}

import { FileRefused, type SeenHeading } from './file-refused.ts';
import { findTable, guessHeadings, type TableColumn } from './find-table.ts';
import type { Grid } from './grid.ts';
import type { ImportField, ImportKind } from './headings.ts';
import { type LearnedColumns, nothingLearned } from './learned-columns.ts';
import type { ReadingLimits } from './limits.ts';
import { plainWords } from './plain-words.ts';
import { readGrids } from './read-grids.ts';
import { readRows } from './read-rows.ts';
import { type DayRange, sheetContext } from './sheet-context.ts';
import type { ReadRow } from './typed-row.ts';

/** What a file is, found before its rows are read. */
export interface SpreadsheetSummary {
  readonly kind: ImportKind;
  /** Sheets with a table, in order. */
  readonly sheets: readonly string[];
  /** Of the first sheet with a table. */
  readonly columns: readonly TableColumn[];
  /** Of the other sheets that have theirs elsewhere or by other names, by the name of the sheet. */
  readonly otherColumns: Readonly<Record<string, readonly TableColumn[]>>;
  /** All headings of that sheet, also those that mean nothing to us. */
  readonly headings: readonly SeenHeading<ImportField>[];
  /** Number of the line of the headings, from 1. */
  readonly headerLine: number;
  /** Branch that the first sheet names above its headings. */
  readonly branch: string | null;
  /** What the file says that it covers; null when it does not say. */
  readonly range: DayRange | null;
}

export interface Spreadsheet {
  readonly summary: SpreadsheetSummary;
  /** The rows of all sheets; once. @throws FileRefused when there is none. */
  rows(): Generator<ReadRow>;
}

/**
 * Bytes to grids, to tables, to typed rows. Pure: reads nothing but the bytes.
 * @throws FileRefused
 */
export function readSpreadsheet(
  bytes: Buffer,
  limits: ReadingLimits,
  learned: LearnedColumns = nothingLearned,
): Spreadsheet {
  const grids = readGrids(bytes, limits);
  const found = grids.flatMap((grid) => {
    const table = findTable(grid, learned);
    if (table === null) return [];
    const context = sheetContext(grid, table.headerAt);
    const branch = context.branch ?? (grids.length > 1 ? branchInName(grid.sheet) : null);
    return [{ grid, table, context: { ...context, branch } }];
  });
  const [first] = found;
  if (first === undefined) throw new FileRefused('NO_TABLE', mostHeadings(grids));
  const kind = first.table.kind;
  if (found.some(({ table }) => table.kind !== kind)) throw new FileRefused('SEVERAL_KINDS');
  const isDated = ({ table, context: { range } }: (typeof found)[number]) =>
    table.columns.some(({ field }) => field === 'date') || (range !== null && range.from === range.to);
  if (kind === 'SALES' && !found.every(isDated)) throw new FileRefused('NO_DATES');
  return {
    summary: {
      kind,
      sheets: found.map(({ grid }) => grid.sheet),
      columns: first.table.columns,
      otherColumns: Object.fromEntries(
        found
          .filter(({ table }) => JSON.stringify(table.columns) !== JSON.stringify(first.table.columns))
          .map(({ grid, table }) => [grid.sheet, table.columns]),
      ),
      headings: first.table.seen,
      headerLine: first.table.headerAt + 1,
      branch: first.context.branch,
      range: first.context.range,
    },
    *rows() {
      let count = 0;
      for (const { grid, table, context } of found) {
        for (const row of readRows(grid, table, context)) {
          count += 1;
          yield row;
        }
      }
      if (count === 0) throw new FileRefused('NO_ROWS');
    },
  };
}

/** Sheets are often named after the branch; not the ones that a program named. */
function branchInName(sheet: string): string | null {
  return /^(?:hoja|sheet|libro|datos|data|stock|ventas|inventario|existencias) ?\d*$/.test(plainWords(sheet))
    ? null
    : sheet;
}

function mostHeadings(grids: readonly Grid[]): readonly SeenHeading[] {
  const guesses = grids.map(guessHeadings).sort((one, other) => other.length - one.length);
  return guesses[0] ?? [];
}

import writeExcelFile from 'write-excel-file/node';
import { columnsOfSheet } from './columns-of-sheet.ts';
import { problemWords } from './problem-words.ts';
import type { ImportRow, SpreadsheetImport } from './spreadsheet-import.ts';

/** More are not put into one file: whoever has so many repairs the source, not the rows. */
const mostRows = 20_000;

export const refusedRowsLanguages = ['es', 'en'] as const;
export type RefusedRowsLanguage = (typeof refusedRowsLanguages)[number];

/** What stands before the file's own name, over what stands before its own columns, and over what stood above its rows. */
const words = {
  es: { name: 'rechazadas', head: ['Hoja', 'Fila', 'Motivo'], above: { warehouse: 'Bodega', date: 'Fecha' } },
  en: { name: 'refused', head: ['Sheet', 'Row', 'Reason'], above: { warehouse: 'Warehouse', date: 'Date' } },
} as const satisfies Readonly<Record<RefusedRowsLanguage, unknown>>;

const numbers = new Set(['quantity', 'minimum', 'maximum', 'price', 'cost', 'netTotal']);

type Columns = SpreadsheetImport['columns'];

/**
 * The refused rows as a spreadsheet that can be sent again: the cells as they stand, under the headings of the first sheet
 * and those that only others have, with the branch and the day where these stood above the rows; behind where they stand
 * and why they are refused.
 */
export async function refusedRowsFile(
  { columns, otherColumns, filename }: SpreadsheetImport,
  language: RefusedRowsLanguage,
  page: (after: number, take: number) => Promise<ImportRow[]>,
) {
  const rows: ImportRow[] = [];
  for (;;) {
    const more = await page(rows.at(-1)?.row ?? 0, 5_000);
    rows.push(...more);
    if (more.length < 5_000 || rows.length >= mostRows) break;
  }
  const { name, head, above } = words[language];
  const own = allOf(columns, otherColumns);
  const added = (['warehouse', 'date'] as const).filter(
    (field) => !own.some((column) => column.field === field) && rows.some((row) => aboveOf(field, row) !== null),
  );
  const headings = [...head, ...own.map(({ heading }) => heading), ...added.map((field) => above[field])];
  const lines = rows.slice(0, mostRows).map((row) => {
    const { sheet, line, problems } = row;
    const why = problems
      .map((problem) => `${problem.column ?? ''}${line}: ${problemWords(problem)[language]}`)
      .join('; ');
    return [
      ...[sheet, String(line), why].map(text),
      ...own.map(({ field }) => cellOf(field, row, columnsOfSheet({ columns, otherColumns }, sheet))),
      ...added.map((field) => text(aboveOf(field, row) ?? '')),
    ];
  });
  const bytes = await writeExcelFile([
    headings.map((value) => ({ ...text(value), fontWeight: 'bold' as const })),
    ...lines,
  ]).toBuffer();
  return {
    filename: `${name}-${filename.replace(/\.[^.]*$/, '')}.xlsx`,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    base64: bytes.toString('base64'),
  };
}

/** Each field once, by its heading in the first sheet that has it. */
function allOf(columns: Columns, otherColumns: SpreadsheetImport['otherColumns']): Columns {
  const all = new Map(columns.map((column) => [column.field, column]));
  for (const column of Object.values(otherColumns).flat()) if (!all.has(column.field)) all.set(column.field, column);
  return [...all.values()];
}

function aboveOf(field: 'warehouse' | 'date', { parsed, branch, day }: ImportRow): string | null {
  const read = parsed[field];
  return typeof read === 'string' ? read : field === 'warehouse' ? branch : day;
}

/** What begins like a formula stays words. */
const text = (value: string) => ({ value, type: String });

/** What was read well and refused by what is known here has kept its values, not its cells. */
function cellOf(field: string, { cells, parsed }: ImportRow, columns: Columns) {
  if (cells.length > 0) return text(cells[columns.findIndex((column) => column.field === field)] ?? '');
  const value = parsed[field];
  const written = typeof value === 'string' ? value : '';
  // A number stays one, so that no sign of thousands is guessed at when it is read again; a code stays text.
  return numbers.has(field) && written !== '' ? { value: Number(written), type: Number } : text(written);
}

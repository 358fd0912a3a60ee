import writeExcelFile from 'write-excel-file/node';
import { problemWords } from './problem-words.ts';
import type { ImportRow, SpreadsheetImport } from './spreadsheet-import.ts';

/** More are not put into one file: whoever has so many repairs the source, not the rows. */
const mostRows = 20_000;

export const refusedRowsLanguages = ['es', 'en'] as const;
export type RefusedRowsLanguage = (typeof refusedRowsLanguages)[number];

/** What stands before the file's own name, and over what stands before its own columns. */
const words = {
  es: { name: 'rechazadas', head: ['Hoja', 'Fila', 'Motivo'] },
  en: { name: 'refused', head: ['Sheet', 'Row', 'Reason'] },
} as const satisfies Readonly<Record<RefusedRowsLanguage, unknown>>;

const numbers = new Set(['quantity', 'minimum', 'maximum', 'price', 'cost', 'netTotal']);

/** The refused rows as a spreadsheet: the cells as they stand, behind where they stand and why they are refused. */
export async function refusedRowsFile(
  { columns, filename }: SpreadsheetImport,
  language: RefusedRowsLanguage,
  page: (after: number, take: number) => Promise<ImportRow[]>,
) {
  const rows: ImportRow[] = [];
  for (;;) {
    const more = await page(rows.at(-1)?.row ?? 0, 5_000);
    rows.push(...more);
    if (more.length < 5_000 || rows.length >= mostRows) break;
  }
  const head = [...words[language].head, ...columns.map(({ heading }) => heading)];
  const lines = rows.slice(0, mostRows).map(({ sheet, line, problems, cells, parsed }) => {
    const why = problems
      .map((problem) => `${problem.column ?? ''}${line}: ${problemWords(problem)[language]}`)
      .join('; ');
    // What was read well and refused by what is known here has kept its values, not its cells.
    const own = cells.length > 0 ? cells.map(text) : columns.map(({ field }) => cellOf(field, parsed[field]));
    return [...[sheet, String(line), why].map(text), ...own];
  });
  const bytes = await writeExcelFile([
    head.map((value) => ({ ...text(value), fontWeight: 'bold' as const })),
    ...lines,
  ]).toBuffer();
  return {
    filename: `${words[language].name}-${filename.replace(/\.[^.]*$/, '')}.xlsx`,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    base64: bytes.toString('base64'),
  };
}

/** What begins like a formula stays words. */
const text = (value: string) => ({ value, type: String });

/** A number stays one, so that no sign of thousands is guessed at when it is read again; a code stays text. */
function cellOf(field: string, value: unknown) {
  const written = typeof value === 'string' ? value : '';
  return numbers.has(field) && written !== '' ? { value: Number(written), type: Number } : text(written);
}

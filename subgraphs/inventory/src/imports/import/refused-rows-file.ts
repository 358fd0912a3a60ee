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
  // Every cell is text: what begins like a formula stays words.
  const text = (value: string) => ({ value, type: String });
  const head = [...words[language].head, ...columns.map(({ heading }) => heading)];
  const lines = rows.slice(0, mostRows).map(({ sheet, line, problems, cells }) => {
    const why = problems
      .map((problem) => `${problem.column ?? ''}${line}: ${problemWords(problem)[language]}`)
      .join('; ');
    return [sheet, String(line), why, ...cells].map(text);
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

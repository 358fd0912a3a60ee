import * as XLSX from '@e965/xlsx';

type Value = string | number | boolean | null | XLSX.CellObject;

export interface SheetOptions {
  /** Ranges such as `A1:C1`. */
  readonly merges?: readonly string[];
  readonly isHidden?: boolean;
}

export type Sheets = Readonly<Record<string, { readonly rows: readonly (readonly Value[])[] } & SheetOptions>>;

/** A workbook as another program would write it: `.xlsx`, or the `.xls` of twenty years ago. */
export function workbook(sheets: Sheets, format: 'xlsx' | 'biff8' | 'biff5' | 'xlsb' | 'ods' = 'xlsx'): Buffer {
  const book = XLSX.utils.book_new();
  for (const [name, { rows, merges = [] }] of Object.entries(sheets)) {
    const sheet = XLSX.utils.aoa_to_sheet(rows.map((row) => [...row]));
    sheet['!merges'] = merges.map((range) => XLSX.utils.decode_range(range));
    XLSX.utils.book_append_sheet(book, sheet, name);
  }
  book.Workbook = {
    Sheets: Object.values(sheets).map(({ isHidden }) => ({ Hidden: isHidden === true ? 1 : 0 })),
  };
  return XLSX.write(book, { type: 'buffer', bookType: format });
}

/** One sheet of plain rows. */
export const sheetOf = (rows: readonly (readonly Value[])[], options: SheetOptions = {}) =>
  workbook({ Hoja1: { rows, ...options } });

/** A number that is shown by a format: `dd/mm/yyyy`, `00000`. */
export const shownAs = (v: number, z: string): XLSX.CellObject => ({ t: 'n', v, z });
/** An Excel error such as `#N/A` (42) or `#REF!` (23). */
export const excelError = (v: number): XLSX.CellObject => ({ t: 'e', v });
/** A formula with what it last came to. */
export const formula = (f: string, v: number): XLSX.CellObject => ({ t: 'n', v, f });
/** The number that Excel keeps for a day. */
export const serialOf = (day: string) => (Date.parse(day) - Date.UTC(1899, 11, 30)) / 86_400_000;

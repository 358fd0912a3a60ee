import { beginningOf } from './clean-text.ts';
import type { Table, TableColumn } from './find-table.ts';
import { type Cell, columnLetters, type Grid, type GridRow, shown } from './grid.ts';
import type { ImportField } from './headings.ts';
import { plainWords } from './plain-words.ts';
import type { ProblemCode, RowProblem } from './problem.ts';
import { longestCode, readCode } from './product-code.ts';
import { dayOfSerial } from './read-grids.ts';
import { rowKind } from './row-kind.ts';
import { branchOf, type SheetContext } from './sheet-context.ts';
import { isDaySerial, isEitherWay, isMonthBeforeDay, parseSpanishDate } from './spanish-date.ts';
import { type DecimalSign, decimalSignOf, exactNumber, parseSpanishNumber } from './spanish-number.ts';
import type { ReadRow, TypedRow } from './typed-row.ts';

type NumberField = keyof typeof numberFields;
type TextField = keyof typeof textFields;

/** Digits before the point, decimals after it, and whether less than nothing can be. */
const numberFields = {
  quantity: { digits: 12, decimals: 5, isSigned: true },
  minimum: { digits: 12, decimals: 5, isSigned: false },
  maximum: { digits: 12, decimals: 5, isSigned: false },
  price: { digits: 12, decimals: 6, isSigned: false },
  cost: { digits: 12, decimals: 6, isSigned: false },
  netTotal: { digits: 12, decimals: 2, isSigned: true },
} as const;
const textFields = {
  name: 255,
  location: 100,
  category: 100,
  unit: 50,
  warehouse: 200,
  folio: 60,
  customer: 255,
  documentType: 100,
  status: 100,
} as const;

/** Reads the lines below the headings, one after the other; those that are no rows are passed over. */
export function* readRows(grid: Grid, table: Table, context: SheetContext): Generator<ReadRow> {
  const columns = new Map(table.columns.map((column) => [column.field, column] as const));
  const sign = signOfTable(grid, table);
  const isMonthFirst = hasMonthsFirst(grid, columns.get('date'), table.firstRow);
  let branch = context.branch;
  for (let at = table.firstRow; at < grid.rows.length; at += 1) {
    const row = grid.rows[at];
    const kind = rowKind(row, table);
    if (row === undefined || kind === 'BLANK') continue;
    if (kind === 'NOTE') branch = branchOf(row) ?? branch;
    if (kind !== 'DATA') continue;
    const { parsed, problems } = readRow({
      ...{ row, columns, sign, isMonthFirst, kind: table.kind, context, branch },
      is1904: grid.is1904,
    });
    const isRefused = problems.length > 0;
    yield {
      sheet: grid.sheet,
      line: at + 1,
      parsed: isRefused ? null : parsed,
      problems,
      cells: isRefused ? table.columns.map(({ index }) => beginningOf(shown(row[index]), longestKept)) : [],
      folio: parsed.folio,
      ...(isRefused ? { branch, day: table.kind === 'SALES' ? dayOf(context) : null } : {}),
    };
  }
}

/** A sheet may hold one text a thousand times: what is kept of a refused cell is more than any field takes, and no more. */
const longestKept = 300;

interface RowReading {
  readonly row: GridRow;
  readonly columns: ReadonlyMap<ImportField, TableColumn>;
  readonly sign: DecimalSign;
  readonly isMonthFirst: boolean;
  readonly is1904: boolean;
  readonly kind: Table['kind'];
  readonly context: SheetContext;
  readonly branch: string | null;
}

function readRow({ row, columns, sign, isMonthFirst, is1904, kind, context, branch }: RowReading) {
  const problems: RowProblem[] = [];
  const refuse = (field: ImportField, code: ProblemCode, expected?: string) => {
    const column = columns.get(field);
    problems.push({
      column: column === undefined ? null : columnLetters(column.index),
      heading: beginningOf(column?.heading ?? field, 200),
      code,
      value: beginningOf(shown(column === undefined ? undefined : row[column.index]), 100),
      ...(expected === undefined ? {} : { expected }),
    });
    return null;
  };
  const cellOf = (field: ImportField) => {
    const column = columns.get(field);
    const cell = column === undefined ? undefined : row[column.index];
    if (cell?.kind === 'error') return refuse(field, 'CELL_ERROR');
    if (cell?.kind === 'formula') return refuse(field, 'FORMULA_WITHOUT_VALUE');
    return cell ?? null;
  };
  const number = (field: NumberField) => {
    const cell = cellOf(field);
    return cell === null ? null : readNumber(cell, field, sign, (code) => refuse(field, code));
  };
  const text = (field: TextField) => {
    const cell = cellOf(field);
    const value =
      cell === null
        ? ''
        : shown(cell)
            .replace(/\p{Cc}+/gu, ' ')
            .trim();
    const longest = textFields[field];
    return value.length > longest ? refuse(field, 'TOO_LONG', String(longest)) : value || null;
  };
  const code = codeIn(cellOf('sku'), (reason, expected) => refuse('sku', reason, expected));
  const parsed: TypedRow = {
    sku: code?.sku ?? '',
    codeWasNumber: code?.wasNumber ?? false,
    name: text('name'),
    quantity: number('quantity'),
    minimum: number('minimum'),
    maximum: number('maximum'),
    location: text('location'),
    price: number('price'),
    cost: number('cost'),
    category: text('category'),
    unit: text('unit'),
    warehouse: text('warehouse') ?? branch,
    date:
      kind === 'SALES'
        ? dateIn(cellOf('date'), { context, isMonthFirst, is1904 }, (reason, expected) =>
            refuse('date', reason, expected),
          )
        : null,
    folio: text('folio'),
    netTotal: number('netTotal'),
    customer: text('customer'),
  };
  const kindOfDocument = kind === 'SALES' ? { type: text('documentType'), status: text('status') } : null;
  if (problems.length === 0) checkWhole(parsed, kind, columns, refuse);
  return { parsed: kindOfDocument === null ? parsed : asDocumentSays(parsed, kindOfDocument), problems };
}

interface KindOfDocument {
  readonly type: string | null;
  readonly status: string | null;
}

/** What came back counts below zero, however the file writes it; what was cancelled is kept and counts nothing. */
function asDocumentSays(row: TypedRow, { type, status }: KindOfDocument): TypedRow {
  const isReturn = returned.test(plainWords(type ?? ''));
  const below = (value: string | null) =>
    isReturn && value !== null && /^[^-]*[1-9]/.test(value) ? `-${value}` : value;
  return {
    ...{ ...row, quantity: below(row.quantity), netTotal: below(row.netTotal) },
    ...(cancelled.test(plainWords(status ?? '')) ? { isCancelled: true as const } : {}),
  };
}

const returned = /(?:^| )(?:notas? (?:de )?credito|n c|nc|devoluci(?:on|ones)|returns?|credit notes?|refunds?)(?: |$)/;
const cancelled = /^(?:cancelad[ao]s?|anulad[ao]s?|nul[ao]s?|cancell?ed|void|voided)(?: |$)/;

type Refuse = (code: ProblemCode, expected?: string) => null;

function codeIn(cell: Cell | null, refuse: Refuse) {
  if (cell === null) return refuse('MISSING');
  const code = readCode(cell);
  if (typeof code !== 'string') return code;
  return code === 'TOO_LONG' ? refuse(code, String(longestCode)) : refuse(code);
}

function readNumber(cell: Cell, field: NumberField, sign: DecimalSign, refuse: Refuse): string | null {
  const { digits, decimals, isSigned } = numberFields[field];
  // A number merged over several lines would count once for each of them.
  if (cell.isCovered) return refuse('MERGED_NUMBER');
  if (cell.kind === 'date' || cell.kind === 'boolean') return refuse('NOT_A_NUMBER');
  if (cell.kind === 'text' && /^(?:-+|n\/?[ad]|s\/[ds])$/i.test(cell.text)) return null;
  const value = cell.number === null ? parseSpanishNumber(cell.text, sign) : exactNumber(cell.number, decimals);
  if (value === 'NOT_A_NUMBER' || value === 'AMBIGUOUS_NUMBER') return refuse(value);
  const [whole = '', fraction = ''] = value.replace('-', '').split('.');
  if (whole.length > digits) return refuse('NUMBER_TOO_LARGE');
  if (!isSigned && value.startsWith('-')) return refuse('NEGATIVE');
  return fraction.length > decimals ? exactNumber(Number(value), decimals) : value;
}

/** A report of one day need not say it again in every line. */
const dayOf = ({ range }: SheetContext) => (range !== null && range.from === range.to ? range.from : null);

interface DateReading {
  readonly context: SheetContext;
  readonly isMonthFirst: boolean;
  readonly is1904: boolean;
}

function dateIn(cell: Cell | null, { context, isMonthFirst, is1904 }: DateReading, refuse: Refuse): string | null {
  const { range } = context;
  if (cell === null) return dayOf(context) ?? refuse('MISSING');
  if (isMonthFirst && cell.kind === 'text' && isEitherWay(cell.text)) return refuse('AMBIGUOUS_DATE');
  const serial = cell.kind === 'number' && cell.number !== null && isDaySerial(cell.number) ? cell.number : null;
  const day =
    cell.kind === 'date' ? cell.text : serial === null ? parseSpanishDate(cell.text) : dayOfSerial(serial, is1904);
  if (day === null) return refuse('NOT_A_DATE');
  const isOutside = range !== null && (day < range.from || day > range.to);
  return isOutside ? refuse('OUT_OF_RANGE', `${range.from} – ${range.to}`) : day;
}

/** Whether a column of dates has one that only makes sense with its month first: then 03/04 may be either. */
function hasMonthsFirst({ rows }: Grid, date: TableColumn | undefined, firstRow: number): boolean {
  if (date === undefined) return false;
  return rows.slice(firstRow).some((row) => {
    const cell = row?.[date.index];
    return cell?.kind === 'text' && isMonthBeforeDay(cell.text);
  });
}

function checkWhole(
  { quantity, minimum, maximum }: TypedRow,
  kind: Table['kind'],
  columns: RowReading['columns'],
  refuse: (field: ImportField, code: ProblemCode, expected?: string) => null,
): void {
  if (quantity === null && (kind === 'SALES' || columns.has('quantity'))) refuse('quantity', 'MISSING');
  if (maximum !== null && Number(maximum) < Number(minimum ?? 0)) refuse('maximum', 'BELOW_MINIMUM', minimum ?? '0');
}

/** What the written numbers of the table say of their signs; nothing when they contradict each other. */
function signOfTable({ rows }: Grid, table: Table): DecimalSign {
  const seen = new Set<DecimalSign>();
  const columns = table.columns.filter(({ field }) => field in numberFields);
  for (let at = table.firstRow; at < rows.length; at += 1) {
    for (const { index } of columns) {
      const cell = rows[at]?.[index];
      const sign = cell?.kind === 'text' ? decimalSignOf(cell.text) : null;
      if (sign !== null) seen.add(sign);
    }
  }
  const [only = null] = seen.size === 1 ? seen : [];
  return only;
}

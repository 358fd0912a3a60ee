import type { FileRefusal } from '../reading/file-refused.ts';
import type { ProblemCode } from '../reading/problem.ts';
import { formatCorpus } from './format-corpus.ts';
import { oddCorpus } from './odd-corpus.ts';
import { serialOf, sheetOf, shownAs, workbook } from './workbook.ts';

/** A file with one trap, and what must come of it. */
export interface CorpusFile {
  readonly trap: string;
  readonly file: () => Buffer;
  /** What is read: fields that matter, row by row. */
  readonly rows?: readonly Readonly<Record<string, unknown>>[];
  /** Line, column and code of each refusal. */
  readonly problems?: readonly (readonly [line: number, column: string | null, code: ProblemCode])[];
  readonly refused?: FileRefusal;
  readonly summary?: Readonly<Record<string, unknown>>;
}

const head = ['Código', 'Descripción', 'Existencia'];
const sales = ['Fecha', 'Folio', 'Código', 'Cantidad', 'Importe'];
const one = ['A-1', 'Filtro', 5];
const plainOne = { sku: 'A-1', name: 'Filtro', quantity: '5' };
const sale = (date: unknown) => ({ sku: 'A-1', quantity: '2', folio: 'F1', date });
const saleFile = (date: Parameters<typeof sheetOf>[0][number][number]) => sheetOf([sales, [date, 'F1', 'A-1', 2, 100]]);

export const corpus: readonly CorpusFile[] = [
  { trap: 'a plain sheet', file: () => sheetOf([head, one]), rows: [plainOne], summary: { kind: 'STOCK' } },
  {
    trap: 'headings below a title, an address and blank lines',
    file: () => sheetOf([['Comercial Ribera'], ['Av. Principal 123'], [], ['Existencias al cierre'], [], head, one]),
    rows: [plainOne],
  },
  {
    trap: 'a table that begins in another column',
    file: () =>
      sheetOf([
        [null, null, ...head],
        [null, null, ...one],
      ]),
    rows: [plainOne],
  },
  {
    trap: 'headings of two lines under merged cells',
    file: () =>
      sheetOf(
        [
          ['Código', 'Descripción', 'Existencia', null, null],
          [null, null, 'Actual', 'Mínima', 'Máxima'],
          ['A-1', 'Filtro', 5, 2, 9],
        ],
        {
          merges: ['A1:A2', 'B1:B2', 'C1:E1'],
        },
      ),
    rows: [{ ...plainOne, minimum: '2', maximum: '9' }],
  },
  {
    trap: 'headings repeated on every page',
    file: () => sheetOf([head, one, head, ['A-2', 'Bomba', 1], [], head, ['A-3', 'Correa', 2]]),
    rows: [plainOne, { sku: 'A-2' }, { sku: 'A-3' }],
  },
  {
    trap: 'totals and subtotals',
    file: () =>
      sheetOf([
        head,
        one,
        ['Subtotal', null, 5],
        ['A-2', 'Bomba', 1],
        ['TOTAL GENERAL', null, 6],
        [null, 'Gran total', 6],
        [null, null, 6],
      ]),
    rows: [plainOne, { sku: 'A-2' }],
  },
  {
    trap: 'a product whose name begins like a total',
    file: () => sheetOf([head, ['A-9', 'Totalizador de caudal', 3], ['A-8', 'Total protect 5W30', 1]]),
    rows: [{ sku: 'A-9' }, { sku: 'A-8' }],
  },
  {
    trap: 'blank rows and blank columns',
    file: () => sheetOf([['Código', null, 'Descripción', null, 'Stock'], [], ['A-1', null, 'Filtro', null, 5], [], []]),
    rows: [plainOne],
  },
  {
    trap: 'numbers written in the Spanish way',
    file: () => sheetOf([head, ['A-1', 'Filtro', '1.234,50'], ['A-2', 'Bomba', '12,25'], ['A-3', 'Correa', '2.000']]),
    rows: [{ quantity: '1234.5' }, { quantity: '12.25' }, { quantity: '2000' }],
  },
  {
    trap: 'numbers written in the Mexican way',
    file: () => sheetOf([head, ['A-1', 'Filtro', '1,234.50'], ['A-2', 'Bomba', '2,000']]),
    rows: [{ quantity: '1234.5' }, { quantity: '2000' }],
  },
  {
    trap: 'a number that could be two',
    file: () => sheetOf([head, ['A-1', 'Filtro', '1.234']]),
    problems: [[2, 'C', 'AMBIGUOUS_NUMBER']],
  },
  {
    trap: 'money with its sign, brackets and a minus behind',
    file: () =>
      sheetOf([
        [...head, 'Precio', 'Costo'],
        ['A-1', 'Filtro', '(7)', '$ 1.500,00', 'CLP 900,5'],
        ['A-2', 'Bomba', '3-', '$0,00', null],
      ]),
    rows: [
      { quantity: '-7', price: '1500', cost: '900.5' },
      { quantity: '-3', price: '0', cost: null },
    ],
  },
  {
    trap: 'a number that is none',
    file: () => sheetOf([head, ['A-1', 'Filtro', 'doce']]),
    problems: [[2, 'C', 'NOT_A_NUMBER']],
  },
  {
    trap: 'a sum that floating point spoilt',
    file: () => sheetOf([head, ['A-1', 'Filtro', 0.1 + 0.2]]),
    rows: [{ quantity: '0.3' }],
  },
  {
    trap: 'a number beyond all stock',
    file: () => sheetOf([head, ['A-1', 'Filtro', 1e13]]),
    problems: [[2, 'C', 'NUMBER_TOO_LARGE']],
  },
  {
    trap: 'no quantity',
    file: () => sheetOf([head, ['A-1', 'Filtro', null], one]),
    rows: [plainOne],
    problems: [[2, 'C', 'MISSING']],
  },
  {
    trap: 'a quantity merged over two rows',
    file: () => sheetOf([head, one, ['A-2', 'Bomba', null]], { merges: ['C2:C3'] }),
    rows: [plainOne],
    problems: [[3, 'C', 'MERGED_NUMBER']],
  },
  {
    trap: 'a warehouse merged over its rows',
    file: () =>
      sheetOf(
        [
          ['Almacén', ...head],
          ['CENTRO', ...one],
          [null, 'A-2', 'Bomba', 1],
        ],
        { merges: ['A2:A3'] },
      ),
    rows: [{ warehouse: 'CENTRO' }, { sku: 'A-2', warehouse: 'CENTRO' }],
  },
  {
    trap: 'a code with zeros in front, as text',
    file: () => sheetOf([head, ['00123', 'Filtro', 5]]),
    rows: [{ sku: '00123', codeWasNumber: false }],
  },
  {
    trap: 'a code with zeros in front, by its format',
    file: () => sheetOf([head, [shownAs(123, '00000'), 'Filtro', 5]]),
    rows: [{ sku: '00123', codeWasNumber: false }],
  },
  {
    trap: 'a code turned into a number',
    file: () => sheetOf([head, [123, 'Filtro', 5]]),
    rows: [{ sku: '123', codeWasNumber: true }],
  },
  {
    trap: 'a code turned into a number with exponent',
    file: () => sheetOf([head, ['7,80E+12', 'Filtro', 5]]),
    problems: [[2, 'A', 'CODE_LOST_DIGITS']],
  },
  {
    trap: 'a code of 18 digits kept as a number',
    file: () => sheetOf([head, [123456789012345680, 'Filtro', 5]]),
    problems: [[2, 'A', 'CODE_LOST_DIGITS']],
  },
  {
    trap: 'a code turned into a date',
    file: () => sheetOf([head, [shownAs(serialOf('2026-10-12'), 'dd/mm/yyyy'), 'Filtro', 5]]),
    problems: [[2, 'A', 'CODE_IS_A_DATE']],
  },
  { trap: 'no code', file: () => sheetOf([head, [null, 'Filtro', 5]]), problems: [[2, 'A', 'MISSING']] },
  {
    trap: 'a sheet for each branch',
    file: () =>
      workbook({
        CENTRO: { rows: [head, one] },
        NORTE: { rows: [head, ['A-1', 'Filtro', 8]] },
        Notas: { rows: [['Recordar inventario']] },
      }),
    rows: [
      { warehouse: 'CENTRO', quantity: '5' },
      { warehouse: 'NORTE', quantity: '8' },
    ],
    summary: { sheets: ['CENTRO', 'NORTE'] },
  },
  {
    trap: 'a hidden sheet',
    file: () => workbook({ Hoja1: { rows: [head, one] }, Viejo: { rows: [head, ['B', 'Vieja', 9]], isHidden: true } }),
    rows: [plainOne],
  },
  {
    trap: 'stock and sales in one book',
    file: () =>
      workbook({ Stock: { rows: [head, one] }, Ventas: { rows: [sales, ['01/03/2026', 'F1', 'A-1', 2, 100]] } }),
    refused: 'SEVERAL_KINDS',
  },
  {
    trap: 'a branch above the headings',
    file: () => sheetOf([['Sucursal: Peñalolén'], head, one]),
    rows: [{ warehouse: 'Peñalolén' }],
    summary: { branch: 'Peñalolén' },
  },
  {
    trap: 'a branch in the cell after its label',
    file: () => sheetOf([['Almacén:', 'CENTRO'], [], head, one]),
    rows: [{ warehouse: 'CENTRO' }],
  },
  {
    trap: 'branches between the rows',
    file: () => sheetOf([head, ['Almacén: CENTRO'], one, ['Almacén: NORTE'], ['A-1', 'Filtro', 2]]),
    rows: [{ warehouse: 'CENTRO' }, { warehouse: 'NORTE' }],
  },
  {
    trap: 'a range of days above the headings',
    file: () =>
      sheetOf([
        ['Ventas del 01/03/2026 al 31/03/2026'],
        ['Impreso: 02/04/2026 10:15'],
        sales,
        ['05/03/2026', 'F1', 'A-1', 2, 100],
      ]),
    rows: [sale('2026-03-05')],
    summary: { kind: 'SALES', range: { from: '2026-03-01', to: '2026-03-31' } },
  },
  {
    trap: 'a range that is a month',
    file: () => sheetOf([['Período: marzo 2026'], sales, ['05/03/2026', 'F1', 'A-1', 2, 1]]),
    summary: { range: { from: '2026-03-01', to: '2026-03-31' } },
  },
  {
    trap: 'a day outside the range',
    file: () => sheetOf([['Del 01/03/2026 al 31/03/2026'], sales, ['05/04/2026', 'F1', 'A-1', 2, 1]]),
    problems: [[3, 'A', 'OUT_OF_RANGE']],
  },
  {
    trap: 'sales of one day without a column of days',
    file: () => sheetOf([['Ventas del 5 de marzo de 2026'], sales.slice(1), ['F1', 'A-1', 2, 1]]),
    rows: [sale('2026-03-05')],
  },
  {
    trap: 'sales of a month without a column of days',
    file: () => sheetOf([['Marzo 2026'], sales.slice(1), ['F1', 'A-1', 2, 1]]),
    refused: 'NO_DATES',
  },
  {
    trap: 'a day as a date',
    file: () => saleFile(shownAs(serialOf('2026-03-05'), 'dd/mm/yyyy')),
    rows: [sale('2026-03-05')],
  },
  {
    trap: 'a day as a number without its format',
    file: () => saleFile(serialOf('2026-03-05')),
    rows: [sale('2026-03-05')],
  },
  { trap: 'a day in words', file: () => saleFile('5 de marzo de 2026'), rows: [sale('2026-03-05')] },
  { trap: 'a day with a short month', file: () => saleFile('05-mar-26'), rows: [sale('2026-03-05')] },
  { trap: 'a day with its hour', file: () => saleFile('05/03/2026 18:40'), rows: [sale('2026-03-05')] },
  { trap: 'a day that does not exist', file: () => saleFile('31/02/2026'), problems: [[2, 'A', 'NOT_A_DATE']] },
  { trap: 'a month before its day', file: () => saleFile('03/25/2026'), problems: [[2, 'A', 'NOT_A_DATE']] },
  {
    trap: 'other names for the columns',
    file: () =>
      sheetOf([
        ['CLAVE', 'Artículo', 'Saldo', 'Línea', 'U. M.'],
        ['A-1', 'Filtro', 5, 'Filtros', 'pza'],
      ]),
    rows: [{ ...plainOne, category: 'Filtros', unit: 'pza' }],
  },
  {
    trap: 'columns named in English',
    file: () =>
      sheetOf([
        ['Part number', 'Description', 'On hand', 'Bin'],
        ['A-1', 'Filtro', 5, 'P-3'],
      ]),
    rows: [{ ...plainOne, location: 'P-3' }],
  },
  {
    trap: 'units in the headings',
    file: () =>
      sheetOf([
        ['Cod.', 'Producto', 'Stock (unidades)', 'Precio ($)'],
        ['A-1', 'Filtro', 5, 10],
      ]),
    rows: [{ ...plainOne, price: '10' }],
  },
  {
    trap: 'a maximum below the minimum',
    file: () =>
      sheetOf([
        [...head, 'Mínimo', 'Máximo'],
        [...one, 9, 2],
      ]),
    problems: [[2, 'E', 'BELOW_MINIMUM']],
  },
  {
    trap: 'a negative price',
    file: () =>
      sheetOf([
        [...head, 'Precio'],
        [...one, -1],
      ]),
    problems: [[2, 'D', 'NEGATIVE']],
  },
  {
    trap: 'negative stock, which is real',
    file: () => sheetOf([head, ['A-1', 'Filtro', -4]]),
    rows: [{ quantity: '-4' }],
  },
  ...formatCorpus,
  ...oddCorpus,
];

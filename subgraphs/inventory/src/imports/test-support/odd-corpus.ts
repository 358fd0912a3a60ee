import type { CorpusFile } from './corpus.ts';
import { serialOf, sheetOf, shownAs, workbook } from './workbook.ts';
import { workbookEntries, xmlRow, xmlWorkbook, zipFile } from './zip-file.ts';

const head = ['Código', 'Descripción', 'Existencia'];
const sales = ['Fecha', 'Folio', 'Código', 'Cantidad', 'Importe'];
const one = ['A-1', 'Filtro', 5];
const plainOne = { sku: 'A-1', name: 'Filtro', quantity: '5' };

/** Traps of what stands in the cells: signs that nobody sees, words that mean two things, formats that are part of a code. */
export const oddCorpus: readonly CorpusFile[] = [
  {
    trap: 'an emoji where a shown value ends',
    file: () => sheetOf([head, ['A-1', 'Filtro', `${'x'.repeat(99)}😀 y más`]]),
    problems: [[2, 'C', 'NOT_A_NUMBER']],
  },
  {
    trap: 'an emoji where a sample of a heading ends',
    file: () => sheetOf([head, ['A-1', `${'ñ'.repeat(59)}😀 grande`, 5]]),
    rows: [{ sku: 'A-1', quantity: '5' }],
  },
  {
    trap: 'control characters that XML hides',
    file: () => xmlWorkbook(xmlRow(1, head) + xmlRow(2, ['A_x0000_1', 'Fil_x000B_tro_x0000_', 5])),
    rows: [{ sku: 'A 1', name: 'Fil tro', quantity: '5' }],
  },
  {
    trap: 'control characters in a value that is refused',
    file: () => xmlWorkbook(xmlRow(1, head) + xmlRow(2, ['A-1', 'Filtro', 'do_x0000_ce'])),
    problems: [[2, 'C', 'NOT_A_NUMBER']],
  },
  {
    trap: 'half a character',
    file: () => xmlWorkbook(xmlRow(1, head) + xmlRow(2, ['A-1', 'Filtro_xD83D_', 5])),
    rows: [{ sku: 'A-1', name: 'Filtro\ufffd' }],
  },
  {
    trap: 'accents in two pieces, as some computers write them',
    file: () =>
      sheetOf([
        ['Co\u0301digo', 'Descripcio\u0301n', 'Existencia'],
        ['N\u0303-1', 'Sen\u0303al', 5],
      ]),
    rows: [{ sku: 'Ñ-1', name: 'Señal', quantity: '5' }],
  },
  {
    trap: 'marks that nobody sees, in a code and in a number',
    file: () => sheetOf([head, ['\u200eA-1\u200b', 'Filtro', '\u202d1.234,5\u202c'], ['\u200b', 'Bomba', 1]]),
    rows: [{ ...plainOne, quantity: '1234.5' }],
    problems: [[3, 'A', 'MISSING']],
  },
  {
    trap: 'stock beside what it is worth',
    file: () => sheetOf([['Existencias valorizadas al 31/03/2026'], [...head, 'Costo', 'Importe'], [...one, 100, 500]]),
    rows: [{ ...plainOne, cost: '100' }],
    summary: { kind: 'STOCK' },
  },
  {
    trap: 'stock beside what was sold',
    file: () =>
      sheetOf([
        ['Código', 'Descripción', 'Cantidad vendida', 'Existencia'],
        ['A-1', 'Filtro', 40, 5],
      ]),
    rows: [plainOne],
    summary: { kind: 'STOCK' },
  },
  {
    trap: 'sales beside what is left',
    file: () =>
      sheetOf([
        ['Fecha', 'Folio', 'Código', 'Stock', 'Cantidad', 'Importe'],
        ['05/03/2026', 'F1', 'A-1', 90, 2, 100],
      ]),
    rows: [{ sku: 'A-1', quantity: '2', date: '2026-03-05' }],
    summary: { kind: 'SALES' },
  },
  {
    trap: 'what was sold in a month, without days',
    file: () => sheetOf([['Marzo 2026'], ['Código', 'Descripción', 'Unidades vendidas'], one]),
    refused: 'NO_DATES',
  },
  {
    trap: 'a brand called Total, and a code that begins like a sum',
    file: () =>
      sheetOf([
        ['Descripción', 'Código', 'Existencia'],
        ['Total Quartz 9000', 'TOTAL-5W40', 3],
        ['Total protect 5W30', 'A-8', 1],
        ['Filtro', 'SUMA-100', 2],
        ['Total sucursal CENTRO', '3 artículos', 6],
        ['Total', null, 6],
        [null, 'TOTAL GENERAL', 6],
      ]),
    rows: [{ sku: 'TOTAL-5W40' }, { sku: 'A-8' }, { sku: 'SUMA-100' }],
  },
  {
    trap: 'sales with tax, and their total behind it',
    file: () =>
      sheetOf([
        ['Fecha', 'Folio', 'Código', 'Cantidad', 'Total', 'IVA', 'Neto'],
        ['05/03/2026', 'F1', 'A-1', 2, 119, 19, 100],
      ]),
    rows: [{ netTotal: '100' }],
  },
  {
    trap: 'a total that has the tax in it',
    file: () =>
      sheetOf([
        ['Fecha', 'Folio', 'Código', 'Cantidad', 'IVA', 'Total'],
        ['05/03/2026', 'F1', 'A-1', 2, 19, 119],
      ]),
    rows: [{ quantity: '2', netTotal: null }],
  },
  {
    trap: 'returns and cancelled documents among the sales',
    file: () =>
      sheetOf([
        [...sales, 'Tipo de documento', 'Estatus'],
        ['05/03/2026', 'F1', 'A-1', 2, 100, 'Factura', 'Normal'],
        ['05/03/2026', 'F2', 'A-1', 2, 100, 'Nota de crédito', 'Normal'],
        ['05/03/2026', 'F3', 'A-1', -2, -100, 'Devolución', null],
        ['05/03/2026', 'F4', 'A-1', 2, 100, 'Factura', 'Cancelada'],
      ]),
    rows: [
      { quantity: '2', netTotal: '100' },
      { quantity: '-2', netTotal: '-100' },
      { quantity: '-2', netTotal: '-100' },
      { quantity: '2', isCancelled: true },
    ],
  },
  {
    trap: 'days with their month first among others',
    file: () =>
      sheetOf([
        sales,
        ['03/25/2026', 'F1', 'A-1', 2, 100],
        ['03/04/2026', 'F2', 'A-1', 2, 100],
        ['04/04/2026', 'F3', 'A-1', 2, 100],
        [shownAs(serialOf('2026-03-05'), 'dd/mm/yyyy'), 'F4', 'A-1', 2, 100],
      ]),
    rows: [{ date: '2026-04-04' }, { date: '2026-03-05' }],
    problems: [
      [2, 'A', 'NOT_A_DATE'],
      [3, 'A', 'AMBIGUOUS_DATE'],
    ],
  },
  {
    trap: 'a day as a bare number in a book that counts from 1904',
    file: () =>
      zipFile(
        workbookEntries(xmlRow(1, sales) + xmlRow(2, [serialOf('2026-03-05') - 1_462, 'F1', 'A-1', 2, 1])).map(
          (entry) =>
            entry.name === 'xl/workbook.xml'
              ? { ...entry, content: String(entry.content).replace('<sheets>', '<workbookPr date1904="1"/><sheets>') }
              : entry,
        ),
      ),
    rows: [{ date: '2026-03-05' }],
  },
  {
    trap: 'codes whose letters and dashes are of their format',
    file: () =>
      sheetOf([
        head,
        [shownAs(7, '"REF-"000'), 'Filtro', shownAs(5, '0" u"')],
        [shownAs(12345, '00-000'), 'Bomba', 1],
        [shownAs(1234, '#,##0'), 'Correa', 2],
      ]),
    rows: [
      { sku: 'REF-007', codeWasNumber: false, quantity: '5' },
      { sku: '12-345', codeWasNumber: false },
      { sku: '1234', codeWasNumber: true },
    ],
  },
  {
    trap: 'sheets whose columns stand elsewhere',
    file: () =>
      workbook({
        CENTRO: { rows: [head, one] },
        NORTE: {
          rows: [
            ['Existencia', 'Mínimo', 'Código'],
            ['doce', 1, 'A-2'],
          ],
        },
      }),
    rows: [plainOne],
    problems: [[2, 'A', 'NOT_A_NUMBER']],
  },
  {
    trap: 'a code and a name that are too long',
    file: () => sheetOf([head, ['A'.repeat(51), 'B'.repeat(256), 5]]),
    problems: [
      [2, 'A', 'TOO_LONG'],
      [2, 'B', 'TOO_LONG'],
    ],
  },
];

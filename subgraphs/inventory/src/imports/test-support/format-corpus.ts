import { readFileSync } from 'node:fs';
import type { CorpusFile } from './corpus.ts';
import { compoundFile, encryptedLegacy, encryptedWorkbook } from './encrypted-files.ts';
import { excelError, formula, serialOf, sheetOf, shownAs, workbook } from './workbook.ts';
import { wideZipFile, workbookEntries, xmlRow, xmlWorkbook, zipFile } from './zip-file.ts';

const head = ['Código', 'Descripción', 'Existencia'];
const sales = ['Fecha', 'Folio', 'Código', 'Cantidad', 'Importe'];
const one = ['A-1', 'Filtro', 5];
const plainOne = { sku: 'A-1', name: 'Filtro', quantity: '5' };
const bundled = (name: string) => () => readFileSync(new URL(`libreoffice/${name}`, import.meta.url));

/** Traps of the file itself: formulas, XML, archives, old formats, other programs. */
export const formatCorpus: readonly CorpusFile[] = [
  {
    trap: 'an error of Excel',
    file: () => sheetOf([head, ['A-1', 'Filtro', excelError(42)]]),
    problems: [[2, 'C', 'CELL_ERROR']],
  },
  {
    trap: 'a formula with its value',
    file: () => sheetOf([head, ['A-1', 'Filtro', formula('2+3', 5)]]),
    rows: [plainOne],
  },
  {
    trap: 'a formula that was never worked out',
    file: () =>
      xmlWorkbook(
        xmlRow(1, head) + xmlRow(2, ['A-1', 'Filtro', { xml: '<c><f>WEBSERVICE("http://intruso.example")</f></c>' }]),
      ),
    problems: [[2, 'C', 'FORMULA_WITHOUT_VALUE']],
  },
  {
    trap: 'text that begins like a formula',
    file: () => sheetOf([head, ['A-1', '=HYPERLINK("http://intruso.example")', 5]]),
    rows: [{ name: '=HYPERLINK("http://intruso.example")' }],
  },
  {
    trap: 'XML by hand, with text inline',
    file: () => xmlWorkbook(xmlRow(1, head) + xmlRow(2, one)),
    rows: [plainOne],
  },
  {
    trap: 'XML whose rows have no numbers and no cell addresses',
    file: () => xmlWorkbook((xmlRow(1, head) + xmlRow(2, one)).replace(/ r="[A-Z]*\d+"/g, '')),
    rows: [plainOne],
  },
  {
    trap: 'XML entities that grow',
    file: () =>
      xmlWorkbook(xmlRow(1, head) + xmlRow(2, ['A-1', '&amp;lol;', 5]), {
        prolog: `<!DOCTYPE x [<!ENTITY a "${'ja'.repeat(50)}"><!ENTITY lol "&a;&a;&a;&a;&a;&a;&a;&a;">]>`,
      }),
    rows: [{ sku: 'A-1', name: '&lol;' }],
  },
  {
    trap: 'a cell at the last column of all',
    file: () => xmlWorkbook(xmlRow(1, head) + xmlRow(2, one).replace('</row>', '<c r="XFD2"><v>1</v></c></row>')),
    rows: [plainOne],
  },
  {
    trap: 'an archive that unpacks to more than it may',
    file: () => zipFile([...workbookEntries(''), { name: 'xl/media/image1.png', content: Buffer.alloc(40_000_000) }]),
    refused: 'ARCHIVE_BOMB',
  },
  {
    trap: 'an archive that lies about its sizes',
    file: () =>
      zipFile([
        ...workbookEntries(''),
        { name: 'xl/media/image1.png', content: Buffer.alloc(40_000_000), declaredSize: 10 },
      ]),
    refused: 'ARCHIVE_BOMB',
  },
  {
    trap: 'an archive whose entries say otherwise than its directory',
    file: () =>
      zipFile(
        workbookEntries(xmlRow(1, head) + xmlRow(2, one)).map((entry) =>
          entry.name.endsWith('sheet1.xml')
            ? { ...entry, content: entry.content + ' '.repeat(40_000_000), declaredSize: 100, declaredMethod: 0 }
            : entry,
        ),
      ),
    refused: 'NO_TABLE',
  },
  {
    trap: 'an archive with sizes of 64 bits, as programs in Java write it',
    file: () => wideZipFile(workbookEntries(xmlRow(1, head) + xmlRow(2, one))),
    rows: [plainOne],
  },
  {
    trap: 'an archive of too many files',
    file: () =>
      zipFile([
        ...workbookEntries(''),
        ...Array.from({ length: 2_100 }, (_none, index) => ({ name: `x${index}`, content: '' })),
      ]),
    refused: 'ARCHIVE_BOMB',
  },
  {
    trap: 'an archive that is no workbook',
    file: () => zipFile([{ name: 'foto.png', content: 'x' }]),
    refused: 'NOT_A_SPREADSHEET',
  },
  { trap: 'an archive cut short', file: () => sheetOf([head, one]).subarray(0, 900), refused: 'BROKEN_FILE' },
  {
    trap: 'a page of HTML named .xls',
    file: () => Buffer.from('<html><table><tr><td>Código</td></tr></table></html>'),
    refused: 'NOT_A_SPREADSHEET',
  },
  { trap: 'an empty file', file: () => Buffer.alloc(0), refused: 'EMPTY_FILE' },
  { trap: 'a book without a table', file: () => sheetOf([['Hola'], ['Esto es una carta']]), refused: 'NO_TABLE' },
  { trap: 'headings without rows', file: () => sheetOf([head, ['TOTAL', null, 0]]), refused: 'NO_ROWS' },
  {
    trap: 'a legacy .xls',
    file: () => workbook({ Hoja1: { rows: [['Stock'], head, ['00123', 'Señal', 5.5]] } }, 'biff8'),
    rows: [{ sku: '00123', name: 'Señal', quantity: '5.5' }],
  },
  {
    trap: 'a .xls of 1995',
    file: () => workbook({ Hoja1: { rows: [['Clave', 'Producto', 'Existencia'], one] } }, 'biff5'),
    rows: [plainOne],
  },
  {
    trap: 'a workbook under a password',
    file: () => encryptedWorkbook(sheetOf([head, one]), 'secreto'),
    refused: 'PASSWORD_PROTECTED',
  },
  ...(['obfuscation', 'RC4', 'CryptoAPI'] as const).map((cipher) => ({
    trap: `a legacy .xls under a password (${cipher})`,
    file: () => encryptedLegacy(workbook({ Hoja1: { rows: [head, one] } }, 'biff8'), cipher),
    refused: 'PASSWORD_PROTECTED' as const,
  })),
  {
    trap: 'a document of Word that is called .xls',
    file: () => compoundFile({ WordDocument: Buffer.alloc(4_096, 1), '1Table': Buffer.alloc(64) }),
    refused: 'NOT_A_SPREADSHEET',
  },
  {
    trap: 'sales in a legacy .xls',
    file: () =>
      workbook(
        { Hoja1: { rows: [sales, [shownAs(serialOf('2026-03-05'), 'dd/mm/yyyy'), 'F1', 'A-1', 2, 1]] } },
        'biff8',
      ),
    rows: [{ sku: 'A-1', quantity: '2', folio: 'F1', date: '2026-03-05' }],
  },
  {
    trap: 'a .xls cut short',
    file: () => workbook({ Hoja1: { rows: [head, one] } }, 'biff8').subarray(0, 700),
    refused: 'BROKEN_FILE',
  },
  ...(['stock.xlsx', 'stock.xls'] as const).map((name) => ({
    trap: `stock written by LibreOffice as ${name}`,
    file: bundled(name),
    rows: [
      { sku: '00123', name: 'Rodamiento 6204', quantity: '1234.5', warehouse: 'CENTRO' },
      { sku: 'A-2', quantity: '-3' },
    ],
  })),
  ...(['ventas.xlsx', 'ventas.xls'] as const).map((name) => ({
    trap: `sales written by LibreOffice as ${name}`,
    file: bundled(name),
    rows: [{ sku: 'A-1', quantity: '2', folio: 'F-1', date: '2026-03-05', netTotal: '1500.5' }],
    summary: { kind: 'SALES', range: { from: '2026-03-01', to: '2026-03-31' } },
  })),
];

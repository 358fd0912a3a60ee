import type { Table } from './find-table.ts';
import type { Cell, GridRow } from './grid.ts';
import { plainWords } from './plain-words.ts';

export type RowKind = 'BLANK' | 'HEADER' | 'TOTAL' | 'NOTE' | 'DATA';

/** What a line below the headings is; only `DATA` is a row of the table. */
export function rowKind(row: GridRow | undefined, table: Table): RowKind {
  if (row === undefined) return 'BLANK';
  let filled = 0;
  let first: Cell | undefined;
  let sameAsHeading = 0;
  for (let index = 0; index < row.length; index += 1) {
    const cell = row[index];
    if (cell === undefined || cell.isCovered) continue;
    filled += 1;
    first ??= cell;
    if (cell.kind === 'text' && table.headings.get(index) === plainWords(cell.text)) sameAsHeading += 1;
  }
  if (first === undefined) return 'BLANK';
  if (sameAsHeading >= 2 && sameAsHeading * 2 >= filled) return 'HEADER';
  if (isTotalRow(row, first, table)) return 'TOTAL';
  if (filled === 1 && !hasQuantity(row, table) && table.columns.length > 1) return 'NOTE';
  return isLine(row, table) ? 'DATA' : 'NOTE';
}

/** A sum of other rows. `Total` is also a brand, and `SUMA-100` a code: what has a code and a name is a product. */
function isTotalRow(row: GridRow, first: Cell, table: Table): boolean {
  const code = at(row, table, 'sku');
  if (code === undefined) return row.some((cell) => cell !== undefined && beginsLikeTotal(cell));
  if (beginsLikeTotal(code)) {
    const name = at(row, table, 'name');
    return isOnlyTotal(code) || name === undefined || name.isCovered || isOnlyTotal(name);
  }
  return isOnlyTotal(first);
}

const beginsLikeTotal = ({ kind, text }: Cell) =>
  kind === 'text' && /^(?:sub ?total(?:es)?|total(?:es)?|gran total|suma|grand total)(?: |$)/.test(plainWords(text));

const isOnlyTotal = (cell: Cell) =>
  beginsLikeTotal(cell) &&
  /^(?:gran|grand)?(?: ?sub)? ?(?:total(?:es)?|suma)(?: (?:general(?:es)?|del?|de la|por|sucursal|almacen|bodega|linea|familia|grupo|categoria|articulos|productos|existencias?|pagina|hoja)(?: .*)?)?$/.test(
    plainWords(cell.text),
  );

const hasCode = (row: GridRow, table: Table) => at(row, table, 'sku') !== undefined;
const hasQuantity = (row: GridRow, table: Table) => at(row, table, 'quantity') !== undefined;

/** Words alone, in columns that mean nothing to us, are remarks; a sum without a code is a total without its word. */
function isLine(row: GridRow, table: Table): boolean {
  if (hasCode(row, table)) return true;
  return (
    table.columns.some(({ field, index }) => field !== 'category' && row[index] !== undefined) && hasName(row, table)
  );
}

const hasName = (row: GridRow, table: Table) => at(row, table, 'name') !== undefined;

function at(row: GridRow, { columns }: Table, field: 'sku' | 'quantity' | 'name') {
  const column = columns.find((one) => one.field === field);
  const cell = column === undefined ? undefined : row[column.index];
  return cell === undefined || (cell.isCovered && field === 'quantity') ? undefined : cell;
}

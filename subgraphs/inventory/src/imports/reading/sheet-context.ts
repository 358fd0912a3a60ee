import { beginningOf } from './clean-text.ts';
import type { Grid, GridRow } from './grid.ts';
import { plainWords } from './plain-words.ts';
import { parseMonth, parseSpanishDate } from './spanish-date.ts';

export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** What the lines above the headings say of the whole sheet. */
export interface SheetContext {
  /** Name of the branch or warehouse. */
  readonly branch: string | null;
  readonly range: DayRange | null;
}

/** Reads the title lines of a sheet: `Sucursal: CENTRO`, `Del 01/03/2026 al 31/03/2026`, `Marzo 2026`. */
export function sheetContext({ rows }: Grid, headerAt: number): SheetContext {
  let branch: string | null = null;
  const days: string[] = [];
  let month: DayRange | null = null;
  for (const row of rows.slice(0, headerAt)) {
    if (row === undefined) continue;
    branch ??= branchOf(row);
    // When a report was printed is not what it covers.
    const text = row
      .map((cell) => (cell === undefined || cell.isCovered ? '' : cell.text))
      .filter((part) => part !== '')
      .join(' ');
    if (/impres|emitid|generad|printed|hora/i.test(text)) continue;
    days.push(...daysIn(text));
    month ??= parseMonth(text);
  }
  return { branch, range: rangeOf(days) ?? month };
}

const label = /^(?:sucursal|almacen|bodega|tienda|deposito|local|warehouse|branch|store)\s*[:\-–]\s*(.+)$/i;
const bareLabel = /^(?:sucursal|almacen|bodega|tienda|deposito|local|warehouse|branch|store)\s*:?$/;

/** It goes into every row below it. */
const longestBranch = 200;

/** The branch that a line names, in one cell or in the cell after its label; null when it names none. */
export function branchOf(row: GridRow): string | null {
  const cells = row.filter((cell) => cell !== undefined && !cell.isCovered);
  for (const [index, cell] of cells.entries()) {
    const text = cell?.text ?? '';
    const named = label.exec(text.normalize('NFD').replace(/\p{M}/gu, ''))?.[1];
    if (named !== undefined) return beginningOf(text.slice(text.length - named.length).trim(), longestBranch) || null;
    const next = cells[index + 1];
    if (bareLabel.test(plainWords(text)) && next?.kind === 'text' && cells.length <= 2) {
      return beginningOf(next.text, longestBranch);
    }
  }
  return null;
}

function daysIn(text: string): string[] {
  const written = text.match(
    /\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}|\d{1,2} (?:de )?\p{L}{3,10} (?:de |del )?\d{4}/gu,
  );
  return (written ?? []).flatMap((part) => parseSpanishDate(part) ?? []);
}

function rangeOf(days: readonly string[]): DayRange | null {
  const [from, to] = [...days]
    .sort()
    .flatMap((day, index, all) => (index === 0 || index === all.length - 1 ? day : []));
  return from === undefined ? null : { from, to: to ?? from };
}

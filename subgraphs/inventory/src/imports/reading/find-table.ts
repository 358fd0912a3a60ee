import type { Cell, Grid, GridRow } from './grid.ts';
import { fieldOfHeading, type ImportField, type ImportKind } from './headings.ts';
import { plainWords } from './plain-words.ts';

export interface TableColumn {
  readonly field: ImportField;
  /** From 0. */
  readonly index: number;
  /** As the file has it. */
  readonly heading: string;
}

/** Where the rows of a sheet are, and what its columns mean. */
export interface Table {
  readonly kind: ImportKind;
  readonly columns: readonly TableColumn[];
  /** Index of the first row of headings. */
  readonly headerAt: number;
  /** Index of the first row after them. */
  readonly firstRow: number;
  /** Headings of a line that is repeated further down, by column. */
  readonly headings: ReadonlyMap<number, string>;
}

const deepestHeader = 100;

/** Finds the headings, wherever they stand: the line, or two lines together, that names most fields. */
export function findTable({ rows }: Grid): Table | null {
  let best: Table | null = null;
  // One line before two, and the earlier before the later, where both name as much.
  for (const lines of [1, 2]) {
    for (let at = 0; at < Math.min(rows.length, deepestHeader); at += 1) {
      const table = tableAt(rows, at, lines);
      if (table !== null && table.columns.length > (best?.columns.length ?? 0)) best = table;
    }
  }
  return best;
}

function tableAt(rows: Grid['rows'], at: number, lines: number): Table | null {
  const upper = rows[at];
  const lower = lines === 2 ? rows[at + 1] : undefined;
  if (upper === undefined || (lines === 2 && lower === undefined)) return null;
  // The second of two lines holds words only; a number there is a row already.
  if (lower?.some((cell) => cell !== undefined && cell.kind !== 'text')) return null;
  const columns: TableColumn[] = [];
  const headings = new Map<number, string>();
  const taken = new Set<ImportField>();
  for (let index = 0; index < Math.max(upper.length, lower?.length ?? 0); index += 1) {
    const heading = headingAt(upper, lower, index);
    if (heading === null) continue;
    headings.set(index, plainWords(heading.last));
    const field = fieldOfHeading(heading.whole) ?? fieldOfHeading(heading.last);
    // A heading that comes again further right adds nothing: the first is the one that people read.
    if (field === null || taken.has(field)) continue;
    taken.add(field);
    columns.push({ field, index, heading: heading.whole });
  }
  const kind = kindOf(taken);
  return kind === null ? null : { kind, columns, headings, headerAt: at, firstRow: at + lines };
}

interface Heading {
  readonly whole: string;
  /** The lower line alone. */
  readonly last: string;
}

function headingAt(upper: GridRow, lower: GridRow | undefined, index: number): Heading | null {
  const first = textOf(upper[index]);
  const alone = first === null ? null : { whole: first, last: first };
  if (lower === undefined) return upper[index]?.isCovered === true ? null : alone;
  const second = textOf(lower[index]);
  if (second === null || second === first) return alone;
  return { whole: first === null ? second : `${first} ${second}`, last: second };
}

const textOf = (cell: Cell | undefined) => (cell?.kind === 'text' ? cell.text.replace(/\s+/g, ' ') : null);

/** A sale says when, or on what document; a code with a quantity and neither is stock. */
function kindOf(fields: ReadonlySet<ImportField>): ImportKind | null {
  if (!fields.has('sku') || !(fields.has('quantity') || fields.has('minimum'))) return null;
  return fields.has('quantity') && saleFields.some((field) => fields.has(field)) ? 'SALES' : 'STOCK';
}

const saleFields: readonly ImportField[] = ['date', 'folio', 'customer', 'netTotal'];

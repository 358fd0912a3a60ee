import { beginningOf } from './clean-text.ts';
import type { SeenHeading } from './file-refused.ts';
import { type Cell, type Grid, type GridRow, shown } from './grid.ts';
import { fieldOfHeading, type ImportField, type ImportKind, isTax, kindOfQuantity, taxOfTotal } from './headings.ts';
import { headingsKey, type LearnedColumns, nothingLearned } from './learned-columns.ts';
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
  /** Every heading, in order, with the first values below it. */
  readonly seen: readonly SeenHeading<ImportField>[];
}

const deepestHeader = 100;

/** Finds the headings, wherever they stand: a line that people have read before, or the one or two that name most fields. */
export function findTable({ rows }: Grid, learned: LearnedColumns = nothingLearned): Table | null {
  let best: Found | null = null;
  // One line before two, and the earlier before the later, where both name as much.
  for (const lines of [1, 2]) {
    for (let at = 0; at < Math.min(rows.length, deepestHeader); at += 1) {
      const found = tableAt(rows, at, lines, learned);
      if (found?.isRemembered === true) return withSamples(found.table, rows);
      if (found !== null && found.table.columns.length > (best?.table.columns.length ?? 0)) best = found;
    }
  }
  return best === null ? null : withSamples(best.table, rows);
}

/** The line that looks most like headings where none is understood: the one of most words, with something below it. */
export function guessHeadings({ rows }: Grid): readonly SeenHeading[] {
  let best = { at: -1, words: 1 };
  for (let at = 0; at < Math.min(rows.length - 1, deepestHeader); at += 1) {
    const filled = rows[at]?.filter((cell) => cell !== undefined && !cell.isCovered) ?? [];
    if (rows[at + 1] === undefined || !filled.every((cell) => cell?.kind === 'text')) continue;
    if (filled.length > best.words) best = { at, words: filled.length };
  }
  const line = rows[best.at];
  if (line === undefined) return [];
  return headingsOf(line, undefined).map(({ index, whole }) => ({
    ...{ index, heading: whole, field: fieldOfHeading(whole) },
    samples: samplesBelow(rows, best.at + 1, index),
  }));
}

interface Found {
  readonly table: Table;
  /** Whether people have said what this line means. */
  readonly isRemembered: boolean;
}

function tableAt(rows: Grid['rows'], at: number, lines: number, learned: LearnedColumns): Found | null {
  const upper = rows[at];
  const lower = lines === 2 ? rows[at + 1] : undefined;
  if (upper === undefined || (lines === 2 && lower === undefined)) return null;
  // The second of two lines holds words only; a number there is a row already.
  if (lower?.some((cell) => cell !== undefined && cell.kind !== 'text')) return null;
  const found = headingsOf(upper, lower);
  const remembered = learned.lines.get(headingsKey(found.map(({ whole }) => whole)));
  const meant = found.map(({ whole, last }, position) =>
    remembered === undefined ? fieldOf(whole, last, learned) : (remembered[position] ?? null),
  );
  const chosen = new Map<ImportField, number>([
    ['quantity', quantityIn(found, meant)],
    // What a person said stands, also where a tax stands beside it.
    ...(remembered === undefined ? ([['netTotal', netTotalIn(found, meant)]] as const) : []),
  ]);
  const columns: TableColumn[] = [];
  const seen: SeenHeading<ImportField>[] = [];
  const taken = new Map<ImportField, string>();
  found.forEach(({ index, whole }, position) => {
    const wanted = meant[position] ?? null;
    // A heading that comes again further right adds nothing: the first is the one that people read.
    const isMeant = wanted !== null && (chosen.get(wanted) ?? position) === position && !taken.has(wanted);
    const field = isMeant ? wanted : null;
    seen.push({ index, heading: whole, field, samples: [] });
    if (field === null) return;
    taken.set(field, whole);
    columns.push({ field, index, heading: whole });
  });
  const kind = kindOf(taken, { isSaid: remembered !== undefined });
  if (kind === null) return null;
  const headings = new Map(found.map(({ index, last }) => [index, plainWords(last)]));
  const table = { kind, columns, headings, seen, headerAt: at, firstRow: at + lines };
  return { table, isRemembered: remembered !== undefined };
}

const fieldOf = (whole: string, last: string, { synonyms }: LearnedColumns): ImportField | null =>
  fieldOfHeading(whole) ?? synonyms.get(plainWords(whole)) ?? fieldOfHeading(last);

function headingsOf(upper: GridRow, lower: GridRow | undefined) {
  const found: (Heading & { readonly index: number })[] = [];
  for (let index = 0; index < Math.max(upper.length, lower?.length ?? 0); index += 1) {
    const heading = headingAt(upper, lower, index);
    if (heading !== null) found.push({ index, ...heading });
  }
  return found;
}

const withSamples = (table: Table, rows: Grid['rows']): Table => ({
  ...table,
  seen: table.seen.map((one) => ({ ...one, samples: samplesBelow(rows, table.firstRow, one.index) })),
});

function samplesBelow(rows: Grid['rows'], from: number, index: number): string[] {
  const samples: string[] = [];
  for (let at = from; at < Math.min(rows.length, from + 50) && samples.length < 3; at += 1) {
    const value = shown(rows[at]?.[index]);
    if (value !== '') samples.push(beginningOf(value, 60));
  }
  return samples;
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

/**
 * The heading of the quantity where several could be: how much was sold where each line says when or on what document, and
 * how much there is where none does. Otherwise the first.
 */
function quantityIn(found: readonly Heading[], meant: readonly (ImportField | null)[]): number {
  const candidates = [...meant.keys()].filter((position) => meant[position] === 'quantity');
  const isOfSales = meant.includes('date') || meant.includes('folio');
  const fits = candidates.find((position) => {
    const kind = kindOfQuantity(found[position]?.whole ?? '');
    return isOfSales ? kind !== 'STOCK' : kind === 'STOCK';
  });
  return fits ?? candidates[0] ?? -1;
}

/** The heading of the money of a line: the one without tax, and none that may be with it where the tax stands beside it. */
function netTotalIn(found: readonly Heading[], meant: readonly (ImportField | null)[]): number {
  const candidates = [...meant.keys()].filter((position) => meant[position] === 'netTotal');
  const says = (position: number) => taxOfTotal(found[position]?.whole ?? '');
  const net = candidates.find((position) => says(position) === 'NET');
  if (net !== undefined || !found.some(({ whole }) => isTax(whole))) return net ?? candidates[0] ?? -1;
  return candidates.find((position) => says(position) === null) ?? -1;
}

/**
 * What a file holds, by the headings of its fields. A quantity that is called stock is stock, also beside what it is worth,
 * and one that is called sold was sold; else a sale says when, on what document, to whom or for how much.
 * @param isSaid a person has said what the columns mean, which goes before what their headings are called
 */
export function kindOf(
  fields: ReadonlyMap<ImportField, string>,
  { isSaid }: { readonly isSaid: boolean },
): ImportKind | null {
  const quantity = fields.get('quantity');
  if (!fields.has('sku') || !(quantity !== undefined || fields.has('minimum'))) return null;
  if (quantity === undefined) return 'STOCK';
  const called = isSaid && (fields.has('date') || fields.has('folio')) ? null : kindOfQuantity(quantity);
  return called ?? (saleFields.some((field) => fields.has(field)) ? 'SALES' : 'STOCK');
}

const saleFields: readonly ImportField[] = ['date', 'folio', 'customer', 'netTotal'];

import type { RowProblem } from './problem.ts';

/** What a line of the file means. Quantities and money are exact text, days ISO. */
export interface TypedRow {
  readonly sku: string;
  readonly codeWasNumber: boolean;
  readonly name: string | null;
  readonly quantity: string | null;
  readonly minimum: string | null;
  readonly maximum: string | null;
  readonly location: string | null;
  readonly price: string | null;
  readonly cost: string | null;
  readonly category: string | null;
  readonly unit: string | null;
  /** As the file names it, in the row, above it, or in the name of the sheet; null where it does not. */
  readonly warehouse: string | null;
  readonly date: string | null;
  readonly folio: string | null;
  readonly netTotal: string | null;
  readonly customer: string | null;
  /** Of a document that the file says was cancelled: it counts in no sum. */
  readonly isCancelled?: true;
}

/** A line of the table, where it stands and either what it means or why it is refused. */
export interface ReadRow {
  readonly sheet: string;
  /** Number of the line in its sheet, from 1. */
  readonly line: number;
  readonly parsed: TypedRow | null;
  readonly problems: readonly RowProblem[];
  /** Of a refused line too: a document is taken whole or not at all. */
  readonly folio: string | null;
  /** The cells as they stand, kept for a refused line only. */
  readonly cells: readonly string[];
  /** Of a refused line: the branch and the day that stand above it and hold for it. */
  readonly branch?: string | null;
  readonly day?: string | null;
}

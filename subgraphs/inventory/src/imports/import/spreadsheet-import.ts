import type { ImportField, ImportKind } from '../reading/headings.ts';
import type { RowProblem } from '../reading/problem.ts';

export const importStatuses = [
  'UPLOADED',
  'PARSING',
  'PREVIEW',
  'COMMITTING',
  'COMPLETED',
  'UNDOING',
  'FAILED',
  'UNDONE',
  'CANCELLED',
] as const;
export const importRowStatuses = ['STAGED', 'QUARANTINED', 'CREATED', 'UPDATED', 'SKIPPED', 'UNDONE'] as const;
export type ImportStatus = (typeof importStatuses)[number];
export type ImportRowStatus = (typeof importRowStatuses)[number];

/** A heading with the first values below it, and what it was read as. */
export interface ImportHeading {
  readonly letter: string;
  readonly heading: string;
  readonly field: ImportField | null;
  readonly samples: readonly string[];
}

/** One file on its way in: read, previewed, committed as one, and undone as one. */
export interface SpreadsheetImport {
  readonly id: string;
  readonly uploadId: string;
  readonly filename: string;
  readonly companyId: string;
  readonly siteId: string | null;
  readonly kind: ImportKind | null;
  readonly status: ImportStatus;
  readonly sheets: readonly string[];
  readonly columns: readonly { readonly letter: string; readonly heading: string; readonly field: string }[];
  /** Those of sheets that have others than the first, by the name of the sheet. */
  readonly otherColumns: Readonly<Record<string, SpreadsheetImport['columns']>>;
  /** Every heading of the first sheet with a table; what looks like headings where there is none. */
  readonly headings: readonly ImportHeading[];
  /** Number of the line of the headings, from 1. */
  readonly headerLine: number | null;
  readonly branch: string | null;
  readonly dateFrom: string | null;
  readonly dateTo: string | null;
  readonly rowsRead: number;
  readonly rowsCreated: number;
  readonly rowsUpdated: number;
  readonly rowsRefused: number;
  /** Code of why the file as a whole is refused, or why the last step did not happen. */
  readonly problem: string | null;
  /** Tells one preview from another: what is committed is what was seen. */
  readonly plan: string | null;
  readonly requestedBy: string;
  readonly createdAt: Date;
  readonly committedAt: Date | null;
  readonly undoneAt: Date | null;
}

/** One row of a file, with what will become of it, or became. */
export interface ImportRow {
  readonly row: number;
  readonly sheet: string;
  readonly line: number;
  readonly status: ImportRowStatus;
  readonly sku: string | null;
  readonly name: string | null;
  readonly quantity: string | null;
  /** Stock before, of a row that changes it. */
  readonly previousQuantity: string | null;
  readonly warehouse: string | null;
  readonly date: string | null;
  readonly folio: string | null;
  readonly problems: readonly RowProblem[];
  /** What was read, by field. */
  readonly parsed: Readonly<Record<string, unknown>>;
  /** The cells as they stand, of a row that was refused while it was read. */
  readonly cells: readonly string[];
  /** Of such a row: what stood above it and holds for it. */
  readonly branch: string | null;
  readonly day: string | null;
}

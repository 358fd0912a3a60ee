import type { ErpEntity, ErpRow } from './erp-entity.ts';
import type { StockBooks } from './proof/stock-books.ts';

/** An ERP that rows are read from, in our words. Nothing is ever written to it. */
export interface ErpSource {
  /**
   * Opens one consistent look at the ERP: all that is read from it is as of the same moment. Close it.
   * @throws ErpFailure
   */
  open(signal: AbortSignal): Promise<ErpSnapshot>;
}

export interface ErpSnapshot {
  /** The ERP's own clock, without a zone: `2026-03-01 10:20:30.0000`. */
  readonly clock: string;
  /** Where the rows of a kind come from; none when nothing is mapped. A sale may come from several tables. */
  parts(entity: ErpEntity): readonly ErpPart[];
  /** Balances and movements of stock, to hold against each other; null when the ERP has not both. */
  books(): StockBooks | null;
  close(): Promise<void>;
}

/** One place that rows of a kind come from. Each call throws ErpFailure. */
export interface ErpPart {
  readonly name: string;
  /** Rows say when they changed. */
  readonly hasStamps: boolean;
  /** Keys are whole numbers, and rows come in their order. */
  readonly hasNumberKeys: boolean;
  /** Counts and sums of all rows, for the proof that nothing is missing. */
  totals(): Promise<ErpTotals>;
  /** A digest of what no stamp speaks of; null when stamps tell every change. */
  fingerprint(): Promise<string | null>;
  count(which: RowChoice): Promise<number>;
  /** Rows in batches: the next one is read when this one was taken. */
  rows(which: RowChoice, batchRows: number): AsyncIterable<readonly ErpRow[]>;
  /** The keys of all rows, in batches. */
  keys(batchRows: number): AsyncIterable<readonly string[]>;
}

/** All rows, those after a key, those that changed at or after a moment of the ERP's clock; or both. */
export interface RowChoice {
  readonly since?: string | undefined;
  readonly afterKey?: string | undefined;
}

export interface ErpTotals {
  readonly count: string;
  /** Of what the kind is summed by; null when it has nothing to sum. */
  readonly sum: string | null;
  readonly minKey: string | null;
  readonly maxKey: string | null;
  /** Sum and sum of squares (each modulo 1,000,003) of number keys: equal ones mean equal sets; null for text keys. */
  readonly keySum: string | null;
}

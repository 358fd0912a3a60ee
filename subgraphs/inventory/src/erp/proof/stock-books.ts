/** What an ERP keeps about stock twice: balances by month, and the documents that moved it. All of one look. */
export interface StockBooks {
  /** Net units of each month by its balances, in the order of article, warehouse and month. */
  balances(): AsyncIterable<readonly StockMonth[]>;
  /** Net units of each month by its documents, in the same order. */
  movements(): AsyncIterable<readonly StockMonth[]>;
  /** The documents that moved an article in a warehouse in a month, as they were entered. */
  documents(level: StockLevelKey, month: number): Promise<readonly StockDocument[]>;
}

export interface StockLevelKey {
  readonly article: number;
  readonly warehouse: number;
}

export interface StockMonth extends StockLevelKey {
  /** Year and month: 202603. */
  readonly month: number;
  /** Hundred-thousandths of a unit, in less out. */
  readonly units: bigint;
}

export interface StockDocument {
  readonly key: string;
  readonly folio: string | null;
  /** Calendar day. */
  readonly on: string;
  /** Hundred-thousandths of a unit, in less out. */
  readonly units: bigint;
}

const scale = 5;

/** Exact text, of at most five decimals, as hundred-thousandths. */
export function toUnits(text: string): bigint {
  const [whole = '0', fraction = ''] = text.replace('-', '').split('.');
  const units = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  return text.startsWith('-') ? -units : units;
}

/** Hundred-thousandths as exact text without needless zeros. */
export function fromUnits(units: bigint): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}${fraction === '' ? '' : `.${fraction}`}`;
}

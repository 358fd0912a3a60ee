import type { StockDocument, StockLevelKey, StockMonth } from './stock-books.ts';

/** What came of holding balances against movements. */
export interface StockComparison {
  /** Articles in warehouses that either side knows. */
  readonly compared: number;
  readonly diverging: number;
  readonly balance: bigint;
  readonly moved: bigint;
  /** The first of those that diverge, in the order of article and warehouse. */
  readonly kept: readonly StockDivergence[];
}

export interface StockDivergence extends StockLevelKey {
  /** Of all months. */
  readonly balance: bigint;
  readonly moved: bigint;
  /** The first month in which the two are not the same. */
  readonly month: number;
  readonly monthBalance: bigint;
  readonly monthMoved: bigint;
}

/**
 * Holds both books against each other, month by month, as they come: no more is held than one batch of each and what
 * diverges. A level that only one of them knows diverges unless it is nothing there.
 */
export async function compareStock(
  balances: AsyncIterable<readonly StockMonth[]>,
  movements: AsyncIterable<readonly StockMonth[]>,
  mostKept: number,
): Promise<StockComparison> {
  const [left, right] = [reader(balances), reader(movements)];
  const total = { compared: 0, diverging: 0, balance: 0n, moved: 0n };
  const kept: StockDivergence[] = [];
  let open: Level | null = null;
  const close = () => {
    if (open?.first) {
      total.diverging += 1;
      if (kept.length < mostKept) kept.push({ ...levelOf(open), ...sumsOf(open), ...open.first });
    }
  };
  for (;;) {
    const [balance, moved] = [await left.peek(), await right.peek()];
    const order = balance === null ? 1 : moved === null ? -1 : inOrder(balance, moved);
    const at = order <= 0 ? balance : moved;
    if (at === null) break;
    if (open === null || open.article !== at.article || open.warehouse !== at.warehouse) {
      close();
      open = { ...levelOf(at), balance: 0n, moved: 0n, first: null };
      total.compared += 1;
    }
    const monthBalance = order <= 0 ? at.units : 0n;
    const monthMoved = order >= 0 ? (moved?.units ?? 0n) : 0n;
    open.balance += monthBalance;
    open.moved += monthMoved;
    total.balance += monthBalance;
    total.moved += monthMoved;
    if (monthBalance !== monthMoved) open.first ??= { month: at.month, monthBalance, monthMoved };
    if (order <= 0) left.take();
    if (order >= 0) right.take();
  }
  close();
  return { ...total, kept };
}

interface Level extends StockLevelKey {
  balance: bigint;
  moved: bigint;
  first: Pick<StockDivergence, 'month' | 'monthBalance' | 'monthMoved'> | null;
}

const levelOf = ({ article, warehouse }: StockLevelKey): StockLevelKey => ({ article, warehouse });
const sumsOf = ({ balance, moved }: Level) => ({ balance, moved });

function inOrder(a: StockMonth, b: StockMonth): number {
  return a.article - b.article || a.warehouse - b.warehouse || a.month - b.month;
}

/**
 * The document at which the two part: the one whose units are just what is missing or too many, which is certain, or the
 * first of the month. Null when the balance moved without any document.
 */
export function firstDocument(
  { monthBalance, monthMoved }: Pick<StockDivergence, 'monthBalance' | 'monthMoved'>,
  documents: readonly StockDocument[],
): { readonly document: StockDocument | null; readonly isExact: boolean } {
  const exact = documents.find(({ units }) => units === monthMoved - monthBalance);
  return { document: exact ?? documents[0] ?? null, isExact: exact !== undefined };
}

/** Rows of batches one at a time; the next batch is asked for when the last one is used up. */
function reader(batches: AsyncIterable<readonly StockMonth[]>) {
  const iterator = batches[Symbol.asyncIterator]();
  let batch: readonly StockMonth[] = [];
  let at = 0;
  let isEnded = false;
  return {
    async peek(): Promise<StockMonth | null> {
      while (at >= batch.length && !isEnded) {
        const next = await iterator.next();
        if (next.done === true) isEnded = true;
        else [batch, at] = [next.value, 0];
      }
      return batch[at] ?? null;
    },
    take(): void {
      at += 1;
    },
  };
}

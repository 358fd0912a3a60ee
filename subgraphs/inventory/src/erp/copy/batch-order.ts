/** Batches of one step, some of them under way at once. */
export interface BatchOrder {
  /** Takes the next batch, of rows up to a key. */
  begin(lastKey: string | null): Batch;
  /**
   * The key up to which everything is written once this batch is; undefined while one before it is still under way. Asked
   * while the run is held, so that of two that ask the later knows no less.
   */
  reach(batch: Batch): string | null | undefined;
  /** It is committed. */
  settle(batch: Batch): void;
}

export interface Batch {
  readonly at: number;
  readonly lastKey: string | null;
}

/** A worker that follows goes on behind a key: a batch that ends before one that was begun earlier does not move it. */
export function createBatchOrder(): BatchOrder {
  const settled = new Map<number, string | null>();
  let begun = 0;
  let firstOpen = 0;
  return {
    begin: (lastKey) => ({ at: begun++, lastKey }),
    reach({ at, lastKey }) {
      if (at !== firstOpen) return undefined;
      let reached = lastKey;
      for (let next = at + 1; settled.has(next); next += 1) reached = settled.get(next) ?? null;
      return reached;
    },
    settle({ at, lastKey }) {
      settled.set(at, lastKey);
      for (; settled.has(firstOpen); firstOpen += 1) settled.delete(firstOpen);
    },
  };
}

export interface Gathering<Item> {
  /** The least time between two lists. */
  readonly everyMs: number;
  /** Of items with the same key one is told. */
  readonly keyOf: (item: Item) => string;
  /** Whether an item that came later takes the place of one that waits. */
  readonly replaces: (later: Item, waiting: Item) => boolean;
}

/**
 * Tells of many items in few lists: the first item at once, then what has come since, at most every `everyMs`. Holds
 * one item a key, so a listener who is slow, or who follows thousands, costs no more than what there is to tell. Ends
 * when its source ends, after what still waits; fails as its source fails. Not an async generator: those cannot be
 * ended while they wait.
 */
export function gathered<Item>(
  items: AsyncIterableIterator<Item>,
  { everyMs, keyOf, replaces }: Gathering<Item>,
): AsyncIterableIterator<readonly Item[]> {
  const waiting = new Map<string, Item>();
  let source: 'unread' | 'open' | 'ended' | { readonly failure: unknown } = 'unread';
  let toldAtMs = Number.NEGATIVE_INFINITY;
  let wake = (): void => {};

  const stream: AsyncIterableIterator<readonly Item[]> = {
    async next() {
      if (source === 'unread') void follow();
      for (;;) {
        const dueInMs = source === 'open' ? toldAtMs + everyMs - performance.now() : 0;
        if (waiting.size > 0 && dueInMs <= 0) return { done: false, value: take() };
        if (waiting.size === 0 && source === 'ended') return { done: true, value: undefined };
        if (waiting.size === 0 && typeof source === 'object') throw source.failure;
        await change(waiting.size > 0 ? dueInMs : null);
      }
    },
    async return() {
      source = 'ended';
      waiting.clear();
      wake();
      await items.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;

  async function follow(): Promise<void> {
    source = 'open';
    try {
      for await (const item of items) {
        if (source !== 'open') break;
        hold(item);
      }
      source = 'ended';
    } catch (failure) {
      if (source === 'open') source = { failure };
    }
    wake();
  }

  function hold(item: Item): void {
    const key = keyOf(item);
    const before = waiting.get(key);
    if (before !== undefined && !replaces(item, before)) return;
    waiting.set(key, item);
    if (waiting.size === 1) wake();
  }

  function take(): readonly Item[] {
    toldAtMs = performance.now();
    const list = [...waiting.values()];
    waiting.clear();
    return list;
  }

  /** Until something new has come, the source has ended, or so much time has passed. */
  function change(withinMs: number | null): Promise<void> {
    return new Promise((resolve) => {
      const timer = withinMs === null ? undefined : setTimeout(resolve, withinMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

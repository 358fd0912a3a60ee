/**
 * Hands out the items of lists one after the other. Not an async generator: those cannot be ended while they wait, and
 * a listener that has gone must not stay until the next event.
 */
export function oneByOne<Item>(lists: AsyncIterableIterator<readonly Item[]>): AsyncIterableIterator<Item> {
  let ready: readonly Item[] = [];
  const stream: AsyncIterableIterator<Item> = {
    async next() {
      for (;;) {
        const [item, ...rest] = ready;
        ready = rest;
        if (item !== undefined) return { done: false, value: item };
        const step = await lists.next();
        if (step.done === true) return { done: true, value: undefined };
        ready = step.value;
      }
    },
    async return() {
      ready = [];
      await lists.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return stream;
}

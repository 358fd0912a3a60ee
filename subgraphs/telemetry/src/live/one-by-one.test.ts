import { describe, expect, it } from 'vitest';
import { oneByOne } from './one-by-one.ts';

/** A source of lists that then waits for ever, and tells when it is left. */
function lists(given: readonly (readonly number[])[]) {
  const source = { isLeft: false, next: 0 };
  const stream: AsyncIterableIterator<readonly number[]> = {
    next: () => {
      const value = given[source.next];
      source.next += 1;
      return value === undefined ? new Promise(() => {}) : Promise.resolve({ done: false, value });
    },
    return: async () => {
      source.isLeft = true;
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => stream,
  };
  return { source, stream };
}

describe('oneByOne', () => {
  it('hands out every item in order and passes over empty lists', async () => {
    const items = oneByOne(lists([[1, 2], [], [3]]).stream);
    const seen = [await items.next(), await items.next(), await items.next()];
    expect(seen.map(({ value }) => value)).toEqual([1, 2, 3]);
  });

  it('takes a list only when the one before is used up', async () => {
    const { source, stream } = lists([[1, 2], [3]]);
    const items = oneByOne(stream);
    await items.next();
    await items.next();
    expect(source.next).toBe(1);
  });

  it('leaves its source at once, also while it waits', async () => {
    const { source, stream } = lists([]);
    const items = oneByOne(stream);
    void items.next();
    expect(await items.return?.()).toEqual({ done: true, value: undefined });
    expect(source.isLeft).toBe(true);
  });
});

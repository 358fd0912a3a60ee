import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gathered } from './gathered.ts';

interface Reading {
  readonly of: string;
  readonly at: number;
}

/** A source that is given its items by hand. */
function handSource() {
  const queue: IteratorResult<Reading, undefined>[] = [];
  let asking: { resolve(step: IteratorResult<Reading, undefined>): void; reject(reason: Error): void } | null = null;
  const source = {
    isLeft: false,
    give: (of: string, at: number) => source.step({ done: false, value: { of, at } }),
    end: () => source.step({ done: true, value: undefined }),
    fail: (reason: Error) => asking?.reject(reason),
    step: (step: IteratorResult<Reading, undefined>) => {
      if (asking === null) queue.push(step);
      else asking.resolve(step);
      asking = null;
    },
  };
  const stream: AsyncIterableIterator<Reading, undefined> = {
    next: () => {
      const step = queue.shift();
      if (step !== undefined) return Promise.resolve(step);
      return new Promise((resolve, reject) => {
        asking = { resolve, reject };
      });
    },
    return: async () => {
      source.isLeft = true;
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => stream,
  };
  const lists = gathered(stream, {
    everyMs: 250,
    keyOf: ({ of }) => of,
    replaces: (later, waiting) => later.at >= waiting.at,
  });
  return { source, lists };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

describe('gathered', () => {
  it('tells the first at once and the rest together when their time has come', async () => {
    const { source, lists } = handSource();
    const first = lists.next();
    source.give('a', 1);
    expect((await first).value).toEqual([{ of: 'a', at: 1 }]);
    const second = lists.next();
    const told = vi.fn();
    void second.then(told);
    for (const of of ['a', 'b', 'c']) {
      source.give(of, 2);
      await vi.advanceTimersByTimeAsync(50);
    }
    expect(told).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(100);
    expect((await second).value).toEqual(['a', 'b', 'c'].map((of) => ({ of, at: 2 })));
  });

  it('tells of each key only the newest, whatever order they came in', async () => {
    const { source, lists } = handSource();
    const first = lists.next();
    source.give('a', 1);
    await first;
    const second = lists.next();
    for (const at of [4, 9, 7]) {
      source.give('a', at);
      await vi.advanceTimersByTimeAsync(1);
    }
    await vi.advanceTimersByTimeAsync(250);
    expect((await second).value).toEqual([{ of: 'a', at: 9 }]);
  });

  it('holds what comes while nobody asks', async () => {
    const { source, lists } = handSource();
    const first = lists.next();
    source.give('a', 1);
    await first;
    source.give('a', 2);
    await vi.advanceTimersByTimeAsync(1);
    source.give('b', 2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect((await lists.next()).value).toHaveLength(2);
  });

  it('tells what still waits when its source ends, and then ends', async () => {
    const { source, lists } = handSource();
    const first = lists.next();
    source.give('a', 1);
    await first;
    const second = lists.next();
    source.give('a', 2);
    await vi.advanceTimersByTimeAsync(1);
    source.end();
    expect((await second).value).toEqual([{ of: 'a', at: 2 }]);
    expect((await lists.next()).done).toBe(true);
  });

  it('fails as its source fails', async () => {
    const { source, lists } = handSource();
    const first = lists.next();
    await vi.advanceTimersByTimeAsync(1);
    source.fail(new Error('SLOW_CONSUMER'));
    await expect(first).rejects.toThrow('SLOW_CONSUMER');
  });

  it('leaves its source at once, also while it waits', async () => {
    const { source, lists } = handSource();
    const waiting = lists.next();
    await lists.return?.();
    expect((await waiting).done).toBe(true);
    expect(source.isLeft).toBe(true);
  });
});

import { eventually } from '@cauce/shared/test/eventually';
import { silentLog } from '@cauce/shared/test/silent-log';
import { describe, expect, it } from 'vitest';
import { createMessageQueue, type MessageQueueOptions } from './message-queue.ts';

function queueOf(options: Partial<MessageQueueOptions<number>>) {
  const stored: (readonly number[])[] = [];
  const queue = createMessageQueue<number>({
    store: async () => {},
    onStored: (batch) => stored.push(batch),
    sizeOf: () => 1,
    log: silentLog,
    ...{ batchSize: 10, batchBytes: 1_000 },
    lingerMs: 5,
    maxWaiting: 30,
    maxWaitingBytes: 1_000,
    retryMs: [1, 4],
    ...options,
  });
  return { queue, stored };
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

/** A promise that the test settles. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

describe('createMessageQueue', () => {
  it('stores everything once, in the order of arrival, in batches within the bound', async () => {
    const { queue, stored } = queueOf({});
    for (const message of range(0, 25)) queue.add(message);
    await eventually(() => stored.flat().length === 25);
    expect(stored.flat()).toEqual(range(0, 25));
    expect(stored.every((batch) => batch.length <= 10)).toBe(true);
  });

  it('holds no more bytes in a batch than can be stored in time, but one message however large', async () => {
    const { queue, stored } = queueOf({ sizeOf: (message) => (message === 3 ? 500 : 40), batchBytes: 100 });
    for (const message of range(0, 8)) queue.add(message);
    await eventually(() => stored.flat().length === 8);
    expect(stored).toEqual([[0, 1], [2], [3], [4, 5], [6, 7]]);
  });

  it('stores one batch at a time and gathers the next meanwhile', async () => {
    const first = gate();
    let underWay = 0;
    let most = 0;
    const { queue, stored } = queueOf({
      store: async (batch) => {
        underWay += 1;
        most = Math.max(most, underWay);
        if (batch[0] === 0) await first.opened;
        underWay -= 1;
      },
    });
    queue.add(0);
    await eventually(() => underWay === 1);
    for (const message of range(1, 8)) queue.add(message);
    await new Promise((resolve) => setTimeout(resolve, 20));
    first.open();
    await eventually(() => stored.flat().length === 8);
    expect(most).toBe(1);
    expect(stored).toEqual([[0], range(1, 8)]);
  });

  it('tries a failed batch again, unchanged and before anything else, and says nothing was stored until it is', async () => {
    const tries: (readonly number[])[] = [];
    const { queue, stored } = queueOf({
      batchSize: 2,
      store: async (batch) => {
        tries.push(batch);
        if (tries.length < 4) throw new Error('The database is away');
      },
    });
    for (const message of range(0, 4)) queue.add(message);
    await eventually(() => stored.length === 2);
    expect(tries).toEqual([
      [0, 1],
      [0, 1],
      [0, 1],
      [0, 1],
      [2, 3],
    ]);
    expect(stored).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('says when it is full, by number or by bytes, and calls back once there is room', async () => {
    const first = gate();
    const { queue } = queueOf({ store: () => first.opened, batchSize: 5, maxWaiting: 6 });
    for (const message of range(0, 5)) queue.add(message);
    await eventually(() => !queue.isFull);
    for (const message of range(5, 11)) queue.add(message);
    expect(queue.isFull).toBe(true);
    let resumed = 0;
    queue.whenRoom(() => {
      resumed += 1;
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(resumed).toBe(0);
    first.open();
    await eventually(() => resumed === 1);

    const bytes = queueOf({ sizeOf: () => 600, store: () => new Promise(() => {}) });
    bytes.queue.add(1);
    expect(bytes.queue.isFull).toBe(false);
    bytes.queue.add(2);
    expect(bytes.queue.isFull).toBe(true);
  });

  it('forgets waiting messages that will come again, and makes room by it', async () => {
    const first = gate();
    const { queue, stored } = queueOf({ store: () => first.opened, batchSize: 1, maxWaiting: 3 });
    queue.add(0);
    await new Promise((resolve) => setTimeout(resolve, 10));
    for (const message of [1, 2, 3]) queue.add(message);
    expect(queue.isFull).toBe(true);
    queue.drop((message) => message !== 2);
    expect(queue.isFull).toBe(false);
    first.open();
    await eventually(() => stored.length === 2);
    expect(stored).toEqual([[0], [2]]);
  });

  it('finishes the batch in hand when it is stopped, and leaves the rest to the broker', async () => {
    const first = gate();
    const { queue, stored } = queueOf({ store: () => first.opened, batchSize: 2 });
    for (const message of range(0, 6)) queue.add(message);
    await new Promise((resolve) => setTimeout(resolve, 10));
    const stopped = queue.stop();
    first.open();
    await stopped;
    queue.add(99);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stored).toEqual([[0, 1]]);
  });

  it('does not wait out a long pause when it is stopped during an outage', async () => {
    let tries = 0;
    const { queue, stored } = queueOf({
      retryMs: [60_000, 60_000],
      store: async () => {
        tries += 1;
        throw new Error('The database is away');
      },
    });
    queue.add(1);
    await eventually(() => tries === 1);
    const startedAt = performance.now();
    await queue.stop();
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(stored).toEqual([]);
  });
});

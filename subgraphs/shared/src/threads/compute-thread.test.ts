import { afterAll, describe, expect, it } from 'vitest';
import { createComputeThread } from './compute-thread.ts';
import type { OddTask } from './test-support/odd-thread.ts';

const thread = createComputeThread<OddTask, { readonly value: number; readonly answered: number }>({
  script: new URL('./test-support/odd-thread.ts', import.meta.url),
  milliseconds: 2_000,
  heapMegabytes: 24,
});
afterAll(() => thread.end());

describe('a thread that computes', () => {
  it('does tasks in order, and a refused one harms no other', async () => {
    const tasks: readonly OddTask[] = [{ double: 1 }, 'refuse', { double: 2 }];
    const done = await Promise.allSettled(tasks.map((task) => thread.run(task)));
    expect(done).toMatchObject([
      { value: { value: 2, answered: 1 } },
      { reason: { code: 'FAILED', message: 'refuse' } },
      { value: { value: 4, answered: 3 } },
    ]);
  });

  it('is another one after it broke, left, grew too large or took too long', async () => {
    const failures: readonly [OddTask, string][] = [
      ['break', 'FAILED'],
      ['leave', 'FAILED'],
      ['grow', 'NEEDS_TOO_MUCH_MEMORY'],
      ['loop', 'TOOK_TOO_LONG'],
    ];
    for (const [task, code] of failures) {
      await expect(thread.run(task)).rejects.toMatchObject({ code });
      expect(await thread.run({ double: 3 })).toEqual({ value: 6, answered: 1 });
    }
  });

  it('stops when nobody waits for it any more', async () => {
    const left = new AbortController();
    const looping = thread.run('loop', left.signal);
    setTimeout(() => left.abort(new Error('left')), 50);
    await expect(looping).rejects.toThrow('left');
    expect(await thread.run({ double: 4 })).toMatchObject({ value: 8 });
  });

  it('ends when no task comes for a while, and begins again with the next', async () => {
    const short = createComputeThread<OddTask, { readonly value: number; readonly answered: number }>({
      script: new URL('./test-support/odd-thread.ts', import.meta.url),
      ...{ milliseconds: 5_000, heapMegabytes: 24, idleMilliseconds: 1 },
    });
    expect(await short.run({ double: 1 })).toMatchObject({ answered: 1 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await short.run({ double: 1 })).toMatchObject({ answered: 1 });
    await short.end();
  });
});

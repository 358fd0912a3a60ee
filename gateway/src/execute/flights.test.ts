import { setTimeout as wait } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createFlights } from './flights.ts';

const never = new AbortController().signal;

it('does equal work once for all who ask while it may be joined', async () => {
  const flights = createFlights<number>(1_000);
  let begun = 0;
  const start = async () => {
    begun += 1;
    await wait(5);
    return begun;
  };
  const all = await Promise.all([1, 2, 3].map(() => flights.join('same', never, start)));
  expect(all).toEqual([1, 1, 1].map((value) => ({ value, isShared: true })));
  expect(await flights.join('same', never, start)).toEqual({ value: 2, isShared: false });
});

it('lets nobody join work that began before it was sealed, or too long ago', async () => {
  const flights = createFlights<number>(20);
  let begun = 0;
  const start = async () => {
    begun += 1;
    const mine = begun;
    await wait(60);
    return mine;
  };
  const first = flights.join('same', never, start);
  flights.seal();
  const second = flights.join('same', never, start);
  await wait(30);
  const third = flights.join('same', never, start);
  expect((await Promise.all([first, second, third])).map(({ value }) => value)).toEqual([1, 2, 3]);
});

it('ends the work when the last one leaves, and not before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), async (leaves) => {
      const flights = createFlights<string>(1_000);
      let work = never;
      let finish: (text: string) => void = () => {};
      const callers = leaves.map(() => new AbortController());
      const answers = callers.map(({ signal }) =>
        flights
          .join('same', signal, (ended) => {
            work = ended;
            return new Promise((resolve) => {
              finish = resolve;
            });
          })
          .then(({ value }) => value)
          .catch((reason: unknown) => String(reason)),
      );
      for (const [index, isLeaving] of leaves.entries()) if (isLeaving) callers[index]?.abort('left');
      expect(work.aborted).toBe(leaves.every(Boolean));
      finish('done');
      expect(await Promise.all(answers)).toEqual(leaves.map((isLeaving) => (isLeaving ? 'left' : 'done')));
    }),
    { numRuns: 200 },
  );
});

it('gives a failure to all who wait for it, and to nobody after', async () => {
  const flights = createFlights<string>(1_000);
  const fail = () => wait(2).then(() => Promise.reject(new Error('broke')));
  const results = await Promise.allSettled([flights.join('a', never, fail), flights.join('a', never, fail)]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect((await flights.join('a', never, async () => 'well')).value).toBe('well');
});

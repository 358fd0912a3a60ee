import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createStreamWorld, settled } from './test/stream-world.ts';
import { readStream, type TestReader } from './test/test-reader.ts';

const request = { source: 'subscription { ticks(upTo: 9) }' };

it('gives every event once and in order to clients that are cut off at random and come back', async () => {
  const step = fc.record({ client: fc.nat({ max: 2 }), isAway: fc.boolean(), events: fc.nat({ max: 3 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 30 }), async (steps) => {
      const world = createStreamWorld({ graceMs: 60_000 });
      const clients = await Promise.all([0, 1, 2].map(() => connect(world.hub)));
      let told = 0;
      for (const { client, isAway, events } of steps) {
        const one = clients[client];
        if (isAway) one?.cut();
        else await one?.back();
        for (let count = 0; count < events; count += 1) {
          told += 1;
          world.push(told);
        }
        if (events > 1) await settled(2);
      }
      for (const one of clients) await one.back();
      await settled();
      const all = Array.from({ length: told }, (_, index) => index + 1);
      for (const one of clients) expect(one.seen()).toEqual(all);
      expect(world.sources).toHaveLength(1);
      world.hub.close();
    }),
    { numRuns: 60 },
  );
}, 60_000);

async function connect(hub: Parameters<typeof readStream>[0]) {
  const readers: TestReader[] = [];
  let current: TestReader | null = null;
  const lastEventId = () => readers.flatMap(({ got }) => got).at(-1)?.eventId ?? null;
  const back = async () => {
    if (current !== null) return;
    current = await readStream(hub, { request, resume: { lastEventId: lastEventId() } });
    readers.push(current);
  };
  await back();
  return {
    back,
    cut() {
      current?.leave('cut');
      current = null;
    },
    /** Every tick in the order in which it came, through whichever connection. */
    seen: () =>
      readers
        .flatMap(({ got }) => got)
        .flatMap(({ result }) => (result.data ? [Reflect.get(Object(result.data), 'ticks')] : [])),
  };
}

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createExecutor } from './executor.ts';
import { dataText, erroredPlaces, judge } from './test/judge.ts';
import { randomOperation } from './test/random-operation.ts';
import { randomSupergraph } from './test/random-supergraph.ts';
import { createSchemaTransport, createScope, createShopGateway } from './test/shop-gateway.ts';
import { monolith } from './test/shop-graph.ts';

const tape = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 150, size: 'max' });
const numRuns = Number(process.env.FEDERATION_RUNS ?? 120);

it('answers any valid operation as one schema with all the data would, to the letter', async () => {
  const gateway = createShopGateway();
  await fc.assert(
    fc.asyncProperty(tape, async (numbers) => {
      const { source, variables } = randomOperation(monolith, numbers);
      const ours = await gateway.ask(source, variables);
      const theirs = await judge(monolith, gateway.world.query, source, variables);
      expect({ source, data: dataText(ours), errors: erroredPlaces(ours) }).toEqual({
        source,
        data: dataText(theirs),
        errors: erroredPlaces(theirs),
      });
    }),
    { numRuns },
  );
}, 240_000);

it('answers rightly however one graph is cut into subgraphs', async () => {
  const cut = fc.array(fc.nat({ max: 1_000 }), { minLength: 120, maxLength: 160, size: 'max' });
  let cuts = 0;
  await fc.assert(
    fc.asyncProperty(cut, fc.array(tape, { minLength: 10, maxLength: 10 }), async (numbers, tapes) => {
      const graph = randomSupergraph(numbers);
      fc.pre(graph !== null);
      cuts += 1;
      const transports = [...graph.subgraphs].map(([name, schema]) => [name, createSchemaTransport(schema)] as const);
      const executor = createExecutor({ supergraphSdl: graph.supergraphSdl, transports: new Map(transports) });
      for (const numbersOfOne of tapes) {
        const { source, variables } = randomOperation(executor.schema, numbersOfOne);
        const ours = await executor.execute({ source, variables, scope: createScope() });
        const theirs = await judge(graph.monolith, graph.rootValue, source, variables);
        expect({ source, data: dataText(ours), errors: erroredPlaces(ours) }).toEqual({
          source,
          data: dataText(theirs),
          errors: erroredPlaces(theirs),
        });
      }
    }),
    { numRuns: Math.ceil(numRuns / 12) },
  );
  expect(cuts).toBeGreaterThan(0);
}, 240_000);

it('keeps everything that does not depend on subgraphs that are down, and says that something is missing', async () => {
  const gateway = createShopGateway();
  const down = fc.subarray(['accounts', 'products', 'inventory', 'reviews'], { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(tape, down, async (numbers, subgraphs) => {
      const { source, variables } = randomOperation(monolith, numbers);
      const whole = await judge(monolith, gateway.world.query, source, variables);
      for (const name of subgraphs) gateway.lies.set(name, () => Promise.reject(new Error('down')));
      const ours = await gateway.ask(source, variables);
      gateway.lies.clear();
      expect(isPartOf(plain(ours.data), plain(whole.data)), source).toBe(true);
      if (dataText(ours) !== dataText(whole)) expect(ours.errors, source).toBeDefined();
    }),
    { numRuns },
  );
}, 240_000);

function plain(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data ?? null));
}

/** Whether the first is the second with some places made null. */
function isPartOf(part: unknown, whole: unknown): boolean {
  if (part === null || part === whole) return true;
  if (typeof part !== 'object' || typeof whole !== 'object' || whole === null) return false;
  const keys = Reflect.ownKeys(part);
  return (
    keys.length === Reflect.ownKeys(whole).length &&
    keys.every((key) =>
      isPartOf(Reflect.getOwnPropertyDescriptor(part, key)?.value, Reflect.getOwnPropertyDescriptor(whole, key)?.value),
    )
  );
}

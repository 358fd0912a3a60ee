import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Transport } from '../transports/transport.ts';
import { createExecutor } from './executor.ts';
import { dataText, erroredPlaces, judge } from './test/judge.ts';
import { randomOperation } from './test/random-operation.ts';
import { randomSupergraph } from './test/random-supergraph.ts';
import { createSchemaTransport, createScope, createShopGateway } from './test/shop-gateway.ts';
import { monolith } from './test/shop-graph.ts';

const tape = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 150, size: 'max' });
// A fixed seed and a few hundred operations by default; `FEDERATION_RUNS=4000 FEDERATION_SEED=7` looks further.
const numRuns = Number(process.env.FEDERATION_RUNS ?? 80);
const seed = Number(process.env.FEDERATION_SEED ?? 1);
const cutRuns = { numRuns: Math.ceil(numRuns / 8), seed, endOnFailure: true };
const cut = fc.array(fc.nat({ max: 10_000 }), { minLength: 220, maxLength: 260, size: 'max' });
const tapes = fc.array(tape, { minLength: 10, maxLength: 10 });

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
    { numRuns, seed },
  );
}, 240_000);

it('answers rightly however one graph is cut into subgraphs', async () => {
  let cuts = 0;
  await fc.assert(
    fc.asyncProperty(cut, tapes, async (numbers, operations) => {
      const graph = randomSupergraph(numbers);
      fc.pre(graph !== null);
      cuts += 1;
      const transports = [...graph.subgraphs].map(([name, schema]) => [name, createSchemaTransport(schema)] as const);
      const executor = createExecutor({ supergraphSdl: graph.supergraphSdl, transports: new Map(transports) });
      for (const numbersOfOne of operations) {
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
    cutRuns,
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
    { numRuns, seed },
  );
}, 240_000);

it('loses only what was lost, however the graph is cut, when subgraphs are down or know nothing of their entities', async () => {
  let losses = 0;
  await fc.assert(
    fc.asyncProperty(cut, tapes, fc.nat(), fc.boolean(), async (numbers, operations, lost, isDown) => {
      const graph = randomSupergraph(numbers);
      fc.pre(graph !== null);
      const names = [...graph.subgraphs.keys()];
      const transports = [...graph.subgraphs].map(([name, schema]): [string, Transport] => {
        const transport = createSchemaTransport(schema);
        const isLost = name === names[lost % names.length];
        return [name, isLost ? (isDown ? down(transport) : forgetful(transport)) : transport];
      });
      const executor = createExecutor({ supergraphSdl: graph.supergraphSdl, transports: new Map(transports) });
      for (const numbersOfOne of operations) {
        const { source, variables } = randomOperation(executor.schema, numbersOfOne);
        const ours = await executor.execute({ source, variables, scope: createScope() });
        const whole = await judge(graph.monolith, graph.rootValue, source, variables);
        expect(isPartOf(plain(ours.data), plain(whole.data)), `${source}\n${dataText(ours)}\n${dataText(whole)}`).toBe(
          true,
        );
        if (dataText(ours) === dataText(whole)) continue;
        losses += 1;
        if (isDown) expect(ours.errors, source).toBeDefined();
      }
    }),
    cutRuns,
  );
  expect(losses).toBeGreaterThan(0);
}, 240_000);

function down(transport: Transport): Transport {
  return { ...transport, execute: () => Promise.reject(new Error('down')) };
}

/** Answers null for every entity that it is asked for. */
function forgetful(transport: Transport): Transport {
  return {
    ...transport,
    async execute(request, scope) {
      const { representations } = request.variables;
      if (!Array.isArray(representations)) return transport.execute(request, scope);
      return { data: { _entities: representations.map(() => null) } };
    },
  };
}

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

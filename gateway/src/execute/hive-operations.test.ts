import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { createExecutor } from './executor.ts';
import { createHive } from './test/hive-graph.ts';
import { dataText, erroredPlaces, judge } from './test/judge.ts';
import { randomOperation } from './test/random-operation.ts';
import { randomSupergraph } from './test/random-supergraph.ts';
import { createSchemaTransport, createScope } from './test/shop-gateway.ts';

// A few dozen operations by default; `FEDERATION_RUNS=4000 FEDERATION_SEED=7` looks further, and says how they were planned.
const numRuns = Math.ceil(Number(process.env.FEDERATION_RUNS ?? 80) / 16);
const seed = Number(process.env.FEDERATION_SEED ?? 1);
const tape = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 150, size: 'max' });
const cut = fc.array(fc.nat({ max: 10_000 }), { minLength: 220, maxLength: 260, size: 'max' });

const hive = createHive();
afterAll(() => hive.isolated.stop());

it("answers rightly whether Hive's planner plans an operation, refuses it, or dies of it, however the graph is cut", async () => {
  await fc.assert(
    fc.asyncProperty(cut, fc.array(tape, { minLength: 10, maxLength: 10 }), async (numbers, operations) => {
      const graph = randomSupergraph(numbers);
      fc.pre(graph !== null);
      const { supergraphSdl } = graph;
      const transports = new Map(
        [...graph.subgraphs].map(([name, schema]) => [name, createSchemaTransport(schema)] as const),
      );
      const executor = createExecutor({ supergraphSdl, transports, createPlanner: hive.createPlanner });
      for (const one of operations) {
        const { source, variables } = randomOperation(executor.schema, one);
        const ours = await executor.execute({ source, variables, scope: createScope() });
        const theirs = await judge(graph.monolith, graph.rootValue, source, variables);
        expect({ source, data: dataText(ours), errors: erroredPlaces(ours) }).toEqual({
          source,
          data: dataText(theirs),
          errors: erroredPlaces(theirs),
        });
      }
    }),
    { numRuns, seed, endOnFailure: true },
  );
  const counts = Object.fromEntries(
    [...new Set(hive.how)].map((how) => [how, hive.how.filter((one) => one === how).length]),
  );
  expect(counts.hive).toBeGreaterThan(0);
  if (process.env.FEDERATION_RUNS !== undefined) console.info(counts);
}, 900_000);

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dataText, erroredPlaces, judge } from './test/judge.ts';
import { randomOperation } from './test/random-operation.ts';
import { createShopGateway } from './test/shop-gateway.ts';
import { monolith } from './test/shop-graph.ts';

const tape = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 150, size: 'max' });
const numRuns = Number(process.env.FEDERATION_RUNS ?? 250);

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

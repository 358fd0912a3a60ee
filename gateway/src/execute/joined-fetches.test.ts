import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createExecutor } from './executor.ts';
import { dataText, erroredPlaces } from './test/judge.ts';
import { randomOperation } from './test/random-operation.ts';
import { createSchemaTransport, createScope, createShopGateway } from './test/shop-gateway.ts';
import { createShopSchemas, monolith, shopSupergraph } from './test/shop-graph.ts';
import { createShopWorld } from './test/shop-world.ts';

const bothPaths =
  '{ users { reviews { stars } } products(first: 2) { seller { reviews { stars } } reviews { stars } } }';

it('asks a subgraph once for all that several paths need at the same time', async () => {
  const gateway = createShopGateway();
  const answer = await gateway.ask(bothPaths);
  expect(answer.errors).toBeUndefined();
  const requests = gateway.sent.filter(({ subgraph }) => subgraph === 'reviews');
  expect(requests).toHaveLength(1);
  const lists = Object.values(requests[0]?.variables ?? {}).map((list) => JSON.stringify(list));
  expect(lists).toHaveLength(2);
  for (const list of lists) expect(new Set(JSON.parse(list).map(JSON.stringify)).size).toBe(JSON.parse(list).length);
});

it('does not ask again what an earlier fetch of the same request has found', async () => {
  const gateway = createShopGateway();
  const source = '{ latestReview { author { role reviews { author { role } } } } }';
  const answer = await gateway.ask(source);
  expect(answer.errors).toBeUndefined();
  const asked = gateway.sent
    .filter(({ subgraph }) => subgraph === 'accounts')
    .flatMap(({ variables }) => Object.values(variables).flat())
    .map((representation) => JSON.stringify(representation));
  expect(asked.length).toBeGreaterThan(0);
  expect(new Set(asked).size).toBe(asked.length);
});

it('asks each question by itself when one has cost the others their answers', async () => {
  const gateway = createShopGateway();
  const whole = await gateway.ask(bothPaths);
  const honest = createSchemaTransport(createShopSchemas(gateway.world).reviews);
  gateway.lies.set('reviews', (request) =>
    request.query.includes('entities_1')
      ? { data: null, errors: [{ message: 'one of them broke' }] }
      : honest.execute(request, createScope()),
  );
  const answer = await gateway.ask(bothPaths);
  expect(answer).toEqual(whole);
});

it('names the places of all that a failed request was for', async () => {
  const gateway = createShopGateway();
  gateway.lies.set('reviews', () => Promise.reject(new Error('down')));
  const { errors } = await gateway.ask(bothPaths);
  expect(errors?.map(({ path }) => path?.join()).sort()).toEqual(['products', 'users']);
});

it('answers alike whether fetches go together or each by itself', async () => {
  const world = createShopWorld();
  const schemas = Object.entries(createShopSchemas(world));
  const executors = [{ isLocal: true } as const, {}].map((where) =>
    createExecutor({
      supergraphSdl: shopSupergraph,
      transports: new Map(schemas.map(([name, schema]) => [name, { ...createSchemaTransport(schema), ...where }])),
    }),
  );
  const tape = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 150, size: 'max' });
  await fc.assert(
    fc.asyncProperty(tape, async (numbers) => {
      const { source, variables } = randomOperation(monolith, numbers);
      const [alone, together] = await Promise.all(
        executors.map((executor) => executor.execute({ source, variables, scope: createScope() })),
      );
      if (alone === undefined || together === undefined) throw new Error('Two were asked');
      expect({ source, data: dataText(together), errors: erroredPlaces(together) }).toEqual({
        source,
        data: dataText(alone),
        errors: erroredPlaces(alone),
      });
    }),
    { numRuns: 100 },
  );
}, 120_000);

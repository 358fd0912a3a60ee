import { expect, it } from 'vitest';
import { composeSupergraph } from '../compose.ts';
import { createScope, createShopGateway } from './test/shop-gateway.ts';
import { shopSdl } from './test/shop-sdl.ts';

const renamed = composeSupergraph(
  Object.entries(shopSdl).map(([name, sdl]) => ({ name, sdl: sdl.replaceAll('signature', 'autograph') })),
);

it('ends requests under way on the supergraph that they started on, and starts the next on the new one', async () => {
  const gateway = createShopGateway();
  const gate = Promise.withResolvers<void>();
  gateway.lies.set('accounts', async ({ query }) => {
    await gate.promise;
    return query.includes('_entities')
      ? { data: { _entities: [{ name: 'Ana' }] } }
      : { data: { me: { __typename: 'User', id: 'u0', name: 'Ana' } } };
  });
  const old = gateway.executor.execute({ source: '{ me { signature } }', scope: createScope() });
  gateway.executor.replaceSupergraph(renamed);
  const refused = await gateway.executor.execute({ source: '{ me { signature } }', scope: createScope() });
  gate.resolve();
  expect(await old).toEqual({ data: { me: { signature: 'signed Ana' } } });
  expect(refused.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  expect(gateway.executor.schema.getType('User')?.toConfig()).toHaveProperty('fields.autograph');
});

it('drops no request in a storm of reloads', async () => {
  const gateway = createShopGateway();
  const answers: Promise<unknown>[] = [];
  for (let round = 0; round < 5; round += 1) {
    for (let count = 0; count < 20; count += 1) answers.push(gateway.ask('{ products { inStock reviews { body } } }'));
    gateway.executor.replaceSupergraph(round % 2 === 0 ? renamed : renamed.replaceAll('autograph', 'signature'));
  }
  const texts = new Set((await Promise.all(answers)).map((answer) => JSON.stringify(answer)));
  expect(texts.size).toBe(1);
});

it('keeps serving what it had when the new supergraph cannot be served', async () => {
  const gateway = createShopGateway();
  expect(() => gateway.executor.replaceSupergraph('type Query { a: Int }')).toThrow();
  const unreachable = composeSupergraph([
    { name: 'nowhere', sdl: 'type Query { a: Int }' },
    ...Object.entries(shopSdl).map(([name, sdl]) => ({ name, sdl })),
  ]);
  expect(() => gateway.executor.replaceSupergraph(unreachable)).toThrow('No transport reaches the subgraph nowhere');
  expect(await gateway.ask('{ me { name } }')).toEqual({ data: { me: { name: 'Ana' } } });
});

it('plans the busiest operations before the new supergraph takes over, and no others', async () => {
  const planned: boolean[] = [];
  const gateway = createShopGateway({
    warmLimits: { maxOperations: 1, maxMs: 60_000 },
    observer: {
      stage: (_stage, work) => work(),
      planned: (isCached) => void planned.push(isCached),
      event: (_event, _scope, work) => work(),
    },
  });
  const busy = 'query ($with: Boolean!) { products(first: 2) { name inStock @include(if: $with) } }';
  const quiet = '{ me { name } }';
  for (let count = 0; count < 3; count += 1) await gateway.ask(busy, { with: true });
  const before = await gateway.ask(quiet);
  let replacements = 0;
  const warming = gateway.executor.replaceWhenWarm(renamed, () => {
    replacements += 1;
  });
  expect(gateway.executor.schema.getType('User')?.toConfig()).toHaveProperty('fields.signature');
  await warming;
  expect(replacements).toBe(1);
  expect(gateway.executor.schema.getType('User')?.toConfig()).toHaveProperty('fields.autograph');
  planned.length = 0;
  await gateway.ask(busy, { with: true });
  expect(await gateway.ask(quiet)).toEqual(before);
  expect(planned).toEqual([true, false]);
});

it('lets a supergraph stand that came while another was warmed', async () => {
  const gateway = createShopGateway();
  await gateway.ask('{ me { signature } }');
  const slow = gateway.executor.replaceWhenWarm(renamed.replaceAll('autograph', 'mark'), () => {
    throw new Error('replaced');
  });
  gateway.executor.replaceSupergraph(renamed);
  await slow;
  expect(gateway.executor.schema.getType('User')?.toConfig()).toHaveProperty('fields.autograph');
});

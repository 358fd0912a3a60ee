import { AppError } from '@cauce/shared/errors/app-error';
import { expect, it } from 'vitest';
import { dataText, judge } from './test/judge.ts';
import { createScope, createShopGateway, type ShopGateway } from './test/shop-gateway.ts';
import { monolith } from './test/shop-graph.ts';

const sentTo = (gateway: ShopGateway, subgraph: string) =>
  gateway.sent.filter((request) => request.subgraph === subgraph);

async function expectAsJudged(gateway: ShopGateway, source: string, variables?: Record<string, unknown>) {
  const ours = await gateway.ask(source, variables);
  const theirs = await judge(monolith, gateway.world.query, source, variables);
  expect(dataText(ours)).toBe(dataText(theirs));
  return ours;
}

it('joins what four subgraphs know of one thing', async () => {
  const result = await expectAsJudged(
    createShopGateway(),
    '{ product(id: "p1") { name inStock shipping duty reviews { body author { email } } seller { manager { name } } } }',
  );
  expect(result.errors).toBeUndefined();
});

it('asks for an entity once, however often it stands in the answer', async () => {
  const gateway = createShopGateway();
  await gateway.ask('{ reviews { author { email } } }');
  const [request] = sentTo(gateway, 'accounts');
  expect(request?.variables.representations).toHaveLength(6);
  expect(sentTo(gateway, 'accounts')).toHaveLength(1);
});

it.each([
  '{ products { id: name name: sku sku: id __typename: region inStock shipping } }',
  '{ products { weight: id size: name tags: sku price: region shipping duty slogan } }',
  '{ me { constructor __proto__: name hasOwnProperty: id reviews { id: body body: id } } }',
  '{ media { title: id id: title __typename: length score reviews { stars: id id: stars } } }',
  '{ __typename: products { _entities: id representations: name warehouses { code: __typename } } }',
])('keeps aliases that are named like keys and required fields out of the way: %s', async (source) => {
  await expectAsJudged(createShopGateway(), source);
});

it('keeps a required field with arguments apart from the same field as the client asks for it', async () => {
  await expectAsJudged(
    createShopGateway(),
    '{ products { price clp: price(currency: CLP) usd: price(currency: USD) duty } }',
  );
});

it('leaves the prototype of all objects alone', async () => {
  const gateway = createShopGateway();
  const result = await gateway.ask('{ __proto__: me { __proto__: name constructor: id } }');
  expect(JSON.stringify(result.data)).toBe('{"__proto__":{"__proto__":"Ana","constructor":"u0"}}');
  expect(Reflect.get({}, 'name')).toBeUndefined();
});

it('fetches nothing for what is skipped', async () => {
  const gateway = createShopGateway();
  const source =
    'query ($deep: Boolean!) { product(id: "p1") { name inStock @include(if: $deep) shipping @skip(if: true) } }';
  await expectAsJudged(gateway, source, { deep: false });
  expect(sentTo(gateway, 'inventory')).toHaveLength(0);
  await expectAsJudged(gateway, source, { deep: true });
  expect(sentTo(gateway, 'inventory')).toHaveLength(1);
});

it('answers a field whose required field the client has skipped', async () => {
  await expectAsJudged(
    createShopGateway(),
    'query ($no: Boolean!) { products { weight @include(if: $no) slogan @include(if: $no) shipping duty } }',
    { no: false },
  );
});

it('sends a subgraph only the variables that its query uses', async () => {
  const gateway = createShopGateway();
  await gateway.ask(
    'query ($id: ID!, $first: Int = 1, $style: String) { product(id: $id) { reviews(first: $first) { id author { greeting(style: $style) } } } }',
    { id: 'p1', style: 'long' },
  );
  expect(gateway.sent.map(({ subgraph, variables }) => [subgraph, Object.keys(variables).sort()])).toEqual([
    ['products', ['id']],
    ['reviews', ['first', 'representations']],
    ['accounts', ['representations', 'style']],
  ]);
});

it("takes a client's variable that is named like the planner's own", async () => {
  await expectAsJudged(
    createShopGateway(),
    'query ($representations: Int) { products(first: $representations) { reviews(first: $representations) { id } } }',
    { representations: 2 },
  );
});

it('answers introspection from what clients may see, beside fetched data', async () => {
  const gateway = createShopGateway();
  const source = `query ($type: String!) {
    kind: __typename me { name }
    state: __type(name: $type) { name enumValues { name } }
    __schema { queryType { name } subscriptionType { n: name } }
  }`;
  const result = await expectAsJudged(gateway, source, { type: 'State' });
  expect(JSON.stringify(result.data)).toContain('[{"name":"NEW"},{"name":"USED"}]');
  expect(gateway.sent).toHaveLength(1);
});

it('answers what a client lets come later with the rest', async () => {
  const gateway = createShopGateway();
  const result = await gateway.ask('{ me { id ... @defer(label: "later") { name reviews { id } } } }');
  expect(result).toEqual({ data: { me: { id: 'u0', name: 'Ana', reviews: [{ id: 'r0' }, { id: 'r6' }] } } });
});

it('runs the operation that was named', async () => {
  const gateway = createShopGateway();
  const source = 'query A { me { id } } query B { me { name } }';
  expect(await gateway.ask(source, {}, 'B')).toEqual({ data: { me: { name: 'Ana' } } });
  expect(await gateway.ask(source, {}, 'A')).toEqual({ data: { me: { id: 'u0' } } });
  const unnamed = await gateway.ask(source);
  expect(unnamed.errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
});

it.each([
  ['{ me { ', 'GRAPHQL_PARSE_FAILED', {}],
  ['{ me { nobody } }', 'GRAPHQL_VALIDATION_FAILED', {}],
  ['query ($id: ID!) { user(id: $id) { id } }', 'BAD_USER_INPUT', {}],
  ['query ($on: Boolean = true) { me @include(if: $on) { id } }', 'BAD_USER_INPUT', { on: null }],
  ['subscription { ticks(upTo: 1) }', 'BAD_REQUEST', {}],
])('refuses %s with a code, before anything is fetched', async (source, code, variables) => {
  const gateway = createShopGateway();
  const result = await gateway.ask(source, variables);
  expect(result.errors?.map(({ extensions }) => extensions.code)).toEqual([code]);
  expect(result.data).toBeUndefined();
  expect(gateway.sent).toHaveLength(0);
});

it('refuses fragments that spread out beyond all measure', async () => {
  const levels = Array.from(
    { length: 24 },
    (_, level) =>
      `fragment F${level} on User { a${level}: manager { ...F${level + 1} } b${level}: manager { ...F${level + 1} } }`,
  );
  const result = await createShopGateway().ask(`{ me { ...F0 } } ${levels.join(' ')} fragment F24 on User { id }`);
  expect(result.errors?.[0]?.extensions.code).toBe('OPERATION_TOO_COSTLY');
});

it('runs mutations of several subgraphs in their order', async () => {
  const gateway = createShopGateway();
  const result = await gateway.ask(`mutation {
    rename(id: "u1", name: "Berta") { name reviews(first: 1) { id } }
    addReview(product: "p2", body: "Fine") { body subject { name inStock } }
    again: rename(id: "u1", name: "Bea") { name }
  }`);
  expect(result).toEqual({
    data: {
      rename: { name: 'Berta', reviews: [{ id: 'r1' }] },
      addReview: { body: 'Fine', subject: { name: 'Thing 2', inStock: true } },
      again: { name: 'Bea' },
    },
  });
});

it('asks nobody when the request has been given up, and says why', async () => {
  const gateway = createShopGateway();
  const signal = AbortSignal.abort(new AppError('TIMEOUT', 'Time is up'));
  const result = await gateway.executor.execute({ source: '{ me { id } }', scope: createScope(signal) });
  expect(gateway.sent).toHaveLength(0);
  expect(result.data).toEqual({ me: null });
  expect(result.errors?.[0]?.extensions).toEqual({ code: 'TIMEOUT', subgraph: 'accounts' });
});

it('refuses to start without a way to every subgraph', () => {
  expect(() => createShopGateway({ transports: new Map() })).toThrow('No transport reaches the subgraph accounts');
});

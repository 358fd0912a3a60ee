import { AppError } from '@cauce/shared/errors/app-error';
import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';
import type { SubgraphAnswer } from '../transports/transport.ts';
import { createShopGateway } from './test/shop-gateway.ts';
import { createSmallGateway } from './test/small-gateway.ts';

const told = ({ errors }: ExecutionResult) =>
  errors?.map(({ path, extensions }) => [path?.join('.'), extensions.code, extensions.subgraph]);

it('gives what the other subgraphs have when one does not answer', async () => {
  const gateway = createShopGateway();
  gateway.lies.set('inventory', () => Promise.reject(new Error('connect ECONNREFUSED 127.0.0.1:4003')));
  const result = await gateway.ask('{ things: products(first: 2) { name inStock } me { name } }');
  expect(result.data).toEqual({
    things: [
      { name: 'Thing 0', inStock: null },
      { name: 'Thing 1', inStock: null },
    ],
    me: { name: 'Ana' },
  });
  expect(told(result)).toEqual([['things', 'SUBGRAPH_UNAVAILABLE', 'inventory']]);
  expect(result.errors?.[0]?.message).not.toContain('127.0.0.1');
});

it('says of each root field that its subgraph did not answer', async () => {
  const gateway = createShopGateway();
  gateway.lies.set('accounts', () => {
    throw new AppError('TIMEOUT', 'A subgraph took too long');
  });
  const result = await gateway.ask('{ a: me { name } b: user(id: "u1") { name } c: user(id: "u2") { name } }');
  expect(result.data).toEqual({ a: null, b: null, c: null });
  expect(told(result)).toEqual([
    ['a', 'TIMEOUT', 'accounts'],
    ['b', 'TIMEOUT', 'accounts'],
    ['c', 'TIMEOUT', 'accounts'],
  ]);
});

it('raises the nulls of a silent subgraph to where they are allowed, without a second error', async () => {
  const gateway = createShopGateway();
  gateway.lies.set('inventory', () => Promise.reject(new Error('down')));
  const result = await gateway.ask('{ me { name } product(id: "p1") { name stockCode } }');
  expect(result.data).toEqual({ me: { name: 'Ana' }, product: null });
  expect(told(result)).toEqual([['product', 'SUBGRAPH_UNAVAILABLE', 'inventory']]);
});

it('places an error of an entity wherever the client sees it', async () => {
  const gateway = createShopGateway();
  const result = await gateway.ask('{ shelf { stock: inStock again: inStock } }');
  expect(told(result)).toEqual([
    ['shelf.0.0.again', 'INTERNAL', 'inventory'],
    ['shelf.0.0.stock', 'INTERNAL', 'inventory'],
    ['shelf.2.0.again', 'INTERNAL', 'inventory'],
    ['shelf.2.0.stock', 'INTERNAL', 'inventory'],
  ]);
});

it('places an error behind a type condition at the index that the client sees', async () => {
  const result = await createShopGateway().ask('{ search { ... on User { email } ... on Product { name } } }');
  expect(told(result)).toEqual([['search.6.email', 'INTERNAL', 'accounts']]);
});

it("passes a subgraph's own words, code and details on, and adds which subgraph spoke", async () => {
  const gateway = createShopGateway();
  gateway.lies.set('accounts', () => ({
    data: { me__1: null },
    errors: [{ message: 'Not for you', path: ['me__1'], extensions: { code: 'FORBIDDEN', requestId: 'r' } }],
  }));
  const result = await gateway.ask('{ who: me { name } }');
  expect(JSON.parse(JSON.stringify(result))).toEqual({
    data: { who: null },
    errors: [
      {
        message: 'Not for you',
        path: ['who'],
        extensions: { code: 'FORBIDDEN', requestId: 'r', subgraph: 'accounts' },
      },
    ],
  });
});

it('loses no error, wherever a subgraph says that it happened', async () => {
  const gateway = createShopGateway();
  gateway.lies.set('accounts', () => ({
    data: { me: { __typename: 'User', id: 'u0', name: 'Ana' } },
    errors: [
      { message: 'Nowhere' },
      { message: 'Elsewhere', path: ['you', 3] },
      { message: 'Deeper', path: ['me', 'name', 'first'] },
    ],
  }));
  const result = await gateway.ask('{ me { name } }');
  expect(result.errors?.map(({ message, path }) => [message, path])).toEqual([
    ['Nowhere', undefined],
    ['Elsewhere', undefined],
    ['Deeper', ['me', 'name']],
  ]);
});

it.each<[string, SubgraphAnswer]>([
  ['no entities', { data: {} }],
  ['too few entities', { data: { _entities: [{ inStock: true }] } }],
  ['entities that are no list', { data: { _entities: 'all' } }],
  ['entities that are no objects', { data: { _entities: [7, 'x', [{}]] } }],
  ['null', { data: null }],
  ['nothing', {}],
  ['wrong values', { data: { _entities: [{ inStock: 'yes' }, { inStock: 1 }, { inStock: { a: 1 } }] } }],
  ['missing fields', { data: { _entities: [{}, {}, null] } }],
])('stays whole when a subgraph answers with %s', async (_what, answer) => {
  const gateway = createShopGateway();
  gateway.lies.set('inventory', () => answer);
  const result = await gateway.ask('{ products(first: 3) { name inStock } }');
  const nothing = [0, 1, 2].map((index) => ({ name: `Thing ${index}`, inStock: null }));
  expect(result.data).toEqual({ products: nothing });
});

it.each<[string, unknown, string]>([
  ['text for a number', { id: 'p1', weight: 'heavy' }, 'weight'],
  ['an enum value that clients may not see', { id: 'p1', state: 'SECRET' }, 'state'],
  ['an object for a list', { id: 'p1', tags: { 0: 'a' } }, 'tags'],
  ['a list for an object', { id: 'p1', size: [] }, 'size { w }'],
  ['a fraction for an Int', { id: 'p1', grid: [[1.5]] }, 'grid'],
])('answers null and an error for %s', async (_what, product, selection) => {
  const gateway = createShopGateway();
  gateway.lies.set('products', () => ({ data: { product__1: product } }));
  const result = await gateway.ask(`{ product(id: "p1") { id ${selection} } }`);
  const field = selection.split(' ')[0] ?? '';
  expect(result.errors?.map(({ path, extensions }) => [path?.slice(0, 2), extensions.code])).toEqual([
    [['product', field], 'INTERNAL'],
  ]);
});

it('answers null for a type that is not in the graph', async () => {
  const gateway = createShopGateway();
  gateway.lies.set('products', () => ({
    data: { search__1: [{ __typename: 'Ghost' }, { __typename: 'Book', id: 'm0' }] },
  }));
  const result = await gateway.ask('{ search { __typename ... on Book { id } } }');
  expect(result.data).toEqual({ search: [null, { __typename: 'Book', id: 'm0' }] });
  expect(result.errors?.map(({ path }) => path)).toEqual([['search', 0]]);
});

it('says itself when a subgraph sends null, and no reason, where none may be', async () => {
  const gateway = createShopGateway();
  gateway.lies.set('inventory', () => ({ data: { _entities: [{ stockCode: null }, { stockCode: 'c1' }] } }));
  const result = await gateway.ask('{ shelf { stockCode } }');
  expect(result.data).toEqual({ shelf: [[null, null, { stockCode: 'c1' }], [], [null]] });
  expect(result.errors?.map(({ message, path }) => [message, path?.join('.')])).toEqual([
    ['Cannot return null for non-nullable field Product.stockCode', 'shelf.0.0.stockCode'],
    ['Cannot return null for non-nullable field Product.stockCode', 'shelf.2.0.stockCode'],
  ]);
});

it('hands the cause of a failed fetch to whoever keeps the log', async () => {
  const failures: unknown[] = [];
  const gateway = createShopGateway({
    reportFetchFailure: ({ subgraph, cause }) => failures.push([subgraph, cause]),
  });
  const cause = new Error('socket hang up');
  gateway.lies.set('accounts', () => Promise.reject(cause));
  await gateway.ask('{ me { name } }');
  expect(failures).toEqual([['accounts', cause]]);
});

it('takes an entity that its subgraph does not have for null, and says so of nothing but a field that may not be', async () => {
  const gateway = createSmallGateway({
    people: {
      sdl: 'type Query { nobody: Int } type Person @key(fields: "id") { id: ID! name: String! }',
      resolvers: {
        Person: { __resolveReference: ({ id }: { id: string }) => (id === 'p1' ? { id, name: 'Ana' } : null) },
      },
    },
    letters: {
      sdl: `type Person @key(fields: "id", resolvable: false) { id: ID! }
        type Letter { by: Person to: [Person!]! from: Person! }
        type Query { letter: Letter! }`,
      resolvers: { Query: { letter: () => ({ by: { id: 'p2' }, to: [{ id: 'p1' }], from: { id: 'p2' } }) } },
    },
  });
  const reached = await gateway.ask('{ letter { by { name } again: by { id } to { name } } }');
  expect(JSON.parse(JSON.stringify(reached))).toEqual({
    data: { letter: { by: null, again: { id: 'p2' }, to: [{ name: 'Ana' }] } },
  });
  const missing = await gateway.ask('{ letter { from { name } } }');
  expect(missing.data).toBeNull();
  expect(told(missing)).toEqual([['letter.from', 'INTERNAL', undefined]]);
});

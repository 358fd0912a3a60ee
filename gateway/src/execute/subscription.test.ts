import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { expect, it } from 'vitest';
import { createEventSource } from '../streams/test/event-source.ts';
import { hubOver, readStream } from '../streams/test/test-reader.ts';
import type { Transport } from '../transports/transport.ts';
import { createExecutor } from './executor.ts';
import { createShopGateway } from './test/shop-gateway.ts';
import { shopSupergraph } from './test/shop-graph.ts';

async function open(source: string, variables: Record<string, unknown> = {}) {
  const events = createEventSource<unknown>();
  const gateway = createShopGateway({}, () => events);
  const stream = await readStream(hubOver(gateway.executor), { request: { source, variables } });
  expect(stream.refused).toBeNull();
  return { events, gateway, stream, next: stream.take };
}

it('completes each event of one subgraph from the others', async () => {
  const { events, gateway, stream, next } = await open(
    'subscription ($product: ID) { added: reviewAdded(product: $product) { id: body subject { name inStock } author { mail: email } } }',
    { product: 'p1' },
  );
  events.push(gateway.world.reviews.get('r1'));
  events.push(gateway.world.reviews.get('r4'));
  expect(await next()).toEqual({
    data: {
      added: { id: 'Words 1', subject: { name: 'Thing 1', inStock: false }, author: { mail: 'beto@shop.example' } },
    },
  });
  expect(await next()).toEqual({
    data: { added: { id: 'Words 4', subject: { name: 'Thing 4', inStock: true }, author: { mail: null } } },
  });
  expect(gateway.sent[0]).toMatchObject({
    subgraph: 'reviews',
    operationKind: 'subscription',
    variables: { product: 'p1' },
  });
  stream.leave();
  expect(events.isOpen).toBe(false);
});

it('answers an event that needs nothing else without asking anybody', async () => {
  const { events, gateway, next } = await open('subscription { kind: ticks(upTo: 9) }');
  events.push(7);
  expect(await next()).toEqual({ data: { kind: 7 } });
  expect(gateway.sent).toHaveLength(1);
});

it('goes on after an event that could not be completed', async () => {
  const { events, gateway, next } = await open('subscription { reviewAdded { body author { email } } }');
  gateway.lies.set('accounts', () => Promise.reject(new Error('down')));
  events.push(gateway.world.reviews.get('r0'));
  const broken = await next();
  expect(broken?.data).toEqual({ reviewAdded: { body: 'Words 0', author: { email: null } } });
  expect(broken?.errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
    [['reviewAdded', 'author'], 'SUBGRAPH_UNAVAILABLE'],
  ]);
  gateway.lies.clear();
  events.push(gateway.world.reviews.get('r0'));
  expect(await next()).toEqual({ data: { reviewAdded: { body: 'Words 0', author: { email: 'ana@shop.example' } } } });
});

it("ends with a code when the subgraph's stream breaks, and never throws", async () => {
  const { events, next } = await open('subscription { ticks(upTo: 1) }');
  events.fail(new Error('connect ECONNREFUSED'));
  const last = await next();
  expect(last?.errors?.map(({ extensions }) => extensions)).toMatchObject([
    { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'reviews' },
  ]);
  expect(await next()).toBeNull();
});

it('answers once with what refused a subscription', async () => {
  const gateway = createShopGateway();
  const ask = async (source: string) => (await readStream(hubOver(gateway.executor), { request: { source } })).refused;
  expect(await ask('subscription { nothing }')).toMatchObject({
    errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  });
  expect(await ask('{ me { id } }')).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
});

it('passes on what a subgraph says when it opens no stream', async () => {
  const refusing: Transport = {
    execute: () => ({ data: null }),
    subscribe: async () => ({ errors: [{ message: 'No', extensions: { code: 'FORBIDDEN' } }] }),
  };
  const silent: Transport = { execute: () => ({ data: null }), subscribe: () => Promise.reject(new Error('down')) };
  const ask = async (reviews: Transport) => {
    const executor = createExecutor({
      supergraphSdl: shopSupergraph,
      transports: new Map([
        ['accounts', silent],
        ['inventory', silent],
        ['products', silent],
        ['reviews', reviews],
      ]),
    });
    return (await readStream(hubOver(executor), { request: { source: 'subscription { ticks(upTo: 1) }' } })).refused;
  };
  expect(await ask(refusing)).toMatchObject({
    errors: [{ message: 'No', extensions: { code: 'FORBIDDEN', subgraph: 'reviews' } }],
  });
  expect(await ask(silent)).toMatchObject({
    errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'reviews' } }],
  });
});

it('gives each event a scope of its own, so that no loader answers from an earlier event', async () => {
  const scopes: RequestScope[] = [];
  const events = createEventSource<unknown>();
  const nothing: Transport = { execute: () => ({ data: null }), subscribe: () => Promise.reject(new Error('none')) };
  const accounts: Transport = {
    ...nothing,
    execute(_request, scope) {
      scopes.push(scope);
      return { data: { _entities: [{ email: 'a@shop.example' }] } };
    },
  };
  const reviews: Transport = {
    ...nothing,
    subscribe: async () => ({
      async *[Symbol.asyncIterator]() {
        for await (const _event of events) {
          yield { data: { reviewAdded__1: { author: { __typename: 'User', id: 'u0' } } } };
        }
      },
    }),
  };
  const executor = createExecutor({
    supergraphSdl: shopSupergraph,
    transports: new Map([
      ['accounts', accounts],
      ['inventory', nothing],
      ['products', nothing],
      ['reviews', reviews],
    ]),
  });
  const request = { source: 'subscription { reviewAdded { author { email } } }' };
  const stream = await readStream(hubOver(executor), { request });
  events.push(1);
  events.push(2);
  expect(await stream.take()).toMatchObject({ data: { reviewAdded: { author: { email: 'a@shop.example' } } } });
  await stream.take();
  expect(new Set(scopes).size).toBe(2);
  expect(scopes.every(({ signal }) => !signal.aborted)).toBe(true);
  stream.leave();
});

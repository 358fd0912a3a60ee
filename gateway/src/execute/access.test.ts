import type { Permission } from '@cauce/shared/auth/permissions';
import { anonymousViewer, type Viewer } from '@cauce/shared/auth/viewer';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { afterAll, describe, expect, it } from 'vitest';
import { hubOver, readStream } from '../streams/test/test-reader.ts';
import type { Transport } from '../transports/transport.ts';
import { createExecutor, type ExecutorOptions } from './executor.ts';
import { type RemoteSchema, serveSchema } from './test/remote-schema.ts';
import { createScope } from './test/shop-gateway.ts';
import { createSmallGateway } from './test/small-gateway.ts';

const parts = [
  { __typename: 'Pump', id: 'p1', cost: 10, serial: 's1', notes: 'private' },
  { __typename: 'Valve', id: 'v1', cost: 20, bore: 5 },
];
const sdl = `
  type Query { parts: [Part!]! pump: Pump strict: [Strict!] me: String @authenticated board: String @policy(policies: [["board"], ["chair"]]) any: [Anything] }
  type Mutation { sell: Int @requiresScopes(scopes: [["inventory:write"]]) }
  type Subscription { sold: Pump @authenticated }
  interface Part { id: ID! cost: Int }
  type Pump implements Part @key(fields: "id") {
    id: ID!
    cost: Int @requiresScopes(scopes: [["inventory:read", "accounting:read"], ["inventory:write"]])
    serial: Serial
    notes: String @policy(policies: [["board"]])
  }
  type Valve implements Part { id: ID! cost: Int bore: Int }
  type Strict { id: ID! cost: Int! @requiresScopes(scopes: [["inventory:read"]]) }
  type Ledger @authenticated { total: Int }
  union Anything = Pump | Ledger
  scalar Serial @authenticated`;
const resolvers = {
  Query: {
    parts: () => parts,
    pump: () => parts[0],
    strict: () => [{ id: 'a', cost: 1 }],
    me: () => 'me',
    board: () => 'minutes',
    any: () => [parts[0], { __typename: 'Ledger', total: 3 }],
  },
  Pump: { __resolveReference: ({ id }: { id: string }) => parts.find((part) => part.id === id) },
  Mutation: { sell: () => 1 },
  Subscription: {
    sold: {
      async *subscribe() {
        yield { sold: parts[0] };
      },
    },
  },
};
const makers = {
  sdl: 'type Pump @key(fields: "id") { id: ID! maker: String @authenticated }',
  resolvers: { Pump: { maker: () => 'Acme' } },
};

function as(...permissions: string[]): RequestScope {
  const viewer: Viewer = {
    ...anonymousViewer,
    kind: 'user',
    id: 'u1',
    userId: 'u1',
    permissions: permissions as Permission[],
  };
  return { ...createScope(), viewer };
}
const nobody = createScope();

const stops: RemoteSchema[] = [];
afterAll(async () => {
  for (const { stop } of stops) await stop();
});

const near = createSmallGateway({ inventory: { sdl, resolvers }, makers });
const remote = new Map<string, Transport>();
for (const [name, schema] of near.schemas) {
  const served = await serveSchema(name, schema);
  stops.push(served);
  remote.set(name, served.transport);
}
const far = createExecutor({ supergraphSdl: near.supergraphSdl, transports: remote });

describe.each([
  ['in this process', near.executor],
  ['over HTTP', far],
])('what a viewer may not see, subgraphs %s', (_way, executor) => {
  const ask = (source: string, scope: RequestScope) => executor.execute({ source, scope });

  it('is null, with an error that says where and of what kind; everything else is answered', async () => {
    const source = '{ me pump { id maker price: cost serial } }';
    expect(await ask(source, nobody)).toMatchObject({
      data: { me: null, pump: { id: 'p1', maker: null, price: null, serial: null } },
      errors: [['me'], ['pump', 'maker'], ['pump', 'price'], ['pump', 'serial']].map((path) => ({
        path,
        extensions: { code: 'UNAUTHENTICATED', reason: 'UNAUTHORIZED_FIELD_OR_TYPE' },
      })),
    });
    const { data, errors } = await ask(source, as('inventory:read'));
    expect(data).toEqual({ me: 'me', pump: { id: 'p1', maker: 'Acme', price: null, serial: 's1' } });
    expect(errors).toMatchObject([{ path: ['pump', 'price'], extensions: { code: 'FORBIDDEN' } }]);
  });

  it('is decided by all scopes of one of the lists', async () => {
    const cost = async (...permissions: string[]) => (await ask('{ pump { cost } }', as(...permissions))).data;
    expect(await cost('inventory:read', 'accounting:read')).toEqual({ pump: { cost: 10 } });
    expect(await cost('inventory:write')).toEqual({ pump: { cost: 10 } });
    expect(await cost('accounting:read')).toEqual({ pump: { cost: null } });
  });

  it('never rides on the plan of somebody who may see it', async () => {
    const source = 'query Same { pump { cost } board }';
    const rights = [['inventory:write'], [], ['inventory:write', 'board'], ['chair']];
    for (let round = 0; round < 2; round += 1) {
      const seen = [];
      for (const permissions of rights) seen.push((await ask(source, as(...permissions))).data);
      expect(seen).toEqual([
        { pump: { cost: 10 }, board: null },
        { pump: { cost: null }, board: null },
        { pump: { cost: 10 }, board: 'minutes' },
        { pump: { cost: null }, board: 'minutes' },
      ]);
    }
  });

  it('makes a parent null that promises it', async () => {
    const { data, errors } = await ask('{ strict { id cost } }', nobody);
    expect(data).toEqual({ strict: null });
    expect(errors).toMatchObject([{ path: ['strict', 0, 'cost'] }]);
  });

  it('is not shown by way of an interface or a fragment, and does not hide what is open beside it', async () => {
    expect((await ask('{ parts { id cost } }', nobody)).data).toEqual({
      parts: [
        { id: 'p1', cost: null },
        { id: 'v1', cost: null },
      ],
    });
    const { data } = await ask('{ parts { ...Cost ... on Valve { cost } } } fragment Cost on Part { cost }', nobody);
    expect(data).toEqual({ parts: [{ cost: null }, { cost: 20 }] });
    expect((await ask('{ any { __typename ... on Ledger { total } ... on Pump { id } } }', nobody)).data).toEqual({
      any: [
        { __typename: 'Pump', id: 'p1' },
        { __typename: 'Ledger', total: null },
      ],
    });
  });

  it('is not done either, when it is a mutation', async () => {
    expect((await ask('mutation { sell }', as('inventory:read'))).data).toEqual({ sell: null });
    expect((await ask('mutation { sell }', as('inventory:write'))).data).toEqual({ sell: 1 });
  });
});

describe('access rules', () => {
  it('keep what is denied away from the subgraphs', async () => {
    near.sent.length = 0;
    await near.ask('{ me pump { id cost } }', {}, nobody);
    expect(near.sent.map(({ query }) => query)).toEqual(['{pump{id}}']);
    near.sent.length = 0;
    await near.ask('mutation { sell }', {}, nobody);
    expect(near.sent).toEqual([]);
  });

  it('open no stream for somebody who may not see it', async () => {
    near.sent.length = 0;
    const source = 'subscription { sold { id } }';
    const hub = hubOver(near.executor);
    const { refused } = await readStream(hub, { request: { source }, viewer: nobody.viewer });
    expect(refused).toMatchObject({ data: { sold: null }, errors: [{ path: ['sold'] }] });
    expect(near.sent).toEqual([]);
    const stream = await readStream(hub, { request: { source }, viewer: as().viewer });
    expect(await stream.take()).toEqual({ data: { sold: { id: 'p1' } } });
    stream.leave();
  });

  it('ask a function for policies, when one is given', async () => {
    const passesPolicy: ExecutorOptions['passesPolicy'] = (policy, viewer) => policy === 'chair' && viewer.id === 'u1';
    const { ask } = createSmallGateway({ inventory: { sdl, resolvers }, makers }, { passesPolicy });
    expect((await ask('{ board pump { notes } }', {}, as('board'))).data).toEqual({
      board: 'minutes',
      pump: { notes: null },
    });
    expect((await ask('{ board }', {}, nobody)).data).toEqual({ board: null });
  });
});

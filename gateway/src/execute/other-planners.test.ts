import { buildSchema, parse } from 'graphql';
import { expect, it } from 'vitest';
import type { FetchNode, PlanNode, QueryPlan, Rewrite } from '../plan/query-plan.ts';
import type { SubgraphAnswer, SubgraphRequest } from '../transports/transport.ts';
import { createExecutor } from './executor.ts';
import { createScope } from './test/shop-gateway.ts';

const schema = buildSchema(`
  type Query { thing: Thing things: [Thing] pet: Pet deep: [[Thing]] }
  interface Pet { id: ID! name: String }
  type Thing { id: ID! name: String part: Part parts: [Part] }
  type Part { a: Int b: Int }
  type Cat implements Pet { id: ID! name: String }
`);

/** Runs a plan that our own planner would not make. */
async function run(
  root: QueryPlan['root'],
  source: string,
  answers: Record<string, (request: SubgraphRequest) => SubgraphAnswer>,
  variables: Record<string, unknown> = {},
) {
  const sent: [string, Readonly<Record<string, unknown>>][] = [];
  const transports = Object.entries(answers).map(
    ([name, answer]) =>
      [
        name,
        {
          execute(request: SubgraphRequest) {
            sent.push([name, request.variables]);
            return answer(request);
          },
          subscribe: () => Promise.reject(new Error('none')),
        },
      ] as const,
  );
  const executor = createExecutor({
    supergraphSdl: '',
    createPlanner: () => ({ schema, subgraphs: [], plan: () => ({ root }) }),
    transports: new Map(transports),
  });
  const result = await executor.execute({ source, variables, scope: createScope() });
  return { result, sent };
}

function fetchNode(subgraph: string, query: string, more: Partial<FetchNode> = {}): FetchNode {
  return {
    kind: 'fetch',
    subgraph,
    operationKind: 'query',
    operationName: undefined,
    query,
    document: parse(query),
    variables: [],
    requires: null,
    inputRewrites: [],
    outputRewrites: [],
    ...more,
  };
}

const field = (name: string) => ({ kind: 'field', name, selections: null }) as const;
const types = (...names: string[]) => ({ kind: 'type', typeNames: new Set(names) }) as const;
const entityFetch = (subgraph: string, selection: string, required: readonly string[], more: Partial<FetchNode> = {}) =>
  fetchNode(
    subgraph,
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${selection} } }`,
    {
      requires: [
        {
          kind: 'fragment',
          typeNames: new Set(['Thing', 'Pet', 'Cat']),
          selections: ['__typename', ...required].map(field),
        },
      ],
      ...more,
    },
  );
const thingRoot = (data: Record<string, unknown>) => () => ({ data: { thing: { __typename: 'Thing', ...data } } });

it('takes the branch that a variable decides, by its default when it is not sent', async () => {
  const branch: PlanNode = {
    kind: 'condition',
    variable: 'on',
    whenTrue: fetchNode('yes', '{ thing { id } }'),
    whenFalse: null,
  };
  const ask = (variables: Record<string, unknown>) =>
    run(
      branch,
      'query ($on: Boolean = true) { thing { id name @include(if: $on) } }',
      { yes: thingRoot({ id: '1' }) },
      variables,
    );
  expect((await ask({})).result.data).toEqual({ thing: { id: '1', name: null } });
  expect((await ask({ on: false })).result.data).toEqual({ thing: null });
});

it('answers deferred parts with the rest, after what they may depend on', async () => {
  const { result, sent } = await run(
    {
      kind: 'defer',
      primary: fetchNode('first', '{ thing { __typename id } }'),
      deferred: [
        {
          label: 'slow',
          node: {
            kind: 'flatten',
            path: [{ kind: 'field', name: 'thing' }],
            node: entityFetch('second', '... on Thing { name }', ['id']),
          },
        },
        { label: null, node: null },
      ],
    },
    '{ thing { id name } }',
    { first: thingRoot({ id: '1' }), second: () => ({ data: { _entities: [{ name: 'later' }] } }) },
  );
  expect(result).toEqual({ data: { thing: { id: '1', name: 'later' } } });
  expect(sent.map(([name]) => name)).toEqual(['first', 'second']);
});

it('puts the answer of a root fetch wherever its path leads', async () => {
  const { result } = await run(
    {
      kind: 'sequence',
      nodes: [
        fetchNode('first', '{ deep { id } }'),
        {
          kind: 'flatten',
          path: [{ kind: 'field', name: 'deep' }, { kind: 'list' }, { kind: 'list' }],
          node: fetchNode('second', '{ name }'),
        },
      ],
    },
    '{ deep { id name } }',
    {
      first: () => ({ data: { deep: [[{ id: '1' }, null], null, [{ id: '2' }]] } }),
      second: () => ({ data: { name: 'same' } }),
    },
  );
  expect(result.data).toEqual({ deep: [[{ id: '1', name: 'same' }, null], null, [{ id: '2', name: 'same' }]] });
});

it('goes on only with the types that a path names', async () => {
  const { sent } = await run(
    {
      kind: 'sequence',
      nodes: [
        fetchNode('first', '{ things { __typename id } }'),
        {
          kind: 'flatten',
          path: [{ kind: 'field', name: 'things' }, { kind: 'list' }, types('Thing')],
          node: entityFetch('second', 'name', ['id']),
        },
      ],
    },
    '{ things { id name } }',
    {
      first: () => ({
        data: { things: [{ __typename: 'Cat', id: 'c' }, { id: 'x' }, { __typename: 'Thing', id: 't' }] },
      }),
      second: () => ({ data: { _entities: [{ name: 'n' }] } }),
    },
  );
  expect(sent[1]).toEqual(['second', { representations: [{ __typename: 'Thing', id: 't' }] }]);
});

it('merges what two subgraphs know of the same objects, item by item', async () => {
  const { result } = await run(
    {
      kind: 'parallel',
      nodes: [
        fetchNode('a', '{ thing { id part { a } parts { a } } }'),
        fetchNode('b', '{ thing { name part { b } parts { b } } }'),
      ],
    },
    '{ thing { id name part { a b } parts { a b } } }',
    {
      a: thingRoot({ id: '1', part: { a: 1 }, parts: [{ a: 1 }, null, { a: 3 }] }),
      b: thingRoot({ name: 'n', part: { b: 2 }, parts: [{ b: 1 }, { b: 2 }, null] }),
    },
  );
  expect(result.data).toEqual({
    thing: {
      id: '1',
      name: 'n',
      part: { a: 1, b: 2 },
      parts: [
        { a: 1, b: 1 },
        { a: null, b: 2 },
        { a: 3, b: null },
      ],
    },
  });
});

it('lets no null of one subgraph undo what another has answered', async () => {
  const { result } = await run(
    { kind: 'sequence', nodes: [fetchNode('a', '{ thing { id } }'), fetchNode('b', '{ thing { name } }')] },
    '{ thing { id name } }',
    { a: thingRoot({ id: '1' }), b: () => ({ data: { thing: null }, errors: [{ message: 'gone', path: ['thing'] }] }) },
  );
  expect(result.data).toEqual({ thing: { id: '1', name: null } });
  expect(result.errors).toHaveLength(1);
});

it('obeys the rewrites of a plan on what is sent and on what comes', async () => {
  const inputRewrites: Rewrite[] = [
    { kind: 'setValue', path: [types('Cat')], key: '__typename', value: 'Pet' },
    { kind: 'renameKey', path: [], key: 'id', newKey: 'code' },
  ];
  const outputRewrites: Rewrite[] = [{ kind: 'renameKey', path: [types('Cat')], key: 'name__alias_0', newKey: 'name' }];
  const { result, sent } = await run(
    {
      kind: 'sequence',
      nodes: [
        fetchNode('first', '{ pet { __typename id } }'),
        {
          kind: 'flatten',
          path: [{ kind: 'field', name: 'pet' }],
          node: entityFetch('second', '... on Pet { name__alias_0: name }', ['id'], { inputRewrites, outputRewrites }),
        },
      ],
    },
    '{ pet { __typename name } }',
    {
      first: () => ({ data: { pet: { __typename: 'Cat', id: '' } } }),
      second: () => ({ data: { _entities: [{ name__alias_0: '' }] } }),
    },
  );
  expect(sent[1]).toEqual(['second', { representations: [{ __typename: 'Pet', code: '' }] }]);
  expect(result.data).toEqual({ pet: { __typename: 'Cat', name: '' } });
});

it('keeps the type that one subgraph has named when another knows only the interface', async () => {
  const { result } = await run(
    {
      kind: 'sequence',
      nodes: [
        fetchNode('first', '{ pet { __typename id } }'),
        {
          kind: 'flatten',
          path: [{ kind: 'field', name: 'pet' }],
          node: entityFetch('second', '__typename name', ['id']),
        },
      ],
    },
    '{ pet { __typename ... on Cat { name } } }',
    {
      first: () => ({ data: { pet: { __typename: 'Cat', id: '1' } } }),
      second: () => ({ data: { _entities: [{ __typename: 'Pet', name: 'Tom' }] } }),
    },
  );
  expect(result.data).toEqual({ pet: { __typename: 'Cat', name: 'Tom' } });
});

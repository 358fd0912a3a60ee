import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { createSmallGateway } from '../execute/test/small-gateway.ts';
import type { FetchNode } from './query-plan.ts';
import { requiredFirst } from './required-order.ts';

it('brings what a field requires before the field, also where its key takes several fetches to get', async () => {
  const box = { id: 'b1', code: 'c1', ref: { id: 'r1' } };
  const known = { __resolveReference: () => box };
  const { ask, sent } = createSmallGateway({
    four: {
      sdl: `type Query { box: Box }
        type Box @key(fields: "id") { id: ID! @shareable weight(unit: String): Int }`,
      resolvers: {
        Query: { box: () => box },
        Box: { ...known, weight: (_: unknown, { unit }: { unit: string }) => (unit === 'kg' ? 2 : 2000) },
      },
    },
    three: {
      sdl: `type Box @key(fields: "ref { id }") @key(fields: "id") { id: ID! @shareable ref: Ref! @shareable }
        type Ref @shareable { id: ID! }`,
      resolvers: { Box: known },
    },
    one: {
      sdl: `type Box @key(fields: "code") @key(fields: "ref { id }") { code: ID! @shareable ref: Ref! @shareable }
        type Ref @shareable { id: ID! }`,
      resolvers: { Box: known },
    },
    two: {
      sdl: `type Box @key(fields: "code") { code: ID! @shareable weight(unit: String): Int @external
        kilos: String @requires(fields: "weight(unit: \\"kg\\")") }`,
      resolvers: {
        Box: {
          __resolveReference: (reference: object) => reference,
          kilos: ({ weight }: { weight: number }) => `${weight} kg`,
        },
      },
    },
  });
  expect(await ask('{ box { kilos } }')).toEqual({ data: { box: { kilos: '2 kg' } } });
  const subgraphs = sent.map(({ subgraph }) => subgraph);
  expect(subgraphs.lastIndexOf('four')).toBeLessThan(subgraphs.indexOf('two'));
});

it('counts nothing as brought that its subgraph was asked for without what it requires', () => {
  const fetch = (fields: string, ...required: string[]): FetchNode => {
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Box { ${fields} } } }`;
    return {
      ...{ kind: 'fetch', subgraph: 'boxes', operationKind: 'query', operationName: undefined, query },
      ...{ document: parse(query), variables: [], inputRewrites: [], outputRewrites: [] },
      requires: [
        {
          kind: 'fragment',
          typeNames: new Set(['Box']),
          selections: required.map((name) => ({ kind: 'field', name, selections: null })),
        },
      ],
    };
  };
  const inVain = fetch('label');
  const [name, chain, label] = [fetch('name'), fetch('chain', 'label'), fetch('label', 'name')];
  const parallel = (...nodes: FetchNode[]) => ({ kind: 'parallel' as const, nodes });
  const ordered = requiredFirst(
    { root: { kind: 'sequence', nodes: [parallel(inVain, name), parallel(chain, label)] } },
    {
      typeNamesOf: (typeName) => new Set([typeName]),
      requiredFor: (_subgraph, _type, field) => (field === 'label' ? ['name'] : field === 'chain' ? ['label'] : []),
    },
  );
  expect(ordered.root).toEqual({
    kind: 'sequence',
    nodes: [parallel(inVain, name), { kind: 'sequence', nodes: [parallel(label), parallel(chain)] }],
  });
});

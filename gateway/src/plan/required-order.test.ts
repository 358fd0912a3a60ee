import { expect, it } from 'vitest';
import { createSmallGateway } from '../execute/test/small-gateway.ts';

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

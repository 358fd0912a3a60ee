import { describe, expect, it } from 'vitest';
import { createSmallGateway } from '../execute/test/small-gateway.ts';

describe('required fields with arguments', () => {
  const products = [1, 2].map((number) => ({ id: `p${number}`, cents: number * 100, box: { sides: [number, 2] } }));
  const find = ({ id }: { id: string }) => products.find((product) => product.id === id);
  const gateway = () =>
    createSmallGateway({
      catalog: {
        sdl: `type Query { products: [Product] }
          type Product @key(fields: "id") { id: ID! price(in: Currency! times: Int = 1): Int box: Box }
          type Box { sides(unit: String!): [Int!]! }
          enum Currency { USD EUR }`,
        resolvers: {
          Query: { products: () => products },
          Product: {
            __resolveReference: find,
            price: ({ cents }: { cents: number }, { in: currency, times }: { in: string; times: number }) =>
              (currency === 'EUR' ? cents / 2 : cents) * times,
          },
          Box: {
            sides: ({ sides }: { sides: number[] }, { unit }: { unit: string }) =>
              sides.map((side) => (unit === 'mm' ? side * 10 : side)),
          },
        },
      },
      shipping: {
        sdl: `type Product @key(fields: "id") { id: ID!
            price(in: Currency! times: Int = 1): Int @external
            box: Box @external
            dollars: String @requires(fields: "price(in: USD)")
            euros: String @requires(fields: "price(in: EUR)")
            manyEuros(by: String): String @requires(fields: "price(in: EUR, times: 3) box { sides(unit: \\"cm\\") }")
            millimetres: String @requires(fields: "box { sides(unit: \\"mm\\") }")
            plain: String }
          type Box { sides(unit: String!): [Int!]! @external }
          enum Currency { USD EUR }`,
        resolvers: {
          Product: {
            // Everything but the key comes from the representation alone.
            __resolveReference: (reference: object) => reference,
            dollars: ({ price }: { price: number }) => `$${price}`,
            euros: ({ price }: { price: number }) => `€${price}`,
            manyEuros: ({ price, box }: { price: number; box: { sides: number[] } }, { by }: { by?: string }) =>
              `€${price} ${box.sides} ${by}`,
            millimetres: ({ box }: { box: { sides: number[] } }) => `${box.sides}`,
            plain: ({ id }: { id: string }) => `plain ${id}`,
          },
        },
      },
    });

  it('are each sent with their own value, also when one type needs one field with several arguments', async () => {
    const { data, errors } = await gateway().ask(
      'query ($by: String) { products { id dollars plain euros manyEuros(by: $by) millimetres } }',
      { by: 'mail' },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      products: [
        {
          id: 'p1',
          dollars: '$100',
          plain: 'plain p1',
          euros: '€50',
          manyEuros: '€150 1,2 mail',
          millimetres: '10,20',
        },
        {
          id: 'p2',
          dollars: '$200',
          plain: 'plain p2',
          euros: '€100',
          manyEuros: '€300 2,2 mail',
          millimetres: '20,20',
        },
      ],
    });
  });

  it("leave the client's own calls of the same field alone, whatever they are named", async () => {
    const { data, errors } = await gateway().ask(
      '{ products { price: price(in: EUR, times: 7) euros box { sides: sides(unit: "in") } other: price(in: USD) millimetres } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      products: [
        { price: 350, euros: '€50', box: { sides: [1, 2] }, other: 100, millimetres: '10,20' },
        { price: 700, euros: '€100', box: { sides: [2, 2] }, other: 200, millimetres: '20,20' },
      ],
    });
  });

  it('are one fetch as long as they agree', async () => {
    const { ask, sent } = gateway();
    await ask('{ products { dollars plain } }');
    expect(sent.map(({ subgraph }) => subgraph)).toEqual(['catalog', 'shipping']);
  });

  it('show in no schema that clients see', async () => {
    const { data } = await gateway().ask('{ __type(name: "Product") { fields { name } } }');
    expect(JSON.stringify(data)).not.toContain('required');
  });
});

it("keeps a required object whole when an error inside the client's own selection of it makes that one null", async () => {
  const { ask } = createSmallGateway({
    boxes: {
      sdl: `type Query { box: Box } type Box @key(fields: "id") { id: ID! size: Size }
        type Size @shareable { width: Int broken: Int! }`,
      resolvers: {
        Query: { box: () => ({ id: '1', size: { width: 7, broken: () => Promise.reject(new Error('broken')) } }) },
      },
    },
    shelves: {
      sdl: `type Box @key(fields: "id") { id: ID! size: Size @external shelf: String @requires(fields: "size { width }") }
        type Size { width: Int @external }`,
      resolvers: {
        Box: {
          __resolveReference: (reference: object) => reference,
          shelf: ({ size }: { size: { width: number } | null }) => `shelf ${size?.width}`,
        },
      },
    },
  });
  const { data, errors } = await ask('{ box { shelf size { broken } } }');
  expect(data).toEqual({ box: { shelf: 'shelf 7', size: null } });
  expect(errors).toMatchObject([{ message: 'broken', path: ['box', 'size', 'broken'] }]);
});

describe('fragments within fragments', () => {
  const { ask } = createSmallGateway({
    animals: {
      sdl: `type Query { none: Int } union Pet = Cat | Fish
        interface Animal @key(fields: "id") { id: ID! }
        type Cat implements Animal @key(fields: "id") { id: ID! lives: Int }
        type Cow implements Animal @key(fields: "id") { id: ID! milk: Int }
        type Fish { depth: Int }`,
      resolvers: {
        Animal: {
          __resolveReference: ({ id }: { id: string }) => ({ __typename: id === 'c' ? 'Cat' : 'Cow', id, lives: 9 }),
        },
        Cat: { __resolveReference: ({ id }: { id: string }) => ({ id, lives: 9 }) },
        Cow: { __resolveReference: ({ id }: { id: string }) => ({ id, milk: 5 }) },
      },
    },
    barns: {
      sdl: `type Query { animals: [Animal!] } type Animal @key(fields: "id") @interfaceObject { id: ID! barn: String }`,
      resolvers: {
        Query: { animals: () => ['c', 'w'].map((id) => ({ __typename: 'Animal', id, barn: `barn ${id}` })) },
      },
    },
  });

  it('that no type can fit select nothing, though each fits the next', async () => {
    expect(await ask('{ animals { barn ... on Pet { ... on Fish { depth } } } }')).toEqual({
      data: { animals: [{ barn: 'barn c' }, { barn: 'barn w' }] },
    });
  });

  it('on a union that one subgraph has never heard of select from those it may be', async () => {
    expect(await ask('{ animals { barn ... on Pet { __typename ... on Cat { lives } } } }')).toEqual({
      data: { animals: [{ barn: 'barn c', __typename: 'Cat', lives: 9 }, { barn: 'barn w' }] },
    });
  });
});

it('comes back to a subgraph by a key that it resolves, though the type names another one first', async () => {
  const { ask } = createSmallGateway({
    names: {
      sdl: `type Query { none: Int } type Thing @key(fields: "id") { id: ID! name: String }`,
      resolvers: { Thing: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `name of ${id}` }) } },
    },
    things: {
      sdl: `type Query { thing: Thing }
        type Thing @key(fields: "serial", resolvable: false) @key(fields: "id") {
          id: ID! serial: ID! name: String @external label: String @requires(fields: "name") }`,
      resolvers: {
        Query: { thing: () => ({ id: '1', serial: 's1' }) },
        Thing: {
          __resolveReference: ({ id, name }: { id?: string; name: string }) => (id === undefined ? null : { id, name }),
          label: ({ name }: { name: string }) => `<${name}>`,
        },
      },
    },
  });
  expect(await ask('{ thing { label } }')).toEqual({ data: { thing: { label: '<name of 1>' } } });
});

it('refuses what no subgraph can answer, instead of a null that nobody sent', async () => {
  const { ask } = createSmallGateway({
    a: { sdl: 'type Query { node: Node } interface Node @key(fields: "id") { id: ID! }' },
    b: {
      sdl: `type Query { other: Node }
        type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! field: String }`,
    },
  });
  const { data, errors } = await ask('{ node { field } }');
  expect(data).toBeUndefined();
  expect(errors?.[0]?.message).toContain('No subgraph can answer');
});

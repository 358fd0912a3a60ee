import { expect, it } from 'vitest';
import { createSmallGateway } from '../execute/test/small-gateway.ts';

const animals = [
  { __typename: 'Lion', id: 'l1' },
  { __typename: 'Hare', id: 'h1' },
];

function zoo() {
  return createSmallGateway({
    zoo: {
      sdl: `type Query { animals: [Animal] }
        interface Animal @key(fields: "id") { id: ID! }
        type Lion implements Animal @key(fields: "id") { id: ID! }
        type Hare implements Animal @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { animals: () => animals } },
    },
    scales: {
      sdl: 'type Animal @key(fields: "id") @interfaceObject { id: ID! note: String weight: Int! }',
      resolvers: {
        Animal: {
          __resolveReference: ({ id }: { id: string }) => ({ __typename: 'Animal', id, note: `note ${id}` }),
          weight({ id }: { id: string }) {
            if (id === 'h1') throw new Error('Hares do not stand still');
            return 190;
          },
        },
      },
    },
  });
}

it('asks a subgraph that knows only the interface for nothing that was not wanted of an object of that type', async () => {
  const gateway = zoo();
  expect(await gateway.ask('{ animals { note ... on Lion { weight } } }')).toEqual({
    data: { animals: [{ note: 'note l1', weight: 190 }, { note: 'note h1' }] },
  });
});

it('asks once for all types of what is wanted of all', async () => {
  const gateway = zoo();
  const { data, errors } = await gateway.ask('{ animals { note weight } }');
  expect(data).toEqual({ animals: [{ note: 'note l1', weight: 190 }, null] });
  expect(errors).toMatchObject([{ path: ['animals', 1, 'weight'] }]);
  expect(gateway.sent.filter(({ subgraph }) => subgraph === 'scales')).toHaveLength(1);
});

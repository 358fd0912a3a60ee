import { expect, it } from 'vitest';
import { CompositionFailed, composeSupergraph } from './compose.ts';
import { createApolloPlanner } from './plan/apollo-planner.ts';

const link = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${imports}])\n`;
const products = {
  name: 'products',
  sdl: `${link('"@key"')} type Query { product: Product } type Product @key(fields: "id") { id: ID! name: String }`,
};
const stock = { name: 'stock', sdl: `${link('"@key"')} type Product @key(fields: "id") { id: ID! inStock: Boolean }` };

it('joins the fields of all subgraphs, in the same text whatever their order', () => {
  const sdl = composeSupergraph([products, stock]);
  expect(sdl).toBe(composeSupergraph([stock, products]));
  const type = createApolloPlanner(sdl).schema.getType('Product');
  expect(type?.toConfig()).toMatchObject({ fields: { id: {}, name: {}, inStock: {} } });
});

it('lists every reason why subgraphs do not fit, a line each', () => {
  const broken = {
    name: 'broken',
    sdl: `${link('"@key"')} type Product @key(fields: "id") { id: ID! name: String weight: Nothing }`,
  };
  expect(() => composeSupergraph([products, broken])).toThrow(CompositionFailed);
  expect(() => composeSupergraph([products, broken])).toThrow(/^The subgraphs do not compose:\n {2}- .*Nothing/);
});

it('names the subgraph whose schema cannot be read', () => {
  expect(() => composeSupergraph([products, { name: 'torn', sdl: 'type Query {' }])).toThrow('[torn] Syntax Error');
});

it('composes and plans what is guarded by directives that only routers know', () => {
  const guarded = {
    name: 'guarded',
    sdl: `${link('"@key" "@authenticated" "@requiresScopes" "@policy"')}
      type Query { open: String closed: String @authenticated }
      type Product @key(fields: "id") { id: ID! cost: Int @requiresScopes(scopes: [["inventory:read"]]) margin: Int @policy(policies: [["board"]]) }`,
  };
  const planner = createApolloPlanner(composeSupergraph([products, guarded]));
  expect(planner.subgraphs).toEqual(['guarded', 'products']);
  expect(planner.schema.getType('Product')?.toConfig()).toHaveProperty('fields.margin');
});

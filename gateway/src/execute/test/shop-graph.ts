import { buildSubgraphSchema } from '@apollo/subgraph';
import { buildSchema, type GraphQLFieldResolver, type GraphQLSchema, parse, printSchema } from 'graphql';
import { composeSupergraph } from '../../compose.ts';
import { createApolloPlanner } from '../../plan/apollo-planner.ts';
import { type ShopSubgraph, shopSdl } from './shop-sdl.ts';
import { dutyOf, type ShopWorld, shippingOf, sloganOf } from './shop-world.ts';

export const shopSupergraph = composeSupergraph(Object.entries(shopSdl).map(([name, sdl]) => ({ name, sdl })));

/** The same graph as one schema, executed by graphql-js alone: what the gateway's answers are held against. */
export const monolith: GraphQLSchema = buildSchema(printSchema(createApolloPlanner(shopSupergraph).schema), {
  assumeValid: true,
});

type Reference = { readonly [field: string]: unknown };
type Found = Reference | null | undefined;
type Resolver = GraphQLFieldResolver<Reference, unknown, Reference>;
type Resolvers = Record<
  string,
  Record<string, Resolver | { readonly subscribe: Resolver; readonly resolve: Resolver }>
>;

/** The subgraphs' schemas over one world; each serves only the fields it declares. */
export function createShopSchemas(
  world: ShopWorld,
  stream: () => AsyncIterable<unknown> = () => emptyStream(),
): Readonly<Record<ShopSubgraph, GraphQLSchema>> {
  const byId = (map: ReadonlyMap<string, Found>) => ({
    __resolveReference: ({ id }: Reference): Found => map.get(String(id)) ?? null,
  });
  const product = (reference: Reference): Found =>
    [...world.products.values()].find(
      ({ id, sku, region }) => id === reference.id || (sku === reference.sku && region === reference.region),
    ) ?? null;
  const user = byId(world.users);

  const build = (name: ShopSubgraph, resolvers: Resolvers): GraphQLSchema => {
    const typeDefs = parse(shopSdl[name]);
    const only = (type: string, all: Record<string, unknown>): Resolvers =>
      Object.fromEntries(
        typeDefs.definitions
          .filter((definition) => definition.kind === 'ObjectTypeDefinition' && definition.name.value === type)
          .map((definition) => {
            const fields = definition.kind === 'ObjectTypeDefinition' ? (definition.fields ?? []) : [];
            return [
              type,
              Object.fromEntries(fields.map(({ name: field }) => [field.value, asResolver(all[field.value])])),
            ];
          }),
      );
    return buildSubgraphSchema({
      typeDefs,
      resolvers: { ...only('Query', world.query), ...only('Mutation', world.mutation), ...resolvers },
    });
  };
  return {
    accounts: build('accounts', { User: user }),
    products: build('products', {
      Product: { __resolveReference: product },
      User: user,
      Media: byId(world.media),
      Book: byId(world.media),
      Film: byId(world.media),
    }),
    inventory: build('inventory', {
      // What it requires it takes from the reference and from nowhere else.
      Product: {
        __resolveReference: (reference: Reference): Found => {
          const found = product(reference);
          return found && { ...found, ...reference };
        },
        shipping: ({ weight, size }: Reference, { express }: Reference) => shippingOf(weight, size, express),
        duty: ({ price }: Reference) => dutyOf(price),
        slogan: ({ tags }: Reference) => sloganOf(tags),
      },
      Warehouse: { __resolveReference: ({ code }: Reference): Found => world.warehouses.get(String(code)) ?? null },
      User: user,
    }),
    reviews: build('reviews', {
      Review: byId(world.reviews),
      User: {
        __resolveReference: (reference: Reference): Found => {
          const found = world.users.get(String(reference.id));
          return found && { ...found, name: reference.name };
        },
        signature: ({ name }: Reference) => (typeof name === 'string' ? `signed ${name}` : null),
      },
      Product: { __resolveReference: product },
      Media: {
        __resolveReference: ({ id }: Reference): Found => {
          const found = world.media.get(String(id));
          return found && { ...found, __typename: 'Media' };
        },
      },
      Subscription: {
        reviewAdded: { subscribe: stream, resolve: (event) => event },
        ticks: { subscribe: stream, resolve: (event) => event },
      },
    }),
  };
}

function asResolver(answer: unknown): Resolver {
  return (_root, args) => (typeof answer === 'function' ? answer(args) : answer);
}

async function* emptyStream(): AsyncGenerator<never> {}

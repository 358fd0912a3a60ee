import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeSupergraph } from '@cauce/gateway/compose';
import { type GraphQLSchema, parse } from 'graphql';
import { items, type Opinion, opinions, people } from './four-subgraphs-data.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key" "@external" "@requires" "@provides" "@shareable"])\n';

/** The shape that public comparisons of federation gateways ask for: four subgraphs that lead round in a circle. */
const sdl = {
  accounts: `${link}
    type Query { users: [User] }
    type User @key(fields: "id") { id: ID! name: String username: String @shareable }`,
  inventory: `${link}
    type Product @key(fields: "upc") {
      upc: String! weight: Int @external price: Int @external
      inStock: Boolean shippingEstimate: Int @requires(fields: "price weight")
    }`,
  products: `${link}
    type Query { topProducts(first: Int = 5): [Product] }
    type Product @key(fields: "upc") { upc: String! name: String price: Int weight: Int }`,
  reviews: `${link}
    type Review @key(fields: "id") { id: ID! body: String product: Product author: User @provides(fields: "username") }
    type User @key(fields: "id") { id: ID! username: String @external reviews: [Review] }
    type Product @key(fields: "upc") { upc: String! reviews: [Review] }`,
} as const;

export type SubgraphName = keyof typeof sdl;
export const subgraphNames: readonly SubgraphName[] = ['accounts', 'inventory', 'products', 'reviews'];
export const fourSubgraphs = composeSupergraph(subgraphNames.map((name) => ({ name, sdl: sdl[name] })));

/** Users to reviews to products to reviews to authors to reviews to products, and the same from the products down. */
export const fourSubgraphsQuery = `
  fragment Person on User { id username name }
  fragment Words on Review { id body }
  fragment Item on Product { upc name price weight inStock shippingEstimate }
  query Circle {
    users {
      ...Person
      reviews { ...Words product { ...Item reviews { ...Words author { ...Person reviews { ...Words product { ...Item } } } } } }
    }
    topProducts {
      ...Item
      reviews { ...Words author { ...Person reviews { ...Words product { ...Item } } } }
    }
  }`;

type Reference = Readonly<Record<string, unknown>>;

/** The subgraphs with their data. */
export function createFourSubgraphs(): ReadonlyMap<string, GraphQLSchema> {
  const person = (id: unknown) => people.find((other) => other.id === id) ?? null;
  const item = (upc: unknown) => items.find((other) => other.upc === upc) ?? null;
  const writtenBy = (id: unknown) => opinions.filter(({ author }) => author === id).map(review);
  const resolvers = {
    accounts: { Query: { users: () => people }, User: { __resolveReference: ({ id }: Reference) => person(id) } },
    products: {
      Query: { topProducts: (_root: unknown, { first }: Reference) => items.slice(0, Number(first)) },
      Product: { __resolveReference: ({ upc }: Reference) => item(upc) },
    },
    inventory: {
      Product: {
        __resolveReference: (reference: Reference) => ({ ...reference, inStock: Number(reference.upc) % 3 !== 2 }),
        shippingEstimate: ({ price, weight }: Reference) =>
          Number(price) > 1_000 ? 0 : Math.floor(Number(weight) / 2),
      },
    },
    reviews: {
      Product: {
        __resolveReference: (reference: Reference) => reference,
        reviews: ({ upc }: Reference) => opinions.filter(({ product }) => product === upc).map(review),
      },
      // As in the public data, everybody has written the first two.
      User: {
        __resolveReference: (reference: Reference) => reference,
        reviews: () => writtenBy(people[0]?.id).slice(0, 2),
      },
    },
  };
  return new Map(
    subgraphNames.map((name) => [
      name,
      buildSubgraphSchema({ typeDefs: parse(sdl[name]), resolvers: resolvers[name] }),
    ]),
  );
}

function review({ id, body, product, author }: Opinion) {
  const { username } = people.find((person) => person.id === author) ?? { username: null };
  return { id, body, product: { upc: product }, author: { id: author, username } };
}

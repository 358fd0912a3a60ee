import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeSupergraph } from '@cauce/gateway/compose';
import { type GraphQLSchema, parse } from 'graphql';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key" "@external" "@requires"])\n`;

/** The four subgraphs that public gateway benchmarks use: accounts, products, inventory with `@requires`, reviews. */
const sdl = {
  accounts: `${link}
    type Query { me: User }
    type User @key(fields: "id") { id: ID! name: String! email: String city: City }
    type City { name: String! zip: Int }`,
  products: `${link}
    type Query { products(first: Int!): [Product!]! }
    type Product @key(fields: "id") {
      id: ID! name: String! price: Int! weight: Float! state: State! tags: [String!]! size: Size
    }
    enum State { NEW USED }
    type Size { width: Float! height: Float! }`,
  inventory: `${link}
    type Product @key(fields: "id") {
      id: ID! price: Int! @external weight: Float! @external
      inStock: Boolean! shippingEstimate: Int @requires(fields: "price weight")
    }`,
  reviews: `${link}
    type Product @key(fields: "id") { id: ID! reviews: [Review!]! }
    type Review @key(fields: "id") { id: ID! body: String! stars: Int! author: User! }
    type User @key(fields: "id") { id: ID! }`,
} as const;

export const catalogSupergraph = composeSupergraph(Object.entries(sdl).map(([name, text]) => ({ name, sdl: text })));

/** Four fetches in three steps: products, then inventory beside reviews, then the reviews' authors. */
export const catalogQuery = `query Catalog($first: Int!) {
  products(first: $first) {
    id name price state tags size { width height }
    inStock shippingEstimate
    reviews { id body stars author { id name email city { name zip } } }
  }
}`;

type Reference = Readonly<Record<string, unknown>>;

/** The subgraphs, with answers made up on the spot. `authorCount` people write all reviews; null: each its own. */
export function createCatalogSchemas(authorCount: number | null): ReadonlyMap<string, GraphQLSchema> {
  const numberOf = ({ id }: Reference) => Number(String(id).slice(1));
  const author = (review: number) => ({ id: `u${authorCount === null ? review : review % authorCount}` });
  const resolvers = {
    accounts: {
      User: {
        __resolveReference: (reference: Reference) => ({
          ...reference,
          name: `Person ${numberOf(reference)}`,
          email: `person${numberOf(reference)}@catalog.example`,
          city: { name: 'Talca', zip: numberOf(reference) },
        }),
      },
    },
    products: {
      Query: {
        products: (_root: unknown, { first }: Reference) =>
          Array.from({ length: Number(first) }, (_, index) => ({
            id: `p${index}`,
            name: `Product ${index}`,
            price: index * 10,
            weight: index + 0.5,
            state: index % 2 === 0 ? 'NEW' : 'USED',
            tags: ['one', 'two'],
            size: { width: 1.5, height: index },
          })),
      },
    },
    inventory: {
      Product: {
        __resolveReference: (reference: Reference) => reference,
        inStock: (reference: Reference) => numberOf(reference) % 3 === 0,
        shippingEstimate: ({ price, weight }: Reference) => Math.round(Number(price) * Number(weight)),
      },
    },
    reviews: {
      Product: {
        __resolveReference: (reference: Reference) => reference,
        reviews: (reference: Reference) =>
          [0, 1].map((place) => {
            const number = numberOf(reference) * 2 + place;
            return { id: `r${number}`, body: `What I think, part ${number}`, stars: 1 + place, author: author(number) };
          }),
      },
    },
  };
  const build = (name: keyof typeof sdl): [string, GraphQLSchema] => [
    name,
    buildSubgraphSchema({ typeDefs: parse(sdl[name]), resolvers: resolvers[name] }),
  ];
  return new Map([build('accounts'), build('products'), build('inventory'), build('reviews')]);
}

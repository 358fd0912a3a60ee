const link = (imports: string) =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: [${imports}])\n`;

/** Four subgraphs that use most of what federation offers; their composition is the shop's graph. */
export const shopSdl = {
  accounts: `${link('"@key" "@shareable" "@tag"')}
    type Query {
      me: User
      users(first: Int, role: Role): [User!]!
      user(id: ID!): User
      accountsDown: String
    }
    enum Role { ADMIN BUYER SELLER }
    interface Named { name: String! }
    type User implements Named @key(fields: "id") {
      id: ID!
      name: String! @shareable
      email: String
      secret: String!
      role: Role!
      manager: User
      reports: [User!]!
      address: Address
      greeting(style: String = "short", loud: Boolean): String!
      constructor: String
    }
    type Address @shareable { street: String city: City! }
    type City @shareable { name: String! zip: Int }
    type Mutation { rename(id: ID!, name: String!): User }
  `,
  products: `${link('"@key" "@shareable" "@inaccessible"')}
    type Query {
      product(id: ID!): Product
      products(first: Int): [Product!]!
      media: [Media!]!
      medium(id: ID!): Media
      search(text: String): [Found]
      shelf: [[Product]!]
    }
    enum Currency { CLP USD }
    interface Named { name: String! }
    interface Media @key(fields: "id") { id: ID! title: String! length: Float }
    type Book implements Media @key(fields: "id") {
      id: ID! title: String! length: Float pages: Int! author: User label: Int product: Product
    }
    type Film implements Media @key(fields: "id") {
      id: ID! title: String! length: Float! minutes: Int director: User! label: String product: Product
    }
    union Found = Product | User | Book | Film
    type Product implements Named @key(fields: "id") @key(fields: "sku region") {
      id: ID!
      sku: String!
      region: String!
      name: String!
      price(currency: Currency = CLP): Float
      weight: Float
      size: Size
      tags: [String!]!
      grid: [[Int]!]
      state: State
      related(first: Int): [Product!]!
      seller: User!
      maker: Maker
      attributes: [Attribute]
      fragile: String!
    }
    enum State { NEW USED SECRET @inaccessible }
    type Size @shareable { w: Int! h: Int! unit: String }
    type Maker { name: String! city: City product: Product! boss: User }
    type City @shareable { name: String! zip: Int }
    type Attribute { key: String! value: String! owner: User }
    type User @key(fields: "id") { id: ID! }
    type Mutation { reprice(id: ID!, price: Float!): Product! }
  `,
  inventory: `${link('"@key" "@external" "@requires" "@shareable"')}
    type Query { warehouses: [Warehouse!]! inventoryDown: [Warehouse!] }
    enum Currency { CLP USD }
    type Size @shareable { w: Int! h: Int! }
    type Product @key(fields: "id") {
      id: ID!
      weight: Float @external
      size: Size @external
      price(currency: Currency = CLP): Float @external
      tags: [String!]! @external
      inStock: Boolean
      stockCode: String!
      shipping(express: Boolean = false): Float @requires(fields: "weight size { w h }")
      duty: Float @requires(fields: "price(currency: USD)")
      slogan: String @requires(fields: "tags")
      warehouses(first: Int): [Warehouse!]!
      best: Warehouse!
    }
    type Warehouse @key(fields: "code") { code: ID! city: City! keeper: User products: [Product!]! }
    type City @shareable { name: String! zip: Int }
    type User @key(fields: "id") { id: ID! keeps: [Warehouse!]! }
  `,
  reviews: `${link('"@key" "@external" "@provides" "@interfaceObject" "@requires"')}
    type Query { latestReview: Review reviews: [Review!]! review(id: ID!): Review }
    type Mutation { addReview(product: ID!, body: String!): Review }
    type Subscription { reviewAdded(product: ID): Review ticks(upTo: Int!): Int! }
    type Review @key(fields: "id") {
      id: ID!
      body: String
      stars: Int!
      author: User! @provides(fields: "name")
      subject: Product!
      about: Reviewed
      answers: [Review!]!
    }
    union Reviewed = Product | User
    type User @key(fields: "id") { id: ID! name: String! @external reviews(first: Int): [Review!]! signature: String @requires(fields: "name") }
    type Product @key(fields: "sku region") { sku: String! region: String! reviews(first: Int = 2): [Review!]! topReview: Review }
    type Media @key(fields: "id") @interfaceObject { id: ID! reviews: [Review!]! score: Float }
  `,
} as const;

export type ShopSubgraph = keyof typeof shopSdl;

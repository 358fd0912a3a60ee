const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key" "@tag"])\n  directive @tag(name: String!) repeatable on FIELD_DEFINITION | OBJECT';

/**
 * Two subgraphs: one tells of events, the other knows what an event is about. Declared to answer by rights, so that
 * viewers of equal rights may share.
 */
export const eventSubgraphs = {
  events: `${link}
    type Query { latest: Measurement }
    type Subscription { measured: Measurement @tag(name: "by-rights") }
    type Measurement @tag(name: "by-rights") { number: Int! atMs: Float! value: Float! machine: Machine! }
    type Machine @key(fields: "id") @tag(name: "by-rights") { id: ID! }`,
  machines: `${link}
    type Query { machine(id: ID!): Machine }
    type Machine @key(fields: "id") @tag(name: "by-rights") { id: ID! name: String! site: String! }`,
} as const;

export const eventSubscription = 'subscription Measured { measured { number atMs value machine { name site } } }';

export const machine = { id: 'm1', name: 'Pump of the north well', site: 'Planta Norte' };

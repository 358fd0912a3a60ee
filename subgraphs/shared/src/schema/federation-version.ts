/** What the subgraphs' directives mean: the first version that knows `@cost` and `@listSize`. */
export const federationVersion = 'https://specs.apollo.dev/federation/v2.9';

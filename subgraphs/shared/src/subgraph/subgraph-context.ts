import type { RequestScope } from './request-scope.ts';

/** What a resolver gets: who asks, and this subgraph's services, made for this one request. */
export interface SubgraphContext<Services> extends RequestScope {
  readonly services: Services;
}

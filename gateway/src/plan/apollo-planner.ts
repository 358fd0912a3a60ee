import { operationFromDocument, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { convertApolloPlan } from './apollo-plan-conversion.ts';
import type { Planner } from './planner.ts';
import { createTypeNames } from './type-names.ts';

/** Plans with Apollo's planner, which also plans subscriptions. Throws what is wrong with the supergraph. */
export function createApolloPlanner(supergraphSdl: string): Planner {
  // The router's list of features: with the gateway's own, a supergraph that uses `@authenticated` would not load.
  const supergraph = Supergraph.build(supergraphSdl, { supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  const apiSchema = supergraph.apiSchema();
  const typeNamesOf = createTypeNames(supergraph.schema);
  const planner = new QueryPlanner(supergraph, {
    exposeDocumentNodeInFetchNode: true,
    // Operations come with their fragments expanded, so there is none to reuse.
    reuseQueryFragments: false,
    // Two fragments of one selection may lead to the same field; without this both fetch for all objects there.
    typeConditionedFetching: true,
  });
  return {
    // Whoever lets a part come later must also take it at once, which is how it comes for now.
    schema: apiSchema.toGraphQLJSSchema({ includeDefer: true }),
    subgraphs: supergraph.subgraphsMetadata().map(({ name }) => name),
    plan(document) {
      const operation = operationFromDocument(apiSchema, document, { validate: false });
      return convertApolloPlan(planner.buildQueryPlan(operation), typeNamesOf);
    },
  };
}

import { operationFromDocument, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse, print } from 'graphql';
import { convertApolloPlan } from './apollo-plan-conversion.ts';
import type { Planner } from './planner.ts';
import { nameRequiredFields } from './required-fields.ts';
import { resolvableKeysFirst } from './resolvable-keys.ts';
import { restoreCalls } from './restored-calls.ts';
import { createTypeNames } from './type-names.ts';
import { refuseUnplanned } from './unplanned-fields.ts';

// The router's list: with the gateway's own, a supergraph that uses `@authenticated` would not load.
const supportedFeatures = ROUTER_SUPPORTED_SUPERGRAPH_FEATURES;

/** Plans with Apollo's planner, which also plans subscriptions. Throws what is wrong with the supergraph. */
export function createApolloPlanner(supergraphSdl: string): Planner {
  const required = nameRequiredFields(resolvableKeysFirst(parse(supergraphSdl, { noLocation: true })));
  const seen = Supergraph.build(supergraphSdl, { supportedFeatures });
  // Planned on, but not seen by clients. Checking it would find that the real fields are not required any more.
  const supergraph = Supergraph.build(print(required.document), { supportedFeatures, validateSupergraph: false });
  const apiSchema = supergraph.apiSchema();
  const typeNamesOf = createTypeNames(supergraph.schema);
  const planner = new QueryPlanner(supergraph, {
    exposeDocumentNodeInFetchNode: true,
    // Operations come with their fragments expanded, so there is none to reuse.
    reuseQueryFragments: false,
    // Two fragments of one selection may lead to the same field; without this both fetch for all objects there.
    typeConditionedFetching: true,
    incrementalDelivery: { enableDefer: true },
  });
  return {
    schema: seen.apiSchema().toGraphQLJSSchema({ includeDefer: true }),
    subgraphs: supergraph.subgraphsMetadata().map(({ name }) => name),
    plan(document, overrides) {
      const operation = operationFromDocument(apiSchema, document, { validate: false });
      const plan = convertApolloPlan(
        planner.buildQueryPlan(operation, { overrideConditions: new Map(overrides) }),
        typeNamesOf,
      );
      refuseUnplanned(document, plan);
      return restoreCalls(plan, required);
    },
  };
}

import { operationFromDocument, ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { parse } from 'graphql';
import { convertApolloPlan } from './apollo-plan-conversion.ts';
import { narrowFetches } from './narrow-fetches.ts';
import type { Planner } from './planner.ts';
import { nameRequiredFields, requiredNamesIn } from './required-fields.ts';
import { requiredFirst } from './required-order.ts';
import { resolvableKeysFirst } from './resolvable-keys.ts';
import { restoreCalls } from './restored-calls.ts';
import { createTypeNames } from './type-names.ts';
import { refuseUnplanned } from './unplanned-fields.ts';

// The router's list: with the gateway's own, a supergraph that uses `@authenticated` would not load.
const supportedFeatures = ROUTER_SUPPORTED_SUPERGRAPH_FEATURES;

/** Plans with Apollo's planner, which also plans subscriptions. Throws what is wrong with the supergraph. */
export function createApolloPlanner(supergraphSdl: string): Planner {
  const ordered = resolvableKeysFirst(parse(supergraphSdl, { noLocation: true }));
  const required = nameRequiredFields(ordered);
  const seen = Supergraph.build(ordered, { supportedFeatures });
  // What is planned on may have fields of our own invention, which clients do not see. Checking it would find that the
  // real fields are not required any more.
  const supergraph =
    required.callsByName.size === 0
      ? seen
      : Supergraph.build(required.document, { supportedFeatures, validateSupergraph: false });
  const apiSchema = supergraph.apiSchema();
  const typeNamesOf = createTypeNames(supergraph.schema);
  const clientSchema = seen.apiSchema().toGraphQLJSSchema({ includeDefer: true });
  const graph = { typeNamesOf, requiredFor: requiredNamesIn(required.document) };
  const planner = new QueryPlanner(supergraph, {
    exposeDocumentNodeInFetchNode: true,
    // Operations come with their fragments expanded, so there is none to reuse.
    reuseQueryFragments: false,
    // Two fragments of one selection may lead to the same field; without this both fetch for all objects there.
    typeConditionedFetching: true,
    incrementalDelivery: { enableDefer: true },
  });
  return {
    schema: clientSchema,
    subgraphs: supergraph.subgraphsMetadata().map(({ name }) => name),
    plan(document, overrides) {
      const operation = operationFromDocument(apiSchema, document, { validate: false });
      const plan = convertApolloPlan(
        planner.buildQueryPlan(operation, { overrideConditions: new Map(overrides) }),
        typeNamesOf,
      );
      refuseUnplanned(document, plan);
      return restoreCalls(narrowFetches(requiredFirst(plan, graph), document, clientSchema), required);
    },
  };
}

import { operationFromDocument } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { DocumentNode } from 'graphql';
import { convertApolloPlan } from './apollo-plan-conversion.ts';
import { type GraphToPlan, readGraphToPlan } from './graph-to-plan.ts';
import type { QueryPlan } from './query-plan.ts';

/** Answers at once; see `Planner`. */
export interface ApolloPlanner {
  readonly schema: GraphToPlan['schema'];
  readonly subgraphs: readonly string[];
  plan(document: DocumentNode, overrides: ReadonlyMap<string, boolean>): QueryPlan;
}

/** Plans with Apollo's planner, which also plans subscriptions. Throws what is wrong with the supergraph. */
export function createApolloPlanner(supergraphSdl: string): ApolloPlanner {
  return createApolloPlannerOn(readGraphToPlan(supergraphSdl));
}

/** The same on a supergraph that was read before. */
export function createApolloPlannerOn(graph: GraphToPlan): ApolloPlanner {
  const { schema, subgraphs, supergraph, typeNamesOf } = graph;
  const apiSchema = supergraph.apiSchema();
  const planner = new QueryPlanner(supergraph, {
    exposeDocumentNodeInFetchNode: true,
    // Operations come with their fragments expanded, so there is none to reuse.
    reuseQueryFragments: false,
    // Two fragments of one selection may lead to the same field; without this both fetch for all objects there.
    typeConditionedFetching: true,
    incrementalDelivery: { enableDefer: true },
  });
  return {
    ...{ schema, subgraphs },
    plan(document, overrides) {
      const operation = operationFromDocument(apiSchema, document, { validate: false });
      const plan = planner.buildQueryPlan(operation, { overrideConditions: new Map(overrides) });
      return graph.restore(graph.order(document, convertApolloPlan(plan, typeNamesOf)));
    },
  };
}

import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { type DocumentNode, type GraphQLSchema, parse } from 'graphql';
import { narrowFetches } from './narrow-fetches.ts';
import type { QueryPlan } from './query-plan.ts';
import { nameRequiredFields, requiredNamesIn } from './required-fields.ts';
import { requiredFirst } from './required-order.ts';
import { resolvableKeysFirst } from './resolvable-keys.ts';
import { restoreCalls } from './restored-calls.ts';
import { createTypeNames, type TypeNamesOf } from './type-names.ts';
import { refuseUnplanned } from './unplanned-fields.ts';

// The router's list: with the gateway's own, a supergraph that uses `@authenticated` would not load.
const supportedFeatures = ROUTER_SUPPORTED_SUPERGRAPH_FEATURES;

/** A supergraph as planners are given it, and what becomes of their plans; the same whichever planner it is. */
export interface GraphToPlan {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly subgraphs: readonly string[];
  /** What is planned on: it may have fields of our own invention, which clients do not see. */
  readonly supergraph: Supergraph;
  readonly document: DocumentNode;
  readonly typeNamesOf: TypeNamesOf;
  /** The fields that a subgraph has to be sent for one of its own. */
  requiredFor(subgraph: string, typeName: string, field: string): readonly string[];
  /**
   * Puts what a planner has planned in an order that works, and asks no type for what is wanted of another. Throws where
   * a field at the root is left out.
   */
  order(document: DocumentNode, plan: QueryPlan): QueryPlan;
  /** Turns our inventions in an ordered plan into what the subgraphs have. */
  restore(plan: QueryPlan): QueryPlan;
}

/** Reads a supergraph; throws what is wrong with it. */
export function readGraphToPlan(supergraphSdl: string): GraphToPlan {
  const ordered = resolvableKeysFirst(parse(supergraphSdl, { noLocation: true }));
  const required = nameRequiredFields(ordered);
  const seen = Supergraph.build(ordered, { supportedFeatures });
  // Checking it would find that the real fields are not required any more.
  const supergraph =
    required.callsByName.size === 0
      ? seen
      : Supergraph.build(required.document, { supportedFeatures, validateSupergraph: false });
  const typeNamesOf = createTypeNames(supergraph.schema);
  const schema = seen.apiSchema().toGraphQLJSSchema({ includeDefer: true });
  const requiredFor = requiredNamesIn(required.document);
  return {
    schema,
    subgraphs: supergraph.subgraphsMetadata().map(({ name }) => name),
    supergraph,
    document: required.document,
    ...{ typeNamesOf, requiredFor },
    order(document, plan) {
      refuseUnplanned(document, plan);
      return narrowFetches(requiredFirst(plan, { typeNamesOf, requiredFor }), document, schema);
    },
    restore: (plan) => restoreCalls(plan, required),
  };
}

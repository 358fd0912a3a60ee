import type { DocumentNode, GraphQLSchema } from 'graphql';
import type { QueryPlan } from './query-plan.ts';

/** Turns operations into plans for one supergraph. Another planner fits behind it by filling the same plan nodes. */
export interface Planner {
  /** What clients see: operations are validated and answers are shaped against it. */
  readonly schema: GraphQLSchema;
  /** Names of the subgraphs that plans may ask. */
  readonly subgraphs: readonly string[];
  /**
   * Plans the one operation of a document that is valid against `schema` and holds no `@skip` or `@include`, with the
   * progressive overrides in force that are true, by label. Throws or rejects with a `GraphQLError` for what it refuses
   * to plan. A planner that has to wait for somebody answers with a promise.
   */
  plan(document: DocumentNode, overrides: ReadonlyMap<string, boolean>): QueryPlan | Promise<QueryPlan>;
}

/** Builds a planner from supergraph SDL; throws when the SDL is not a supergraph it can serve. */
export type CreatePlanner = (supergraphSdl: string) => Planner;

import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';

/** A valid operation of a client, ready to be planned and run. */
export interface GraphOperation {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** The whole graph as one thing that answers operations; planning, fetching and reloads happen behind it. */
export interface FederatedGraph {
  /** What clients may ask for: the supergraph without what is inaccessible. */
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  execute(operation: GraphOperation, scope: RequestScope): Promise<ExecutionResult>;
  /** Answers a stream, or one result when the subscription could not start. */
  subscribe(operation: GraphOperation, scope: RequestScope): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  /** Called with the new schema after each reload. */
  onReload(listener: (apiSchema: GraphQLSchema, supergraphSdl: string) => void): () => void;
}

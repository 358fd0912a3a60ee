import type { GraphQLError } from 'graphql';
import type { ReadyOperation } from '../execute/prepared-operation.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import { checkOperation, type OperationLimits } from '../limits/operation-limits.ts';

/** What a client asks to run over a live connection. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export type PrepareOperation = (request: OperationRequest) => ReadyOperation | readonly GraphQLError[];

/**
 * The checks that Apollo Server makes for HTTP, for the live doors, which do not pass through it: parses, validates
 * (both remembered) and measures. Answers what is wrong, or throws an `AppError` when it is too large.
 */
export function createPrepareOperation(graph: FederatedGraph, limits: OperationLimits): PrepareOperation {
  return ({ query, operationName, variables }) => {
    const prepared = graph.executor.prepare({ source: query, operationName });
    if (prepared.kind === 'refused') return prepared.errors;
    checkOperation(graph.apiSchema, prepared.document, operationName, variables ?? {}, limits);
    return prepared;
  };
}

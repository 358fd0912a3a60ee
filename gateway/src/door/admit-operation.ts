import type { Viewer } from '@cauce/shared/auth/viewer';
import type { DocumentNode, GraphQLError } from 'graphql';
import type { GraphRequest } from '../execute/executor.ts';
import { asGraphQLError, type ReadyOperation, type RefusedOperation } from '../execute/prepared-operation.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import { checkOperation, type OperationLimits } from '../limits/operation-limits.ts';
import type { QuotaLeft } from '../limits/quota.ts';
import type { OperationParams } from './operation-params.ts';

/** An operation that may run for the viewer who asked. */
export interface AdmittedOperation {
  readonly kind: 'admitted';
  readonly operation: ReadyOperation['operation'];
  /** All that the executor needs but the scope. */
  readonly request: Omit<GraphRequest, 'scope'> & { readonly document: DocumentNode };
  /** What it may cost at most. */
  readonly cost: number;
  /** What the API key that asked may still spend. */
  readonly quotaLeft?: QuotaLeft;
}

/** Lets an operation in, or says with which errors it is refused. Never rejects. */
export type AdmitOperation = (params: OperationParams, viewer: Viewer) => Promise<AdmittedOperation | RefusedOperation>;

export interface AdmitDeps {
  readonly graph: FederatedGraph;
  readonly limits: OperationLimits;
}

/**
 * What every operation passes before it runs, whichever door it came through: it is parsed and validated (both
 * remembered) and measured.
 */
export function createAdmitOperation({ graph, limits }: AdmitDeps): AdmitOperation {
  return async ({ query, operationName, variables }, _viewer) => {
    try {
      const source = query ?? '';
      const prepared = graph.executor.prepare({ source, operationName });
      if (prepared.kind === 'refused') return prepared;
      const { document, operation } = prepared;
      const { cost } = checkOperation(graph.apiSchema, document, operationName, variables ?? {}, limits);
      return { kind: 'admitted', operation, request: { source, document, operationName, variables }, cost };
    } catch (error) {
      return refusedWith(asGraphQLError(error));
    }
  };
}

function refusedWith(error: GraphQLError): RefusedOperation {
  return { kind: 'refused', errors: [error] };
}

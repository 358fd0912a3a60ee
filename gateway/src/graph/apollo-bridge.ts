import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { AppError } from '@cauce/shared/errors/app-error';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { doorError } from '../door/public-errors.ts';
import { checkOperation, type OperationLimits } from '../limits/operation-limits.ts';
import type { FederatedGraph } from './federated-graph.ts';

/** The context of an HTTP operation inside Apollo Server. */
export interface HttpContext {
  readonly scope: RequestScope;
}

/**
 * Puts our executor behind Apollo Server's gateway interface: Apollo Server speaks HTTP, parses and validates; what
 * the operation means and how it runs is ours.
 */
export function createApolloBridge(graph: FederatedGraph, limits: OperationLimits): GatewayInterface {
  return {
    async load() {
      return {
        executor: async ({ document, source, queryHash, request, context, schema }) => {
          const { scope } = context as HttpContext;
          // The context's own name is null when the document has no such operation, and would stand for its only one.
          const { operationName } = request;
          try {
            checkOperation(schema, document, operationName, request.variables ?? {}, limits);
            const result = await graph.executor.execute({
              source,
              document,
              cacheKey: queryHash,
              operationName,
              variables: request.variables,
              scope,
            });
            if (scope.signal.aborted) throw new AppError('TIMEOUT', 'The operation took too long and was ended');
            return result;
          } catch (error) {
            throw doorError(error, scope.requestId, true);
          }
        },
      };
    },
    onSchemaLoadOrUpdate(callback) {
      const tell = () => callback({ apiSchema: graph.apiSchema, coreSupergraphSdl: graph.supergraphSdl });
      tell();
      return graph.onReload(tell);
    },
    async stop() {},
  };
}

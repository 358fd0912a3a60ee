import { anonymousViewer } from '@cauce/shared/auth/viewer';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { type ExecutionResult, execute, type GraphQLSchema, subscribe } from 'graphql';
import type { SubgraphAnswer, SubgraphRequest, Transport } from '../../transports/transport.ts';
import { createExecutor, type Executor, type ExecutorOptions } from '../executor.ts';
import { createShopSchemas, shopSupergraph } from './shop-graph.ts';
import type { ShopSubgraph } from './shop-sdl.ts';
import { createShopWorld, type ShopWorld } from './shop-world.ts';

export interface SentRequest extends SubgraphRequest {
  readonly subgraph: string;
}

export interface ShopGateway {
  readonly executor: Executor;
  readonly world: ShopWorld;
  readonly schemas: ReturnType<typeof createShopSchemas>;
  /** Every request that a subgraph was sent, in order. */
  readonly sent: SentRequest[];
  /** With which scope, in the same order. */
  readonly scopes: RequestScope[];
  /** What a subgraph answers instead of the truth, for as long as it is set. */
  readonly lies: Map<string, (request: SubgraphRequest) => SubgraphAnswer | Promise<SubgraphAnswer>>;
  ask(source: string, variables?: Record<string, unknown>, operationName?: string): Promise<ExecutionResult>;
}

export function createScope(signal: AbortSignal = new AbortController().signal): RequestScope {
  return { viewer: anonymousViewer, requestId: 'test-request', address: null, signal };
}

/** The shop behind our executor. */
export function createShopGateway(
  options: Partial<ExecutorOptions> = {},
  stream?: () => AsyncIterable<unknown>,
): ShopGateway {
  const world = createShopWorld();
  const sent: SentRequest[] = [];
  const scopes: RequestScope[] = [];
  const lies: ShopGateway['lies'] = new Map();
  const schemas = createShopSchemas(world, stream);
  const transports = new Map(
    (Object.keys(schemas) as ShopSubgraph[]).map((name): [string, Transport] => {
      const transport = createSchemaTransport(schemas[name]);
      return [
        name,
        {
          execute(request, scope) {
            sent.push({ ...request, subgraph: name });
            scopes.push(scope);
            return lies.get(name)?.(request) ?? transport.execute(request, scope);
          },
          subscribe(request, scope) {
            sent.push({ ...request, subgraph: name });
            scopes.push(scope);
            return transport.subscribe(request, scope);
          },
        },
      ];
    }),
  );
  const executor = createExecutor({ supergraphSdl: shopSupergraph, transports, ...options });
  return {
    executor,
    world,
    schemas,
    sent,
    scopes,
    lies,
    ask: (source, variables, operationName) =>
      executor.execute({ source, variables, operationName, scope: createScope() }),
  };
}

/** Runs requests on a schema, with errors as graphql-js words them. */
export function createSchemaTransport(schema: GraphQLSchema): Transport {
  const argsOf = ({ document, variables, operationName }: SubgraphRequest) => ({
    schema,
    document,
    variableValues: variables,
    operationName: operationName ?? null,
  });
  return {
    execute: (request) => execute(argsOf(request)),
    subscribe: async (request) => subscribe(argsOf(request)),
  };
}

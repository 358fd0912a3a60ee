import { createHash } from 'node:crypto';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import { createExecutor } from '@cauce/gateway/execute/executor';
import type { Observer } from '@cauce/gateway/observe/create-observer';
import type { Transport } from '@cauce/gateway/transports/transport';
import { anonymousViewer } from '@cauce/shared/auth/viewer';
import { type ExecutionResult, type GraphQLSchema, parse } from 'graphql';
import { type CannedAnswers, createCannedAnswers } from './canned-answers.ts';
import { catalogQuery, catalogSupergraph } from './catalog.ts';

/** A gateway whose subgraphs answer from a tin. */
export interface Rival {
  readonly name: string;
  readonly canned: CannedAnswers;
  run(variables: Record<string, unknown>): Promise<ExecutionResult>;
  stop(): Promise<void>;
}

/** Our executor, asked as our server asks it; with an observer, looked at as our server is. */
export function createOurs(schemas: ReadonlyMap<string, GraphQLSchema>, observer?: Observer): Rival {
  const canned = createCannedAnswers(schemas);
  const transports = new Map(
    [...schemas.keys()].map((subgraph): [string, Transport] => {
      const transport: Transport = {
        execute: async ({ query, variables }) => canned.answer(subgraph, query, variables),
        subscribe: () => Promise.reject(new Error('Nothing here is a stream')),
      };
      return [subgraph, observer?.transport(subgraph, transport) ?? transport];
    }),
  );
  const supergraph = { supergraphSdl: catalogSupergraph, transports };
  const executor =
    observer === undefined
      ? createExecutor(supergraph)
      : observer.executor(createExecutor({ ...supergraph, observer: observer.execution }));
  // Each request has a scope of its own, as at the door.
  const { signal } = new AbortController();
  const scope = () => ({ viewer: anonymousViewer, requestId: 'bench', address: null, signal });
  return {
    name: 'cauce',
    canned,
    run: (variables) => executor.execute({ source: catalogQuery, variables, scope: scope() }),
    stop: async () => undefined,
  };
}

/** `@apollo/gateway`'s executor, asked as Apollo Server asks it, with data sources that do nothing but answer. */
export async function createApollo(schemas: ReadonlyMap<string, GraphQLSchema>): Promise<Rival> {
  const canned = createCannedAnswers(schemas);
  const gateway = new ApolloGateway({
    supergraphSdl: catalogSupergraph,
    buildService: ({ name }): GraphQLDataSource => ({
      process: async ({ request }) => canned.answer(name, request.query ?? '', request.variables ?? {}),
    }),
  });
  const { executor } = await gateway.load();
  const document = parse(catalogQuery);
  const queryHash = createHash('sha256').update(catalogQuery).digest('hex');
  type Context = Parameters<typeof executor>[0];
  // Of Apollo Server's request context the executor reads these; the rest would be work that is not its own.
  return {
    name: '@apollo/gateway',
    canned,
    run: (variables) =>
      executor({
        request: { query: catalogQuery, variables },
        document,
        queryHash,
        operationName: 'Catalog',
        source: catalogQuery,
        context: {},
        metrics: {},
        overallCachePolicy: undefined,
      } as unknown as Context) as Promise<ExecutionResult>,
    stop: () => gateway.stop(),
  };
}

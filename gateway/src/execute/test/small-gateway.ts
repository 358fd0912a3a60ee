import { buildSubgraphSchema } from '@apollo/subgraph';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { type ExecutionResult, type GraphQLSchema, parse } from 'graphql';
import { composeSupergraph } from '../../compose.ts';
import type { SubgraphRequest, Transport } from '../../transports/transport.ts';
import { createExecutor, type Executor, type ExecutorOptions } from '../executor.ts';
import { createSchemaTransport, createScope, type SentRequest } from './shop-gateway.ts';

export interface SmallSubgraph {
  /** Without the `@link`, which every one of them gets. */
  readonly sdl: string;
  readonly resolvers?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface SmallGateway {
  readonly executor: Executor;
  readonly supergraphSdl: string;
  readonly schemas: ReadonlyMap<string, GraphQLSchema>;
  /** Every request that a subgraph was sent, in order. */
  readonly sent: SentRequest[];
  ask(source: string, variables?: Record<string, unknown>, scope?: RequestScope): Promise<ExecutionResult>;
}

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key" "@shareable" "@requires" "@external" "@provides" "@interfaceObject" "@override" "@inaccessible" "@authenticated" "@requiresScopes" "@policy"])';

/** A graph of a few subgraphs written in a test, behind our executor. */
export function createSmallGateway(
  subgraphs: Readonly<Record<string, SmallSubgraph>>,
  options: Partial<ExecutorOptions> = {},
): SmallGateway {
  const sdls = Object.entries(subgraphs).map(([name, { sdl }]) => ({ name, sdl: `${link}\n${sdl}` }));
  const schemas = new Map(
    sdls.map(({ name, sdl }) => {
      const resolvers = subgraphs[name]?.resolvers ?? {};
      return [name, buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never })] as const;
    }),
  );
  const sent: SentRequest[] = [];
  const transports = new Map(
    [...schemas].map(([name, schema]) => [name, recording(createSchemaTransport(schema), name, sent)] as const),
  );
  const supergraphSdl = composeSupergraph(sdls);
  const executor = createExecutor({ supergraphSdl, transports, ...options });
  return {
    executor,
    supergraphSdl,
    schemas,
    sent,
    ask: (source, variables, scope = createScope()) => executor.execute({ source, variables, scope }),
  };
}

function recording(transport: Transport, subgraph: string, sent: SentRequest[]): Transport {
  const record = (request: SubgraphRequest) => void sent.push({ ...request, subgraph });
  return {
    execute(request, scope) {
      record(request);
      return transport.execute(request, scope);
    },
    subscribe(request, scope) {
      record(request);
      return transport.subscribe(request, scope);
    },
  };
}

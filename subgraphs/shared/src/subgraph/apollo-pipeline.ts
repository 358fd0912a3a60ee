import { ApolloServer, type ApolloServerOptions } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { Log } from '../log/log.ts';
import type { OperationRunner, SubgraphOperation } from './operation-runner.ts';
import type { RequestScope } from './request-scope.ts';
import type { Subgraph } from './subgraph.ts';

export interface ApolloPipeline {
  execute(operation: SubgraphOperation, scope: RequestScope): Promise<FormattedExecutionResult>;
  stop(): Promise<void>;
}

interface PipelineContext {
  readonly scope: RequestScope;
}

/**
 * Apollo Server before a subgraph that runs alone: it reads operations and has room for its plugins. What executes is
 * the runner, as in one process, so that the answers of both ways are the same.
 */
export async function startApolloPipeline(
  { name, schema }: Subgraph,
  runner: OperationRunner,
  log: Log,
): Promise<ApolloPipeline> {
  const server = new ApolloServer<PipelineContext>({
    gateway: {
      load: async () => ({
        executor: async ({ document, request, context, source }) => {
          const { scope } = context as PipelineContext;
          const { variables = {}, operationName } = request;
          return runner.execute(
            { query: source, document, variables, operationName },
            scope,
          ) as Promise<ExecutionResult>;
        },
      }),
      onSchemaLoadOrUpdate(tell) {
        tell({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => {};
      },
      stop: async () => {},
    },
    // Only the gateway comes this far, with operations that were planned against this schema.
    introspection: true,
    dangerouslyDisableValidation: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    persistedQueries: false,
    logger: loggerOf(log, name),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await server.start();
  return {
    async execute({ query, variables = {}, operationName }, scope) {
      const { body } = await server.executeOperation(
        { query, variables, ...(operationName === undefined ? {} : { operationName }) },
        { contextValue: { scope } },
      );
      if (body.kind !== 'single') throw new Error(`${name} answered in parts`);
      return body.singleResult;
    },
    stop: () => server.stop(),
  };
}

function loggerOf(log: Log, subgraph: string): NonNullable<ApolloServerOptions<PipelineContext>['logger']> {
  return {
    debug: () => {},
    info: () => {},
    warn: (message: string) => log.warn({ subgraph }, message),
    error: (message: string) => log.error({ subgraph }, message),
  };
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify';
import type { Log } from '@cauce/shared/log/log';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createApolloBridge, type HttpContext } from '../graph/apollo-bridge.ts';
import { maxTokens, type OperationLimits } from '../limits/operation-limits.ts';
import { prefersEventStream } from '../live/preferred-answer.ts';
import { createEventStreamHandler, type EventStreamOptions } from '../live/sse-route.ts';
import { credentialFromHeaders } from './credential.ts';
import { doorError, publicError } from './public-errors.ts';
import { createRequestScope, requestIdFrom } from './request-scope.ts';
import type { ViewerResolver } from './viewer-resolver.ts';

export interface GraphqlRouteOptions extends EventStreamOptions {
  readonly path: string;
  readonly limits: OperationLimits;
  readonly isIntrospectionAllowed: boolean;
  readonly timeoutMs: number;
}

/** The GraphQL path over HTTP: JSON through Apollo Server, event streams beside it. */
export async function registerGraphql(
  app: FastifyInstance,
  options: GraphqlRouteOptions,
): Promise<() => Promise<void>> {
  const { graph, limits, viewers, log, path } = options;
  // Apollo Server refuses some requests before it makes a context: their errors need the request id as well.
  const requestIds = new AsyncLocalStorage<string>();
  const apollo = new ApolloServer<HttpContext>({
    gateway: createApolloBridge(graph, limits),
    introspection: options.isIntrospectionAllowed,
    hideSchemaDetailsFromClientErrors: !options.isIntrospectionAllowed,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens },
    // Gives every error one of our codes and the request id, whoever made it: parser, validation, executor.
    formatError: (error) => publicError(error, requestIds.getStore() ?? 'none'),
    logger: quietLogger(log),
    plugins: [fastifyApolloDrainPlugin(app), ApolloServerPluginUsageReportingDisabled()],
  });
  await apollo.start();
  const answerJson = fastifyApolloHandler(apollo, {
    context: async (request, reply) =>
      openRequest(request, reply, requestIds.getStore() ?? requestIdFrom(undefined), viewers, options.timeoutMs),
  });
  const answerStream = createEventStreamHandler(options);
  app.route({
    url: path,
    method: ['GET', 'POST'],
    handler(request, reply) {
      if (prefersEventStream(request.headers.accept)) return answerStream(request, reply);
      const requestId = requestIdFrom(request.headers['x-request-id']);
      reply.header('x-request-id', requestId);
      return requestIds.run(requestId, () => answerJson.call(this, request as never, reply as never));
    },
  });
  return () => apollo.stop();
}

/** Identity, id and deadline of one HTTP operation. A refusal here is answered before the operation is read. */
async function openRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  requestId: string,
  viewers: ViewerResolver,
  timeoutMs: number,
): Promise<HttpContext> {
  try {
    const viewer = await viewers.resolve(credentialFromHeaders(request.headers));
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(timeoutMs)]);
    return { scope: createRequestScope({ viewer, requestId, address: request.ip, signal }) };
  } catch (error) {
    throw doorError(error, requestId, true);
  }
}

function quietLogger(log: Log) {
  return {
    debug: () => {},
    info: () => {},
    warn: (message?: string) => log.warn(message),
    error: (message?: string) => log.error(message),
  };
}

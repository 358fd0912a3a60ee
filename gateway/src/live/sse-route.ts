import { AppError } from '@cauce/shared/errors/app-error';
import { errorCodes } from '@cauce/shared/errors/error-codes';
import { writeEventStream } from '@cauce/shared/http/event-stream';
import type { Log } from '@cauce/shared/log/log';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { credentialFromHeaders } from '../door/credential.ts';
import type { PrepareOperation } from '../door/prepare-operation.ts';
import { doorError, publicError } from '../door/public-errors.ts';
import { createRequestScope, requestIdFrom } from '../door/request-scope.ts';
import type { ViewerResolver } from '../door/viewer-resolver.ts';
import type { ReadyOperation } from '../execute/prepared-operation.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import type { LiveConnections } from './connections.ts';
import { endEventStream, eventTexts } from './event-stream.ts';
import { keepSession } from './live-session.ts';

export interface EventStreamOptions {
  readonly graph: FederatedGraph;
  readonly viewers: ViewerResolver;
  readonly prepare: PrepareOperation;
  readonly connections: LiveConnections;
  readonly log: Log;
}

const requestSchema = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: z.record(z.string(), z.unknown()).nullish(),
});

/** Answers any operation as an event stream: subscriptions without a WebSocket, through every proxy. */
export function createEventStreamHandler({ graph, viewers, prepare, connections, log }: EventStreamOptions) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const requestId = requestIdFrom(request.headers['x-request-id']);
    const ended = new AbortController();
    reply.raw.once('close', () => ended.abort());
    try {
      const caller = await viewers.identify(credentialFromHeaders(request.headers));
      const { viewer } = caller;
      const operation = readRequest(request);
      const prepared = prepare(operation);
      if ('length' in prepared)
        return refuse(
          reply,
          400,
          prepared.map((error) => publicError(error, requestId)),
        );
      // A page of another origin can make a browser send a GET with cookies; we take none, and still no change by GET.
      if (request.method === 'GET' && prepared.operation.operation === 'mutation')
        throw new AppError('BAD_REQUEST', 'Mutations need POST');
      const scope = createRequestScope({ viewer, requestId, address: request.ip, signal: ended.signal });
      const run = { ...operation, source: operation.query, document: prepared.document, scope };
      const { executor } = graph;
      const results = await (isStream(prepared) ? executor.subscribe(run) : executor.execute(run));
      reply.hijack();
      const release = keepSession(connections, caller, (_code, reason) => {
        endEventStream(reply.raw, reason);
        ended.abort();
      });
      try {
        await writeEventStream(reply.raw, eventTexts(results, requestId), plainHeaders(reply, requestId), ended.signal);
      } finally {
        release();
        ended.abort();
      }
    } catch (error) {
      if (reply.sent || reply.raw.headersSent) return log.info({ err: error, requestId }, 'an event stream was cut');
      const known = error instanceof GraphQLError ? new AppError('GRAPHQL_PARSE_FAILED', error.message) : error;
      const status = known instanceof AppError ? errorCodes[known.code] : 500;
      if (!(known instanceof AppError)) log.error({ err: error, requestId }, 'an event stream could not be opened');
      return refuse(reply, status, [publicError(doorError(known, requestId), requestId)]);
    }
  };
}

function isStream({ operation }: ReadyOperation): boolean {
  return operation.operation === 'subscription';
}

function readRequest(request: FastifyRequest): z.output<typeof requestSchema> {
  const raw = request.method === 'GET' ? fromQueryString(request.query as Record<string, string>) : request.body;
  const parsed = requestSchema.safeParse(raw);
  if (!parsed.success)
    throw new AppError('BAD_REQUEST', 'The request needs a query, and may have operationName and variables');
  return parsed.data;
}

function fromQueryString({ query, operationName, variables }: Readonly<Record<string, string>>): unknown {
  try {
    return { query, operationName, variables: variables === undefined ? undefined : JSON.parse(variables) };
  } catch {
    throw new AppError('BAD_REQUEST', 'variables is not JSON');
  }
}

function plainHeaders(reply: FastifyReply, requestId: string): Record<string, string> {
  const headers: Record<string, string> = { 'x-request-id': requestId };
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) headers[name] = String(value);
  return headers;
}

async function refuse(reply: FastifyReply, status: number, errors: readonly unknown[]): Promise<void> {
  await reply.status(status).type('application/json; charset=utf-8').send({ errors });
}

import { AppError } from '@cauce/shared/errors/app-error';
import { errorCodes } from '@cauce/shared/errors/error-codes';
import { writeEventStream } from '@cauce/shared/http/event-stream';
import type { Log } from '@cauce/shared/log/log';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { AdmitOperation } from '../door/admit-operation.ts';
import { credentialFromHeaders } from '../door/credential.ts';
import { refuseCrossSite } from '../door/cross-site.ts';
import { statusOf } from '../door/http-answer.ts';
import { readOperationParams, readQueryString } from '../door/operation-params.ts';
import { doorError, publicError, publicResult } from '../door/public-errors.ts';
import { createRequestScope, requestIdFrom } from '../door/request-scope.ts';
import type { ViewerResolver } from '../door/viewer-resolver.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import type { StreamHub } from '../streams/stream-hub.ts';
import type { LiveConnections } from './connections.ts';
import { endEventStream } from './event-stream.ts';
import { createEventStreamMember } from './event-stream-member.ts';
import { keepSession } from './live-session.ts';
import { resumeFromExtensions, resumeFromHeader } from './resume-request.ts';

export interface EventStreamOptions {
  readonly graph: FederatedGraph;
  readonly hub: StreamHub;
  readonly viewers: ViewerResolver;
  readonly admit: AdmitOperation;
  readonly allowedOrigins: readonly string[];
  readonly connections: LiveConnections;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Between comments on a quiet stream. Default 12,000. */
  readonly heartbeatMs?: number;
  /** Between look-ups of the API key of a stream. Default 60,000. */
  readonly lookUpAgainMs?: number;
}

/** Answers any operation as an event stream: subscriptions without a WebSocket, through every proxy. */
export function createEventStreamHandler(options: EventStreamOptions) {
  const { graph, hub, viewers, admit, allowedOrigins, connections, log, metrics, heartbeatMs, lookUpAgainMs } = options;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const requestId = requestIdFrom(request.headers['x-request-id']);
    const ended = new AbortController();
    reply.raw.once('close', () => ended.abort());
    try {
      refuseCrossSite(request.method, request.headers, allowedOrigins);
      const params = request.method === 'GET' ? readQueryString(request.query) : readOperationParams(request.body);
      const credential = credentialFromHeaders(request.headers);
      const identify = () => viewers.identify(credential);
      const caller = await identify();
      const { viewer } = caller;
      const admitted = await admit(params, viewer);
      if (admitted.kind === 'refused')
        return refuse(
          reply,
          statusOf(publicResult(admitted, requestId), 'graphql-response'),
          admitted.errors,
          requestId,
        );
      const kind = admitted.operation.operation;
      if (request.method === 'GET' && kind === 'mutation')
        throw new AppError('METHOD_NOT_ALLOWED', 'Mutations need POST');
      const headers = plainHeaders(reply, requestId);
      if (kind !== 'subscription') {
        const scope = createRequestScope({ viewer, requestId, address: request.ip, signal: ended.signal });
        const result = await graph.executor.execute({ ...admitted.request, scope });
        reply.hijack();
        return await writeEventStream(reply.raw, onlyText(result, requestId), headers, ended.signal);
      }
      connections.checkRoom();
      const resume = resumeFromHeader(request.headers['last-event-id']) ?? resumeFromExtensions(params.extensions);
      const member = createEventStreamMember({ response: reply.raw, headers, metrics, heartbeatMs });
      // EventSource reads by GET, and brings the last id when it comes back without having said that it would.
      const comesBack = resume !== null || request.method === 'GET';
      const joined = await hub.join({ request: admitted.request, viewer, member, resume, comesBack });
      reply.hijack();
      if (!('leave' in joined))
        return await writeEventStream(reply.raw, onlyText(joined, requestId), headers, ended.signal);
      member.open();
      const end = (_code: number, reason: string) => endEventStream(reply.raw, reason);
      const release = keepSession({
        ...{ connections, caller, identify, end },
        ...(lookUpAgainMs !== undefined && { lookUpAgainMs }),
      });
      const leave = () => {
        release();
        // Leaving and being cut off look the same from here.
        joined.leave('cut');
      };
      if (ended.signal.aborted) leave();
      else ended.signal.addEventListener('abort', leave, { once: true });
    } catch (error) {
      if (reply.sent || reply.raw.headersSent) return log.info({ err: error, requestId }, 'an event stream was cut');
      const status = error instanceof AppError ? errorCodes[error.code] : 500;
      if (!(error instanceof AppError)) log.error({ err: error, requestId }, 'an event stream could not be opened');
      return refuse(reply, status, [doorError(error, requestId)], requestId);
    }
  };
}

async function* onlyText(result: ExecutionResult, requestId: string): AsyncGenerator<string, void, void> {
  yield JSON.stringify(publicResult(result, requestId));
}

function plainHeaders(reply: FastifyReply, requestId: string): Record<string, string> {
  const headers: Record<string, string> = { 'x-request-id': requestId };
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) headers[name] = String(value);
  return headers;
}

async function refuse(
  reply: FastifyReply,
  status: number,
  errors: readonly GraphQLError[],
  requestId: string,
): Promise<void> {
  const body = { errors: errors.map((error) => publicError(error, requestId)) };
  await reply.status(status).type('application/json; charset=utf-8').send(body);
}

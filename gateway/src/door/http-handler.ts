import type { Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { asGraphQLError } from '../execute/prepared-operation.ts';
import { resultText } from '../execute/shared-reads.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import type { AdmitOperation, AdmittedOperation } from './admit-operation.ts';
import type { AnswerFormat } from './answer-format.ts';
import { credentialFromHeaders } from './credential.ts';
import { refuseCrossSite } from './cross-site.ts';
import { startDeadline } from './deadline.ts';
import { contentTypes, statusOf } from './http-answer.ts';
import { limitHeaders } from './limit-headers.ts';
import { readOperationParams, readQueryString } from './operation-params.ts';
import { publicResult } from './public-errors.ts';
import { createRequestScope, requestIdFrom } from './request-scope.ts';
import type { ViewerResolver } from './viewer-resolver.ts';

export interface HttpHandlerOptions {
  readonly graph: FederatedGraph;
  readonly viewers: ViewerResolver;
  readonly admit: AdmitOperation;
  readonly allowedOrigins: readonly string[];
  readonly timeoutMs: number;
}

/**
 * Answers one operation with one JSON text, as GraphQL over HTTP has it. What keeps a request from being read at all
 * is thrown, for the door's error handler; every later refusal is an answer.
 */
export function createHttpHandler({ graph, viewers, admit, allowedOrigins, timeoutMs }: HttpHandlerOptions) {
  const answer = async (
    admitted: AdmittedOperation,
    viewer: Viewer,
    request: FastifyRequest,
    reply: FastifyReply,
    requestId: string,
  ): Promise<ExecutionResult> => {
    const deadline = startDeadline(reply.raw, timeoutMs);
    try {
      const { signal } = deadline;
      const scope = createRequestScope({ viewer, requestId, address: request.ip, signal });
      const result = await graph.executor.execute({ ...admitted.request, scope });
      return signal.aborted ? { errors: [asGraphQLError(signal.reason)] } : result;
    } finally {
      deadline.clear();
    }
  };

  return async (request: FastifyRequest, reply: FastifyReply, format: AnswerFormat): Promise<FastifyReply> => {
    if (format !== 'json' && format !== 'graphql-response')
      throw new AppError('NOT_ACCEPTABLE', `Answers are ${Object.values(contentTypes).join(' or ')}`);
    refuseCrossSite(request.method, request.headers, allowedOrigins);
    const params = request.method === 'GET' ? readQueryString(request.query) : readOperationParams(request.body);
    const requestId = requestIdFrom(request.headers['x-request-id']);
    const viewer = await viewers.resolve(credentialFromHeaders(request.headers));
    const admitted = await admit(params, viewer);
    if (admitted.kind === 'admitted') refuseByMethod(request, reply, admitted);
    const result =
      admitted.kind === 'refused'
        ? { errors: admitted.errors }
        : await answer(admitted, viewer, request, reply, requestId);
    const formatted = publicResult(result, requestId);
    return reply
      .status(statusOf(formatted, format))
      .header('x-request-id', requestId)
      .header('cache-control', 'no-store')
      .header('content-type', contentTypes[format])
      .headers(limitHeaders(formatted, admitted.kind === 'admitted' ? admitted.quotaLeft : undefined))
      .send(isAsWorkedOut(result) ? resultText(result) : JSON.stringify(formatted));
  };
}

/** Nothing of it has to be made fit for the public. */
function isAsWorkedOut({ errors, extensions }: ExecutionResult): boolean {
  return errors === undefined && extensions === undefined;
}

/** A link must not change anything, and JSON is one answer where a subscription has many. */
function refuseByMethod(request: FastifyRequest, reply: FastifyReply, { operation }: AdmittedOperation): void {
  if (operation.operation === 'subscription')
    throw new AppError('NOT_ACCEPTABLE', 'A subscription is answered over graphql-ws or as text/event-stream');
  if (operation.operation === 'mutation' && request.method === 'GET') {
    reply.header('allow', 'POST');
    throw new AppError('METHOD_NOT_ALLOWED', 'Mutations need POST');
  }
}

import type { Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { asGraphQLError } from '../execute/prepared-operation.ts';
import { resultText } from '../execute/shared-reads.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import type { AdmitOperation, AdmittedOperation } from './admit-operation.ts';
import type { ExplainAnswer } from './answer-extensions.ts';
import type { AnswerFormat } from './answer-format.ts';
import { credentialFromHeaders } from './credential.ts';
import { refuseCrossSite } from './cross-site.ts';
import { startDeadline } from './deadline.ts';
import { contentTypes, statusOf } from './http-answer.ts';
import { limitHeaders } from './limit-headers.ts';
import { acceptsParts, writeParts } from './multipart-answer.ts';
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
  /** Tells of an answer what only some may know. */
  readonly explain?: ExplainAnswer;
}

/**
 * Answers one operation with one JSON text, as GraphQL over HTTP has it. What keeps a request from being read at all
 * is thrown, for the door's error handler; every later refusal is an answer.
 */
export function createHttpHandler(options: HttpHandlerOptions) {
  const { graph, viewers, admit, allowedOrigins, timeoutMs } = options;
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

  /** Answers in parts; in one piece, as always, when there turns out to be nothing to wait for. */
  const answerInParts = async (
    admitted: AdmittedOperation,
    viewer: Viewer,
    request: FastifyRequest,
    reply: FastifyReply,
    requestId: string,
  ): Promise<ExecutionResult | null> => {
    const deadline = startDeadline(reply.raw, timeoutMs);
    try {
      const { signal } = deadline;
      const scope = createRequestScope({ viewer, requestId, address: request.ip, signal });
      const result = await graph.executor.executeIncrementally({ ...admitted.request, scope });
      if (!('rest' in result)) return signal.aborted ? { errors: [asGraphQLError(signal.reason)] } : result;
      reply.hijack();
      const headers = { ...plainHeaders(reply), 'x-request-id': requestId };
      await writeParts(reply.raw, result, headers, requestId, signal);
      return null;
    } finally {
      deadline.clear();
    }
  };
  const isInParts = (admitted: AdmittedOperation, accept: string | undefined): boolean => {
    if (!acceptsParts(accept)) return false;
    const prepared = graph.executor.prepare(admitted.request);
    return prepared.kind === 'ready' && prepared.hasDefer;
  };

  return async (request: FastifyRequest, reply: FastifyReply, wanted: AnswerFormat): Promise<FastifyReply> => {
    const { accept } = request.headers;
    // Who reads JSON between dashes reads JSON.
    const format = wanted ?? (acceptsParts(accept) ? 'json' : null);
    if (format !== 'json' && format !== 'graphql-response')
      throw new AppError('NOT_ACCEPTABLE', `Answers are ${Object.values(contentTypes).join(' or ')}`);
    refuseCrossSite(request.method, request.headers, allowedOrigins);
    const params = request.method === 'GET' ? readQueryString(request.query) : readOperationParams(request.body);
    const requestId = requestIdFrom(request.headers['x-request-id']);
    const viewer = await viewers.resolve(credentialFromHeaders(request.headers));
    const admitted = await admit(params, viewer);
    if (admitted.kind === 'admitted') refuseByMethod(request, reply, admitted);
    const answered =
      admitted.kind === 'refused'
        ? { errors: admitted.errors }
        : isInParts(admitted, accept)
          ? await answerInParts(admitted, viewer, request, reply, requestId)
          : await answer(admitted, viewer, request, reply, requestId);
    if (answered === null) return reply;
    const extensions =
      admitted.kind === 'admitted' ? ((await options.explain?.(params, admitted, viewer)) ?? null) : null;
    const result: ExecutionResult = extensions === null ? answered : { ...answered, extensions };
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

function plainHeaders(reply: FastifyReply): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined) headers[name] = String(value);
  return headers;
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

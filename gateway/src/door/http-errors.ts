import { AppError } from '@cauce/shared/errors/app-error';
import { type ErrorCode, errorCodes } from '@cauce/shared/errors/error-codes';
import type { Log } from '@cauce/shared/log/log';
import type { FastifyInstance } from 'fastify';
import { answerFormat } from './answer-format.ts';
import { contentTypes } from './http-answer.ts';
import { doorError, publicError } from './public-errors.ts';
import { requestIdFrom } from './request-scope.ts';

const fastifyCodes: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FST_REQ_FILE_TOO_LARGE: 'PAYLOAD_TOO_LARGE',
  FST_FILES_LIMIT: 'BAD_REQUEST',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'UNSUPPORTED_MEDIA_TYPE',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'BAD_REQUEST',
  FST_ERR_CTP_INVALID_JSON_BODY: 'BAD_REQUEST',
};

/** Every refusal outside GraphQL has the same body as one inside: `errors[]` with a code and the request id. */
export function registerHttpErrors(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error, request, reply) => {
    const requestId = requestIdFrom(request.headers['x-request-id']);
    const known = asAppError(error);
    if (known.code === 'INTERNAL') log.error({ err: error, requestId, path: request.url }, 'a request failed');
    return reply
      .status(errorCodes[known.code])
      .header('x-request-id', requestId)
      .type(contentTypes[answerFormat(request.headers.accept) === 'graphql-response' ? 'graphql-response' : 'json'])
      .send(JSON.stringify({ errors: [publicError(doorError(known, requestId), requestId)] }));
  });
  app.setNotFoundHandler((request, reply) => {
    const requestId = requestIdFrom(request.headers['x-request-id']);
    const error = new AppError('NOT_FOUND', 'There is nothing at this address');
    return reply
      .status(404)
      .header('x-request-id', requestId)
      .send({ errors: [publicError(doorError(error, requestId), requestId)] });
  });
}

/** What was thrown, by Fastify or by us, as a failure with one of our codes. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const known = fastifyCodes[code];
  if (known !== undefined && error instanceof Error) return new AppError(known, error.message, { cause: error });
  // A body that is no JSON reaches us as a bare SyntaxError.
  if (error instanceof SyntaxError) return new AppError('BAD_REQUEST', 'The body is not JSON', { cause: error });
  return new AppError('INTERNAL', 'Something went wrong on our side', { cause: error });
}

import { AppError } from '@cauce/shared/errors/app-error';
import { type ErrorCode, errorCodes } from '@cauce/shared/errors/error-codes';
import { type ExecutionResult, type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';

/** Codes that Apollo Server uses, in our words; the others are the same in both. */
const apolloCodes: Readonly<Record<string, ErrorCode>> = {
  INTERNAL_SERVER_ERROR: 'INTERNAL',
  OPERATION_RESOLUTION_FAILURE: 'GRAPHQL_VALIDATION_FAILED',
};

/** A failure at the door as GraphQL says it. `asHttp` sets the status that HTTP clients see. */
export function doorError(error: unknown, requestId: string, asHttp = false): GraphQLError {
  const known =
    error instanceof AppError ? error : new AppError('INTERNAL', 'Something went wrong on our side', { cause: error });
  const http = asHttp ? { http: { status: errorCodes[known.code] } } : {};
  return new GraphQLError(known.message, {
    extensions: { code: known.code, ...known.detail, requestId, ...http },
    originalError: known,
  });
}

/** What leaves for the client: one of our codes, no stack, no inner message of an unexpected failure. */
export function publicError(error: GraphQLError | GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  const formatted = error instanceof GraphQLError ? error.toJSON() : error;
  const { stacktrace: _stack, http: _http, ...extensions } = formatted.extensions ?? {};
  const code = publicCode(extensions.code, formatted.message);
  return {
    ...formatted,
    message: code === 'INTERNAL' ? 'Something went wrong on our side' : formatted.message,
    extensions: { ...extensions, code, requestId: extensions.requestId ?? requestId },
  };
}

/** A result as it leaves over a live connection. */
export function publicResult(
  { errors, data, extensions }: ExecutionResult,
  requestId: string,
): FormattedExecutionResult {
  return {
    ...(errors === undefined ? {} : { errors: errors.map((error) => publicError(error, requestId)) }),
    ...(data === undefined ? {} : { data }),
    ...(extensions === undefined ? {} : { extensions }),
  };
}

function publicCode(code: unknown, message: string): ErrorCode {
  if (typeof code !== 'string') return 'INTERNAL';
  if (code === 'BAD_REQUEST') return message.includes('CSRF') ? 'CSRF_PREVENTED' : 'BAD_REQUEST';
  if (code === 'GRAPHQL_PARSE_FAILED' && message.includes('tokens')) return 'TOO_MANY_TOKENS';
  // Apollo Server's rule says the first, graphql's own the second.
  if (code === 'GRAPHQL_VALIDATION_FAILED' && /introspection (?:is not allowed|has been disabled)/.test(message)) {
    return 'INTROSPECTION_DISABLED';
  }
  const mapped = apolloCodes[code];
  if (mapped !== undefined) return mapped;
  return isErrorCode(code) ? code : 'INTERNAL';
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}

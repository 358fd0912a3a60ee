import { AppError } from '@cauce/shared/errors/app-error';
import { type ErrorCode, errorCodes } from '@cauce/shared/errors/error-codes';
import { type ExecutionResult, type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';

/** A failure at the door as GraphQL says it. */
export function doorError(error: unknown, requestId: string): GraphQLError {
  const known =
    error instanceof AppError ? error : new AppError('INTERNAL', 'Something went wrong on our side', { cause: error });
  return new GraphQLError(known.message, {
    extensions: { code: known.code, ...known.detail, requestId },
    originalError: known,
  });
}

/** What leaves for the client: one of our codes, no stack, no inner message of an unexpected failure. */
export function publicError(error: GraphQLError | GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  const formatted = error instanceof GraphQLError ? error.toJSON() : error;
  const { stacktrace: _stack, ...extensions } = formatted.extensions ?? {};
  const code = publicCode(extensions.code, formatted.message);
  return {
    ...formatted,
    message: code === 'INTERNAL' ? 'Something went wrong on our side' : formatted.message,
    extensions: { ...extensions, code, requestId: extensions.requestId ?? requestId },
  };
}

/** A result as it leaves, through any door. */
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
  if (code === 'GRAPHQL_PARSE_FAILED' && message.includes('tokens')) return 'TOO_MANY_TOKENS';
  if (code === 'GRAPHQL_VALIDATION_FAILED' && message.startsWith('GraphQL introspection has been disabled'))
    return 'INTROSPECTION_DISABLED';
  return isErrorCode(code) ? code : 'INTERNAL';
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}

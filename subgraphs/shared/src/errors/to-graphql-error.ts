import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { AppError } from './app-error.ts';
import { errorCodes } from './error-codes.ts';

export interface MappedError {
  readonly error: GraphQLError;
  /** A bug or an outage, to be logged with its cause; otherwise the caller's own doing. */
  readonly isUnexpected: boolean;
}

/**
 * The one mapper from whatever was thrown to what a client may read: a known code and message, the request id, and
 * never a stack, SQL or an inner message.
 */
export function toGraphQLError(error: GraphQLError, requestId: string): MappedError {
  const original = rootCause(error);
  const place = placeOf(error);
  if (original instanceof AppError) {
    return {
      error: new GraphQLError(original.message, {
        ...place,
        extensions: { code: original.code, ...original.detail, requestId },
      }),
      isUnexpected: original.code === 'INTERNAL',
    };
  }
  const isOwn = original === null || original instanceof GraphQLError;
  const code = isOwn ? knownCode(error.extensions.code) : null;
  if (isOwn) {
    // graphql-js itself speaks here: a bad variable, a scalar that did not parse. No code means bad input.
    return {
      error: new GraphQLError(error.message, {
        ...place,
        extensions: { ...error.extensions, code: code ?? 'BAD_USER_INPUT', requestId },
      }),
      isUnexpected: false,
    };
  }
  return {
    error: new GraphQLError('Something went wrong on our side', {
      ...place,
      extensions: { code: 'INTERNAL', requestId },
    }),
    isUnexpected: true,
  };
}

function placeOf({ nodes, source, positions, path }: GraphQLError): GraphQLErrorOptions {
  return { nodes: nodes ?? null, source: source ?? null, positions: positions ?? null, path: path ?? null };
}

function rootCause(error: GraphQLError): Error | null {
  let current: Error | null | undefined = error;
  while (current instanceof GraphQLError && current.originalError) current = current.originalError;
  return current === error ? null : (current ?? null);
}

function knownCode(code: unknown): string | null {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code) ? code : null;
}

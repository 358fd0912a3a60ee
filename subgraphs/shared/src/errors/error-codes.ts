/**
 * Every `extensions.code` the graph can answer with, and the HTTP status the REST doors use for it.
 * `docs/error-codes.md` is held against this list by a test.
 */
export const errorCodes = {
  UNAUTHENTICATED: 401,
  TOKEN_EXPIRED: 401,
  FORBIDDEN: 403,
  BAD_USER_INPUT: 400,
  GRAPHQL_PARSE_FAILED: 400,
  GRAPHQL_VALIDATION_FAILED: 400,
  OPERATION_TOO_DEEP: 400,
  OPERATION_TOO_COSTLY: 400,
  TOO_MANY_ALIASES: 400,
  TOO_MANY_TOKENS: 400,
  TOO_MANY_DIRECTIVES: 400,
  INTROSPECTION_DISABLED: 400,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  CSRF_PREVENTED: 400,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  TIMEOUT: 504,
  SUBGRAPH_UNAVAILABLE: 503,
  UPSTREAM_UNAVAILABLE: 503,
  SLOW_CONSUMER: 503,
  INTERNAL: 500,
} as const;

export type ErrorCode = keyof typeof errorCodes;

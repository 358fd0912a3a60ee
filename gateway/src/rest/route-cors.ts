import type { FastifyCorsOptions } from '@fastify/cors';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What `@fastify/cors` does differently for one route. */
    cors?: Omit<FastifyCorsOptions, 'origin'>;
  }
}

/** What browsers of allowed origins may send to an address and read of its answer: more than the GraphQL door needs. */
export function routeCors(methods: readonly string[]): Omit<FastifyCorsOptions, 'origin'> {
  return {
    methods: [...methods],
    allowedHeaders: [
      'authorization',
      'content-type',
      'x-api-key',
      'x-request-id',
      'traceparent',
      'tracestate',
      'if-none-match',
      'accept-language',
    ],
    exposedHeaders: [
      'x-request-id',
      'retry-after',
      'ratelimit',
      'ratelimit-policy',
      'x-operation-cost',
      'link',
      'etag',
      'content-disposition',
      'allow',
    ],
    // A plain OPTIONS, which asks for `Allow`, is no broken preflight.
    strictPreflight: false,
  };
}

import type { FastifyInstance } from 'fastify';

export interface RequestCounts {
  /** Requests that this process answered since it started, and those of them that failed on our side (5xx). */
  read(): { readonly total: number; readonly failed: number };
}

/** Counts every answer of the door. */
export function countRequests(app: FastifyInstance): RequestCounts {
  let total = 0;
  let failed = 0;
  app.addHook('onResponse', async (_request, { statusCode }) => {
    total += 1;
    if (statusCode >= 500 && statusCode !== 501) failed += 1;
  });
  return { read: () => ({ total, failed }) };
}

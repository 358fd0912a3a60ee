import { randomUUID } from 'node:crypto';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';

const acceptableId = /^[\w.:-]{8,128}$/;

/** The request's id: the caller's own `X-Request-Id` when it is harmless text, so that both sides' logs meet. */
export function requestIdFrom(header: unknown): string {
  return typeof header === 'string' && acceptableId.test(header) ? header : randomUUID();
}

export interface ScopeOptions {
  readonly viewer: Viewer;
  readonly requestId: string;
  readonly address: string | null;
  readonly signal: AbortSignal;
}

/** One object for one request: subgraph contexts and loaders hang on its identity, so it is never copied. */
export function createRequestScope({ viewer, requestId, address, signal }: ScopeOptions): RequestScope {
  return { viewer, requestId, address, signal };
}

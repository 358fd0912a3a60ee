import type { Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { credentialFromHeaders } from '../door/credential.ts';
import { limitHeaders } from '../door/limit-headers.ts';
import { createRequestScope, requestIdFrom } from '../door/request-scope.ts';
import type { ViewerResolver } from '../door/viewer-resolver.ts';
import type { QuotaLeft } from '../limits/quota.ts';

/** Who asks, for how long, and as which request. */
export interface RestRequest {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** Aborts when the client has gone. */
  readonly gone: AbortSignal;
  /**
   * A scope for one operation, with the viewer's rights of now and a deadline of its own: a long export asks again
   * before each page, so that rights which end on the way end the export.
   */
  scope(): Promise<RequestScope>;
  /** Tells the client what its key has left, as long as the answer's head is not sent. */
  charged(quotaLeft: QuotaLeft | undefined): void;
}

export interface RestRequestOptions {
  readonly viewers: ViewerResolver;
  /** How long one operation may take. */
  readonly timeoutMs: number;
}

/** Opens a request. Throws UNAUTHENTICATED for a bad credential, and for none unless the address is public. */
export async function openRestRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  { viewers, timeoutMs }: RestRequestOptions,
  isPublic: boolean,
): Promise<RestRequest> {
  const credential = credentialFromHeaders(request.headers);
  const viewer = await viewers.resolve(credential);
  if (viewer.kind === 'anonymous' && !isPublic) {
    throw new AppError('UNAUTHENTICATED', 'Send a credential: Authorization: Bearer <token>, or X-Api-Key: <key>');
  }
  const requestId = requestIdFrom(reply.getHeader('x-request-id'));
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  // It may have left while who it is was being looked up.
  if (reply.raw.closed) gone.abort();
  return {
    viewer,
    requestId,
    gone: gone.signal,
    charged(quotaLeft) {
      if (!reply.raw.headersSent) reply.headers(limitHeaders({}, quotaLeft));
    },
    async scope() {
      const signal = AbortSignal.any([gone.signal, AbortSignal.timeout(timeoutMs)]);
      return createRequestScope({ viewer: await viewers.resolve(credential), requestId, address: request.ip, signal });
    },
  };
}

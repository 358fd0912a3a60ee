import { type Span, SpanStatusCode } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Metrics } from '../metrics/metrics.ts';
import { type Activity, runAs } from './activity.ts';
import { contextFromHeaders } from './traceparent.ts';
import type { Tracing } from './tracing.ts';

export interface HttpActivityOptions {
  readonly metrics: Metrics;
  readonly tracing: Tracing | null;
  /** The id of a request: the caller's own, as far as it is believed, or a new one. */
  readonly requestIdOf: (header: unknown) => string;
}

const idHeader = 'x-request-id';

/**
 * Makes every HTTP request an activity with an id, which is answered as `x-request-id` whatever the answer is; with
 * tracing, under a span that goes on from the caller's `traceparent`.
 */
export function registerHttpActivity(app: FastifyInstance, options: HttpActivityOptions): void {
  const { metrics, tracing, requestIdOf } = options;
  const activities = new WeakMap<FastifyRequest, Activity>();
  const spans = new WeakMap<FastifyRequest, Span>();

  app.addHook('onRequest', (request, reply, done) => {
    const requestId = requestIdOf(request.headers[idHeader]);
    // Whoever reads the header after this reads the same id.
    request.headers[idHeader] = requestId;
    reply.header(idHeader, requestId);
    const opened = tracing === null || isProbe(request) ? null : openSpan(tracing, request, requestId);
    if (opened !== null) spans.set(request, opened.span);
    const activity: Activity = { requestId, trace: opened?.context ?? null };
    activities.set(request, activity);
    runAs(activity, done);
  });
  // The body arrives in events of the socket, which belong to nobody.
  app.addHook('preHandler', (request, _reply, done) => {
    const activity = activities.get(request);
    if (activity === undefined) done();
    else runAs(activity, done);
  });
  app.addHook('onResponse', (request, reply, done) => {
    metrics.observeSeconds('http_server_request_duration_seconds', 'Answers over HTTP', reply.elapsedTime / 1000, {
      http_request_method: request.method,
      http_route: request.routeOptions.url ?? 'unknown',
      http_response_status_code: String(reply.statusCode),
    });
    done();
  });
  if (tracing === null) return;
  app.addHook('onRequest', (request, reply, done) => {
    // Also an answer that was taken over, such as a stream, ends with its connection.
    reply.raw.once('close', () => endSpan(spans.get(request), reply.raw.statusCode));
    done();
  });
}

function openSpan(tracing: Tracing, request: FastifyRequest, requestId: string) {
  const route = request.routeOptions.url ?? 'unknown';
  return tracing.open(`${request.method} ${route}`, {
    role: 'server',
    parent: contextFromHeaders(request.headers),
    attributes: { 'http.request.method': request.method, 'http.route': route, 'cauce.request_id': requestId },
  });
}

function endSpan(span: Span | undefined, status: number): void {
  if (span === undefined) return;
  span.setAttribute('http.response.status_code', status);
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

/** What orchestrators and Prometheus ask every few seconds would be most of all traces. */
function isProbe({ routeOptions }: FastifyRequest): boolean {
  return /^\/(healthz|readyz|metrics|api\/health)$/.test(routeOptions.url ?? '');
}

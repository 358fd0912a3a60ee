import { AppError } from '@cauce/shared/errors/app-error';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import { currentTraceHeaders } from '@cauce/shared/tracing/traceparent';
import { type Dispatcher, Pool } from 'undici';
import { abortFailure } from '../execute/failures.ts';
import { readEventStream } from './event-stream-reader.ts';
import { exchange } from './exchange.ts';
import { parseAnswer, saysJson } from './parse-answer.ts';
import { createSharedExchanges } from './shared-exchanges.ts';
import type { SubgraphAnswer, SubgraphRequest, Transport } from './transport.ts';

export interface RemoteTransportOptions {
  readonly subgraph: string;
  /** Where the subgraph takes operations, path included. */
  readonly url: string;
  /** The internal token that carries the viewer. */
  readonly signScope: (scope: RequestScope) => string | Promise<string>;
  /** For one answer as a whole; for a stream, until it opens. Default 10,000. */
  readonly timeoutMs?: number;
  /** Connections that fetches share; each stream has one of its own. Default 64. */
  readonly maxConnections?: number;
  /** Default 32 MiB. */
  readonly maxAnswerBytes?: number;
  /** A stream that says nothing for this long, not even that it is there, has lost its other end. Default 45,000. */
  readonly maxSilenceMs?: number;
}

/**
 * Reaches a subgraph over HTTP on connections that are kept. A query whose connection fails before any answer is tried
 * once more; a mutation never is.
 *
 * Streams come as server-sent events, one response for each: it carries its own viewer's token, ending it is closing
 * it, and no other stream waits behind it. A WebSocket shared by all viewers would need its own rules for all three.
 */
export function createRemoteTransport(options: RemoteTransportOptions): Transport {
  const { subgraph, signScope, timeoutMs = 10_000, maxConnections = 64, maxAnswerBytes = 32 * 1024 * 1024 } = options;
  const { maxSilenceMs = 45_000 } = options;
  const url = new URL(options.url);
  const path = `${url.pathname}${url.search}`;
  const limits = {
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    keepAliveTimeout: 30_000,
    // One request at a time on a connection: none waits behind another's slow answer, or fails with it.
    pipelining: 1,
  };
  const pool = new Pool(url.origin, {
    ...limits,
    connections: maxConnections,
    bodyTimeout: timeoutMs,
    maxResponseSize: maxAnswerBytes,
  });
  const streams = new Pool(url.origin, { ...limits, connections: null, bodyTimeout: maxSilenceMs });

  const shared = createSharedExchanges();
  const bodyOf = ({ query, variables, operationName }: SubgraphRequest) =>
    JSON.stringify({ query, variables, operationName });
  const unavailable = (cause: unknown) =>
    new AppError('SUBGRAPH_UNAVAILABLE', `The ${subgraph} subgraph cannot be reached; try again in a moment`, {
      cause,
    });

  return {
    async execute(request, scope) {
      const { signal } = scope;
      const startedAt = performance.now();
      const body = bodyOf(request);
      const isRead = request.operationKind === 'query';
      // What the platform asks for itself, the rights of a viewer among it, has to be what holds now.
      const isShareable = isRead && request.isFresh !== true && scope.viewer.kind !== 'system';
      const attempt = async () => {
        const token = await signScope(scope);
        const headers = headersOf(scope, token, 'application/json');
        const leftMs = Math.max(1, timeoutMs - (performance.now() - startedAt));
        const send = (ended: AbortSignal) => exchange(pool, { path, headers, body, signal: ended, timeoutMs: leftMs });
        const answer = await (isShareable
          ? shared.read({ token, address: scope.address, body }, signal, send)
          : send(signal));
        if (!saysJson(answer.contentType)) throw new Error(`Answered ${answer.status} as ${answer.contentType}`);
        return parseAnswer(answer.body.toString());
      };
      try {
        return await attempt().catch((error: unknown) => {
          if (isRead && !signal.aborted && isConnectionFailure(error)) return attempt();
          throw error;
        });
      } catch (cause) {
        if (signal.aborted) throw abortFailure(signal);
        if (cause instanceof AppError && cause.code === 'TIMEOUT') throw cause;
        throw isTimeout(cause) ? timedOut(cause) : unavailable(cause);
      } finally {
        if (!isRead) shared.seal();
      }
    },

    async subscribe(request, scope) {
      const ending = new AbortController();
      const end = () => ending.abort(scope.signal.reason);
      scope.signal.addEventListener('abort', end, { once: true });
      if (scope.signal.aborted) end();
      try {
        const token = await signScope(scope);
        const response = await streams.request({
          path,
          method: 'POST',
          headers: headersOf(scope, token, 'text/event-stream, application/json'),
          body: bodyOf(request),
          signal: ending.signal,
        });
        if (!isEventStream(response)) {
          const late = () => ending.abort(new AppError('TIMEOUT', 'A subgraph took too long'));
          const timer = setTimeout(late, timeoutMs);
          const refusal = await readRefusal(response, maxAnswerBytes).finally(() => clearTimeout(timer));
          scope.signal.removeEventListener('abort', end);
          return refusal;
        }
        return streamOf(readEventStream(response.body), () => {
          scope.signal.removeEventListener('abort', end);
          ending.abort();
        });
      } catch (cause) {
        scope.signal.removeEventListener('abort', end);
        if (scope.signal.aborted) throw abortFailure(scope.signal);
        // Nothing more is wanted of what has not been read to its end.
        const reason: unknown = ending.signal.aborted ? ending.signal.reason : cause;
        ending.abort();
        if (reason instanceof AppError && reason.code === 'TIMEOUT') throw reason;
        throw isTimeout(reason) ? timedOut(reason) : unavailable(reason);
      }
    },

    async close() {
      await Promise.all([pool.close(), streams.destroy()]);
    },
  };
}

function headersOf(scope: RequestScope, token: string, accept: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept,
    authorization: `Bearer ${token}`,
    'x-request-id': scope.requestId,
    ...currentTraceHeaders(),
    ...(scope.address === null ? {} : { 'x-client-address': scope.address }),
  };
}

const connectionFailures = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

function isConnectionFailure(error: unknown): boolean {
  return connectionFailures.has(codeOf(error));
}

function isTimeout(error: unknown): boolean {
  return timeouts.has(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function timedOut(cause: unknown): AppError {
  return new AppError('TIMEOUT', 'A subgraph took too long', { cause });
}

function isEventStream(response: Dispatcher.ResponseData): boolean {
  return String(response.headers['content-type'] ?? '').startsWith('text/event-stream');
}

/** What was answered instead of a stream. */
async function readRefusal(response: Dispatcher.ResponseData, maxBytes: number): Promise<SubgraphAnswer> {
  const contentType = String(response.headers['content-type'] ?? '');
  if (!saysJson(contentType)) throw new Error(`Answered ${response.statusCode} as ${contentType}`);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) throw new Error(`Answered more than ${maxBytes} bytes`);
  }
  return parseAnswer(Buffer.concat(chunks).toString());
}

/** The events as answers; leaving closes the response at once, which a generator awaiting its next event would not. */
function streamOf(events: AsyncGenerator<string, void, void>, close: () => void): AsyncIterable<SubgraphAnswer> {
  const iterator: AsyncIterator<SubgraphAnswer> = {
    async next() {
      const step = await events.next().catch((error: unknown) => {
        close();
        throw error;
      });
      if (step.done !== true) return { done: false, value: parseAnswer(step.value) };
      close();
      return { done: true, value: undefined };
    },
    async return() {
      close();
      return { done: true, value: undefined };
    },
  };
  return { [Symbol.asyncIterator]: () => iterator };
}

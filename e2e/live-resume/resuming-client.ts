import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createSocketClient } from 'graphql-ws';
import WebSocket from 'ws';

/** A library's client that comes back by itself, each time with the id of the last event that it has. */
export interface ResumingClient {
  /** The events of the stream, in the order in which they came. */
  readonly seen: string[];
  /** Answers that said that events are lost. */
  readonly losses: () => number;
  /** Resolves once it knows where the stream stands: nothing after that can be missed. */
  readonly ready: Promise<void>;
  /** Why it ended, if it did by itself. */
  readonly ended: () => unknown;
  stop(): Promise<void>;
}

export interface ResumingClientOptions {
  /** The door, or something between. */
  readonly url: string;
  readonly accessToken: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What tells one event from another. */
  readonly idOf: (data: Readonly<Record<string, unknown>>) => string;
  /** How often it connects again. Default: without end. */
  readonly retries?: number;
}

interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: unknown;
  readonly extensions?: unknown;
}

const soon = () => new Promise<void>((resolve) => setTimeout(resolve, 20 + Math.random() * 300));

/** graphql-ws: the client sends the same payload again when it reconnects, so the id is written into it. */
export function resumeOverSocket(options: ResumingClientOptions): ResumingClient {
  const { url, accessToken, query, variables, retries = Number.POSITIVE_INFINITY } = options;
  const client = createSocketClient({
    ...{ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, connectionParams: { accessToken } },
    ...{ retryAttempts: retries, shouldRetry: () => true, retryWait: soon },
  });
  const { sink, resume, ...seen } = keep(options);
  const end = client.subscribe({ query, variables, extensions: { resume } }, sink);
  return {
    ...seen,
    async stop() {
      end();
      await client.dispose();
    },
  };
}

/** Server-sent events: the header that browsers send on their own; the first time, the empty `resume`. */
export function resumeOverEventStream(options: ResumingClientOptions): ResumingClient {
  const { url, accessToken, query, variables, retries = Number.POSITIVE_INFINITY } = options;
  const { sink, resume, ...seen } = keep(options);
  const client = createSseClient({
    url: `${url}/graphql`,
    headers: () => ({
      authorization: `Bearer ${accessToken}`,
      ...(resume.lastEventId !== undefined && { 'last-event-id': resume.lastEventId }),
    }),
    ...{ retryAttempts: retries, retry: soon },
  });
  const end = client.subscribe({ query, variables, extensions: { resume: {} } }, sink);
  return {
    ...seen,
    async stop() {
      end();
      client.dispose();
    },
  };
}

function keep({ idOf }: ResumingClientOptions) {
  const resume: { lastEventId?: string } = {};
  const seen: string[] = [];
  const ready = Promise.withResolvers<void>();
  let losses = 0;
  let ended: unknown = null;
  const sink = {
    next({ data, errors, extensions }: Answer) {
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      const { eventId, resume: told } = Object(extensions) as { eventId?: string; resume?: { code: string } };
      if (eventId !== undefined) resume.lastEventId = eventId;
      if (told?.code === 'EVENTS_LOST') losses += 1;
      if (data !== null && data !== undefined) seen.push(idOf(data));
      ready.resolve();
    },
    error(cause: unknown) {
      ended = cause;
      ready.reject(cause);
    },
    complete() {
      ended = 'complete';
    },
  };
  return { sink, resume, seen, ready: ready.promise, losses: () => losses, ended: () => ended };
}

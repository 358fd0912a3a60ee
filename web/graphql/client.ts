import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { authExchange } from '@urql/exchange-auth';
import type { Session } from '../session/session.ts';
import { createHashExchange } from './by-hash.ts';
import { createCache } from './cache.ts';
import type { LiveConnection } from './live-connection.ts';
import type { PartialResults } from './partial-results.ts';

export interface GraphClientDeps {
  readonly url: string;
  readonly session: Session;
  readonly live: LiveConnection;
  readonly partialResults: PartialResults;
}

/** The urql client: cache, partial answers kept, a good token on every request, hashes, events live. */
export function createGraphClient({ url, session, live, partialResults }: GraphClientDeps): Client {
  return new Client({
    url,
    preferGetMethod: false,
    fetch: fetchInTime,
    requestPolicy: 'cache-and-network',
    exchanges: [
      createCache(),
      partialResults.exchange,
      authExchange(async ({ appendHeaders }) => ({
        addAuthToOperation: (operation) => {
          const token = session.currentToken();
          return token === null ? operation : appendHeaders(operation, { authorization: `Bearer ${token}` });
        },
        willAuthError: () => session.currentToken() === null,
        didAuthError: ({ graphQLErrors }) => graphQLErrors.some((error) => isAuthCode(error.extensions?.code)),
        refreshAuth: async () => {
          await session.refresh();
        },
      })),
      createHashExchange(),
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: (operation) => ({
          subscribe: (sink) => ({ unsubscribe: live.run(operation, toLiveSink(sink)) }),
        }),
      }),
    ],
  });
}

/** Longer than the platform itself takes to give up: then nothing stands between, or it has lost us. */
const answersWithinMs = 60_000;

/** An answer that never comes is a connection that is lost, and is told as one. */
const fetchInTime: typeof fetch = (input, init) => {
  const inTime = AbortSignal.timeout(answersWithinMs);
  return fetch(input, {
    ...init,
    signal: init?.signal == null ? inTime : AbortSignal.any([init.signal, inTime]),
  });
};

function isAuthCode(code: unknown): boolean {
  return code === 'UNAUTHENTICATED' || code === 'TOKEN_EXPIRED';
}

type UrqlSink = Parameters<
  ReturnType<Parameters<typeof subscriptionExchange>[0]['forwardSubscription']>['subscribe']
>[0];

function toLiveSink(sink: UrqlSink): Parameters<LiveConnection['run']>[1] {
  return {
    next: ({ data, errors }) =>
      sink.next({ data: data ?? null, ...(errors === undefined ? {} : { errors: [...errors] }) }),
    error: (error) => sink.error(error),
    complete: () => sink.complete(),
  };
}

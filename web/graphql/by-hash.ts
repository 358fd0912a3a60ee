import type { Exchange } from '@urql/core';
import { persistedExchange } from '@urql/exchange-persisted';

/**
 * Sends the SHA-256 of an operation in its place, for every kind of them. The gateway has the app's operations
 * registered; one that it does not know is sent again in full. Where the browser makes no hashes, because the page came
 * over plain HTTP from another machine, operations are sent in full as well.
 */
export function createHashExchange(): Exchange {
  return persistedExchange({
    preferGetForPersistedQueries: false,
    enableForMutation: true,
    enableForSubscriptions: true,
  });
}

import type { ExecutionResult } from 'graphql';
import type { WebSocket } from 'ws';
import type { JoinOptions, Membership, StreamHub } from '../streams/stream-hub.ts';

export interface SocketSubscription {
  readonly hub: StreamHub;
  readonly socket: WebSocket;
  readonly join: Omit<JoinOptions, 'member'>;
  /** Makes the member, given what to call when the stream has ended. */
  readonly member: (onEnd: () => void) => JoinOptions['member'];
  /** Where the connection keeps its memberships, to take leave of all when it closes. */
  readonly memberships: Set<Membership>;
}

/**
 * Joins a stream for graphql-ws. The iterator brings nothing: the stream writes into the socket itself, one text for
 * everybody. It only lasts as long as the stream, so that the library says `complete` and takes the client's.
 */
export async function joinForSocket(
  options: SocketSubscription,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const { hub, socket, memberships } = options;
  const ended = Promise.withResolvers<void>();
  const member = options.member(() => ended.resolve());
  const joined = await hub.join({ ...options.join, member });
  if (!('leave' in joined)) return joined;
  memberships.add(joined);
  const isOpen = () => socket.readyState === socket.OPEN;
  const iterator: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      await ended.promise;
      memberships.delete(joined);
      return { done: true, value: undefined };
    },
    async return() {
      joined.leave(isOpen() ? 'completed' : 'cut');
      ended.resolve();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

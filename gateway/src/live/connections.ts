import { AppError } from '@cauce/shared/errors/app-error';

/** One live client, whatever carries it. */
export interface LiveConnection {
  /** Whose it is: the user, the API key, the sign-in. */
  readonly holderIds: readonly string[];
  /** Ends it with a code; the transport words the reason. */
  end(code: number, reason: string): void;
}

export interface LiveConnections {
  add(connection: LiveConnection): () => void;
  /** Ends every connection of a user, an API key or a sign-in whose rights changed or ended. */
  endOf(id: string, code: number, reason: string): void;
  endAll(code: number, reason: string): void;
  readonly size: number;
  /** Throws `RATE_LIMITED` when there is no room for one more. */
  checkRoom(): void;
}

const defaultMaxConnections = 20_000;

/** Who is connected now, so that a change of rights or a deploy reaches them. */
export function createLiveConnections(maxConnections = defaultMaxConnections): LiveConnections {
  const connections = new Set<LiveConnection>();
  return {
    add(connection) {
      connections.add(connection);
      return () => connections.delete(connection);
    },
    endOf(id, code, reason) {
      for (const connection of connections) if (connection.holderIds.includes(id)) connection.end(code, reason);
    },
    endAll(code, reason) {
      for (const connection of connections) connection.end(code, reason);
    },
    get size() {
      return connections.size;
    },
    checkRoom() {
      if (connections.size >= maxConnections)
        throw new AppError(
          'RATE_LIMITED',
          'This gateway has as many live connections as it may; try again in a moment',
        );
    },
  };
}

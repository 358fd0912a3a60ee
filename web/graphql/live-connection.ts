import type { SubscriptionOperation } from '@urql/core';
import type { FormattedExecutionResult } from 'graphql';
import type { Client } from 'graphql-ws';

/** What the live dot says. `idle`: nothing on the page listens. `waiting`: before the first connection. */
export type LiveState = 'idle' | 'waiting' | 'connected' | 'reconnecting' | 'paused';

export interface LiveSnapshot {
  readonly state: LiveState;
  /** Grows whenever events may have been missed: what is shown should be asked again. */
  readonly generation: number;
}

export interface LiveConnection {
  readonly snapshot: () => LiveSnapshot;
  readonly subscribe: (listener: () => void) => () => void;
  /** Stops and starts again the stream of events, as the reader wishes. */
  readonly setPaused: (isPaused: boolean) => void;
  /** Reconnects with a new token before the gateway closes the connection of the old one. */
  readonly renew: () => void;
  /** Runs a subscription for urql. */
  readonly run: (operation: SubscriptionOperation, sink: LiveSink) => () => void;
  readonly dispose: () => void;
}

export interface LiveSink {
  readonly next: (result: FormattedExecutionResult<Record<string, unknown>, unknown>) => void;
  readonly error: (error: unknown) => void;
  readonly complete: () => void;
}

export interface LiveDeps {
  readonly url: string;
  readonly token: () => Promise<string | null>;
  /** Trades the token for a new one, when the gateway refuses one that looked good here. */
  readonly refresh: () => Promise<boolean>;
}

/** A drop shorter than this is not worth telling anybody about; a token renewal takes a tenth of it. */
const graceMs = 1_500;

/** The one WebSocket of this tab. It opens with the first subscription; its code is loaded then too. */
export function createLiveConnection({ url, token, refresh }: LiveDeps): LiveConnection {
  let snapshot: LiveSnapshot = { state: 'idle', generation: 0 };
  let hasConnected = false;
  let running = 0;
  let client: Promise<Client> | null = null;
  let graceTimer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();

  const become = (change: Partial<LiveSnapshot>) => {
    snapshot = { ...snapshot, ...change };
    for (const listener of listeners) listener();
  };
  const onConnected = () => {
    clearTimeout(graceTimer);
    const generation = snapshot.generation + (hasConnected ? 1 : 0);
    hasConnected = true;
    if (snapshot.state !== 'paused') become({ state: 'connected', generation });
  };
  const onClosed = (event: unknown) => {
    clearTimeout(graceTimer);
    // 1000 is our own goodbye, when the last subscription of a page has gone.
    const isOurs = typeof event === 'object' && event !== null && 'code' in event && event.code === 1000;
    if (isOurs || snapshot.state === 'paused' || snapshot.state === 'idle') return;
    graceTimer = setTimeout(() => become({ state: 'reconnecting' }), graceMs);
  };
  const open = async (): Promise<Client> => {
    const { createClient } = await import('graphql-ws');
    return createClient({
      url,
      lazyCloseTimeout: 3_000,
      keepAlive: 12_000,
      connectionParams: async () => ({ accessToken: await token() }),
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: (attempt) => wait(Math.min(10_000, 300 * 2 ** attempt) * (0.5 + Math.random() / 2)),
      on: { connected: onConnected, closed: onClosed },
    });
  };

  return {
    snapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    setPaused: (isPaused) => {
      if (isPaused) become({ state: 'paused' });
      else become({ state: 'idle', generation: snapshot.generation + 1 });
    },
    renew: () => void client?.then((open) => open.terminate()),
    run: (operation, sink) => {
      let stop = () => {};
      let isStopped = false;
      running++;
      if (snapshot.state === 'idle') become({ state: 'waiting' });
      const start = async () => {
        client ??= open();
        const opened = await client;
        if (isStopped) return;
        stop = opened.subscribe(
          {
            // Empty when its hash stands for it.
            query: operation.query ?? '',
            variables: operation.variables ?? {},
            operationName: operation.operationName,
            extensions: operation.extensions,
          },
          { ...sink, error: (error) => (isClose(error) && !isStopped ? retry() : sink.error(error)) },
        );
      };
      // graphql-ws gives up on close codes such as 4401; with a token of this session they are worth another try.
      const retry = () => {
        onClosed(null);
        void wait(2_000)
          .then(refresh)
          .then(() => (isStopped ? undefined : start()));
      };
      void start();
      return () => {
        if (isStopped) return;
        isStopped = true;
        stop();
        running--;
        // A page that is left stops its subscriptions before the next one begins its own.
        setTimeout(
          () => (running === 0 && snapshot.state !== 'paused' ? become({ state: 'idle' }) : undefined),
          graceMs,
        );
      };
    },
    dispose: () => {
      clearTimeout(graceTimer);
      listeners.clear();
      void client?.then((opened) => opened.dispose());
    },
  };
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function isClose(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && 'reason' in error;
}

'use client';
import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from 'react';
import { Provider } from 'urql';
import { createBrowserSession } from '../session/browser-session.ts';
import type { Session, SessionStatus } from '../session/session.ts';
import { createGraphClient } from './client.ts';
import { createLiveConnection, type LiveConnection, type LiveSnapshot } from './live-connection.ts';
import { createPartialResults, type PartialResults } from './partial-results.ts';

interface Graph {
  /** The gateway's GraphQL address, as this browser reaches it. */
  readonly url: string;
  readonly session: Session;
  readonly live: LiveConnection;
  readonly partialResults: PartialResults;
}

const GraphContext = createContext<Graph | null>(null);

/** Connects everything below to the graph: one session, one client and one live connection for this tab. */
export function GraphProvider({
  gatewayUrl,
  fallback,
  children,
}: {
  readonly gatewayUrl: string;
  /** Shown until the connection exists, which is never on the server. */
  readonly fallback: ReactNode;
  readonly children: ReactNode;
}) {
  const [world, setWorld] = useState<(Graph & { readonly client: ReturnType<typeof createGraphClient> }) | null>(null);
  useEffect(() => {
    const session = createBrowserSession();
    const live = createLiveConnection({
      url: gatewayUrl.replace(/^http/, 'ws'),
      token: session.token,
      refresh: session.refresh,
    });
    const partialResults = createPartialResults(Date.now);
    setWorld({
      url: gatewayUrl,
      session,
      live,
      partialResults,
      client: createGraphClient({ url: gatewayUrl, session, live, partialResults }),
    });
    const stopRenewing = renewInTime(session, live);
    void session.token();
    return () => {
      stopRenewing();
      live.dispose();
      session.dispose();
    };
  }, [gatewayUrl]);
  if (world === null) return fallback;
  return (
    <GraphContext value={world}>
      <Provider value={world.client}>{children}</Provider>
    </GraphContext>
  );
}

/** The parts of the connection that hooks and the shell need. */
export function useGraphContext(): Graph {
  const graph = use(GraphContext);
  if (graph === null) throw new Error('useGraphContext needs a GraphProvider above it');
  return graph;
}

export function useSessionStatus(): SessionStatus {
  const { session } = useGraphContext();
  return useSyncExternalStore(session.subscribe, session.status, () => 'starting');
}

export function useLiveSnapshot(): LiveSnapshot {
  const { live } = useGraphContext();
  return useSyncExternalStore(live.subscribe, live.snapshot, live.snapshot);
}

/** Before the token ends, gets the next one and moves the live connection over to it. */
function renewInTime(session: Session, live: LiveConnection): () => void {
  const leadMs = 45_000;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = () => {
    clearTimeout(timer);
    const expiresAtMs = session.expiresAtMs();
    if (expiresAtMs === null || session.status() !== 'active') return;
    timer = setTimeout(
      async () => {
        if (await session.refresh()) live.renew();
      },
      Math.max(1_000, expiresAtMs - Date.now() - leadMs),
    );
  };
  const unsubscribe = session.subscribe(schedule);
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}

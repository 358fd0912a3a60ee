import type { AddressInfo } from 'node:net';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { silentLog } from '@cauce/shared/test/silent-log';
import fastify from 'fastify';
import { registerGraphql } from '../../door/graphql-route.ts';
import { createOpenAdmission } from '../../door/open-admission.ts';
import { createViewerResolver, type ViewerResolver } from '../../door/viewer-resolver.ts';
import { shopSupergraph } from '../../execute/test/shop-graph.ts';
import type { StreamLimits } from '../../streams/stream-limits.ts';
import { createStreamWorld, type StreamWorld } from '../../streams/test/stream-world.ts';
import { createLiveConnections, type LiveConnections } from '../connections.ts';
import { serveWebSocket } from '../websocket.ts';

/** Both live doors before the shop, on a port of their own. */
export interface LiveServer {
  readonly world: StreamWorld;
  readonly url: string;
  readonly connections: LiveConnections;
  readonly viewers: ViewerResolver;
  /** Who stands behind each API key, or why it is refused; what is not here is not good. */
  readonly keys: Map<string, Viewer | AppError>;
  /** As Prometheus reads them. */
  metrics(): Promise<string>;
  stop(): Promise<void>;
}

export interface LiveServerOptions {
  readonly limits?: Partial<StreamLimits>;
  readonly maxConnections?: number;
  readonly pingMs?: number;
  readonly heartbeatMs?: number;
  readonly lookUpAgainMs?: number;
}

export async function startLiveServer(options: LiveServerOptions = {}): Promise<LiveServer> {
  const { limits, maxConnections, ...times } = options;
  const world = createStreamWorld(limits);
  const { executor, hub } = world;
  const graph = {
    executor,
    apiSchema: executor.schema,
    supergraphSdl: shopSupergraph,
    reload: () => {},
    reloadWhenWarm: () => Promise.resolve(),
    onReload: () => () => {},
  };
  const keys: LiveServer['keys'] = new Map();
  const byApiKey = async (secret: string) => {
    const viewer = keys.get(secret);
    if (viewer === undefined) throw new AppError('UNAUTHENTICATED', 'The API key is not valid');
    if (viewer instanceof AppError) throw viewer;
    return viewer;
  };
  const bySession = () => Promise.reject(new AppError('UNAUTHENTICATED', 'Nobody here has signed in'));
  const viewers = createViewerResolver({ byApiKey, bySession }, 'a secret of thirty-two characters');
  const connections = createLiveConnections(maxConnections);
  const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
  const live = {
    ...{ graph, hub, viewers, connections, log: silentLog, path: '/graphql' },
    ...{ admit: createOpenAdmission(graph), allowedOrigins: ['https://app.example'] },
    metrics,
    ...times,
  };
  const app = fastify({ forceCloseConnections: true });
  registerGraphql(app, { ...live, timeoutMs: 5_000 });
  const stopWebSocket = serveWebSocket(app.server, live);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    ...{ world, connections, viewers, keys },
    url: `http://127.0.0.1:${port}`,
    metrics: () => metrics.registry.metrics(),
    async stop() {
      await stopWebSocket();
      hub.close();
      await app.close();
    },
  };
}

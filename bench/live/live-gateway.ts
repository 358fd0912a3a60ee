import { readFileSync } from 'node:fs';
import { registerGraphql } from '@cauce/gateway/door/graphql-route';
import { createOpenAdmission } from '@cauce/gateway/door/open-admission';
import { createViewerResolver } from '@cauce/gateway/door/viewer-resolver';
import { createFederatedGraph } from '@cauce/gateway/graph/federated-graph';
import { createLiveConnections } from '@cauce/gateway/live/connections';
import { serveWebSocket } from '@cauce/gateway/live/websocket';
import { createObserver } from '@cauce/gateway/observe/create-observer';
import { createStreamHub } from '@cauce/gateway/streams/stream-hub';
import { defaultStreamLimits } from '@cauce/gateway/streams/stream-limits';
import { withCircuitBreaker } from '@cauce/gateway/transports/circuit-breaker';
import { createRemoteTransport } from '@cauce/gateway/transports/remote';
import { createInternalTokenSigner } from '@cauce/shared/auth/internal-token';
import { anonymousViewer } from '@cauce/shared/auth/viewer';
import { createLog } from '@cauce/shared/log/create-log';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import fastify from 'fastify';
import { eventSubgraphs } from './event-graph.ts';

/**
 * Our gateway before the source of events: `node live-gateway.ts <port> <source's port> <token secret>
 * <supergraph file>`. Its doors,
 * streams, executor and transports are those of the product; everybody who shows a token has the same rights under a
 * name of their own. `GET /counts` says what it has open.
 */
const [port, sourcePort, tokenSecret = '', supergraphFile = ''] = process.argv.slice(2);
const sign = createInternalTokenSigner(tokenSecret);
const log = createLog({ name: 'bench', level: 'error' });
const metrics = createMetrics({ process: 'bench' });
const deps = { log, metrics, tracing: null };
const observer = createObserver({ deps, slowOperationMs: 2_000, operationNames: new Set() });
const transports = new Map(
  Object.keys(eventSubgraphs).map((subgraph) => {
    const url = `http://127.0.0.1:${sourcePort}/${subgraph}`;
    const remote = createRemoteTransport({ subgraph, url, signScope: ({ viewer }) => sign(viewer) });
    return [subgraph, observer.transport(subgraph, withCircuitBreaker(remote, subgraph, deps))];
  }),
);
const graph = createFederatedGraph({
  supergraphSdl: readFileSync(supergraphFile, 'utf8'),
  transports,
  observer: observer.execution,
  observeExecutor: observer.executor,
  workBegins: observer.workBegins,
});
const viewers = createViewerResolver(
  {
    bySession: async ({ userId, expiresAtMs }) => ({
      ...anonymousViewer,
      ...({ kind: 'user', id: userId, userId, role: 'ANALYST', permissions: ['telemetry:read'] } as const),
      ...{ companyIds: ['one'], siteIds: 'all', expiresAtMs },
    }),
    byApiKey: () => Promise.reject(new Error('Nobody here has a key')),
  },
  tokenSecret,
);
const app = fastify();
const live = {
  ...{ graph, viewers, log, metrics, allowedOrigins: [], path: '/graphql' },
  hub: createStreamHub({ graph, limits: { ...defaultStreamLimits, maxPerViewer: 10_000 }, observer: observer.streams }),
  admit: createOpenAdmission(graph),
  connections: createLiveConnections(),
};
registerGraphql(app, { ...live, timeoutMs: 30_000 });
app.get('/counts', async () => live.hub.counts);
serveWebSocket(app.server, live);
await app.listen({ host: '127.0.0.1', port: Number(port) });
process.once('SIGTERM', () => process.exit(0));

import { registerGraphql } from '@cauce/gateway/door/graphql-route';
import { createOpenAdmission } from '@cauce/gateway/door/open-admission';
import { createViewerResolver } from '@cauce/gateway/door/viewer-resolver';
import { createFederatedGraph } from '@cauce/gateway/graph/federated-graph';
import { createLiveConnections } from '@cauce/gateway/live/connections';
import { createObserver } from '@cauce/gateway/observe/create-observer';
import { openPlanners } from '@cauce/gateway/plan/open-planners';
import { createStreamHub } from '@cauce/gateway/streams/stream-hub';
import { defaultStreamLimits } from '@cauce/gateway/streams/stream-limits';
import { withCircuitBreaker } from '@cauce/gateway/transports/circuit-breaker';
import { createRemoteTransport } from '@cauce/gateway/transports/remote';
import { createInternalTokenSigner } from '@cauce/shared/auth/internal-token';
import { anonymousViewer } from '@cauce/shared/auth/viewer';
import { createLog } from '@cauce/shared/log/create-log';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify from 'fastify';
import { fourSubgraphs, subgraphNames } from './four-subgraphs.ts';

/**
 * Our gateway before the four subgraphs: `node our-gateway.ts <port> <subgraphs' port> <token secret>`. Its door,
 * executor and transports are those of the product; tokens are verified, and only who stands behind one is made up,
 * because that is the access subgraph's answer.
 */
const [port, subgraphPort, tokenSecret = ''] = process.argv.slice(2);
const sign = createInternalTokenSigner(tokenSecret);
const log = createLog({ name: 'bench', level: 'error' });
const deps = { log, metrics: createMetrics({ process: 'bench' }), tracing: null };
const observer = createObserver({ deps, slowOperationMs: 2_000, operationNames: new Set() });
const transports = new Map(
  subgraphNames.map((subgraph) => {
    const remote = createRemoteTransport({
      subgraph,
      url: `http://127.0.0.1:${subgraphPort}/${subgraph}`,
      signScope: ({ viewer }) => sign(viewer),
    });
    return [subgraph, observer.transport(subgraph, withCircuitBreaker(remote, subgraph, deps))];
  }),
);
const graph = createFederatedGraph({
  createPlanner: openPlanners(process.env.CAUCE_PLANNER === 'hive' ? 'hive' : 'apollo', deps).createPlanner,
  supergraphSdl: fourSubgraphs,
  transports,
  observer: observer.execution,
  observeExecutor: observer.executor,
  workBegins: observer.workBegins,
});
const viewers = createViewerResolver(
  {
    bySession: async ({ userId, expiresAtMs }) => ({
      ...anonymousViewer,
      kind: 'user',
      id: userId,
      userId,
      expiresAtMs,
    }),
    byApiKey: () => Promise.reject(new Error('Nobody here has a key')),
  },
  tokenSecret,
);
const app = fastify({ bodyLimit: 512 * 1024 });
await app.register(helmet);
await app.register(cors, { origin: [] });
registerGraphql(app, {
  graph,
  hub: createStreamHub({ graph, limits: defaultStreamLimits }),
  viewers,
  admit: createOpenAdmission(graph),
  allowedOrigins: [],
  connections: createLiveConnections(),
  log,
  metrics: createMetrics({ process: 'bench' }),
  path: '/graphql',
  timeoutMs: 30_000,
});
await app.listen({ host: '127.0.0.1', port: Number(port) });

import type { AddressInfo } from 'node:net';
import type { HealthRegistry } from '@cauce/shared/health/health-registry';
import type { Deps } from '@cauce/shared/subgraph/deps';
import type { Subgraph } from '@cauce/shared/subgraph/subgraph';
import { registerHttpActivity } from '@cauce/shared/tracing/http-activity';
import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import fastify from 'fastify';
import type { DocumentDeps } from './documents/resolve-document.ts';
import { createAdmitOperation } from './door/admit-operation.ts';
import { createExplainAnswer } from './door/answer-extensions.ts';
import { drainConnections } from './door/drain-connections.ts';
import { registerGraphql } from './door/graphql-route.ts';
import { registerHttpErrors } from './door/http-errors.ts';
import { createInspection } from './door/inspection.ts';
import { requestIdFrom } from './door/request-scope.ts';
import type { ViewerResolver } from './door/viewer-resolver.ts';
import type { FederatedGraph } from './graph/federated-graph.ts';
import { registerHealth } from './health/health-routes.ts';
import { chargeAdmission } from './limits/charged-admission.ts';
import { defaultBudgets } from './limits/cost-budget.ts';
import type { Quota } from './limits/quota.ts';
import { closeCodes } from './live/close-codes.ts';
import { createLiveConnections, type LiveConnections } from './live/connections.ts';
import { serveWebSocket } from './live/websocket.ts';
import { countRefusals } from './observe/count-refusals.ts';
import { createOwnHandlers } from './rest/own-handlers.ts';
import { registerRest } from './rest/register-rest.ts';
import { registerSmaDoor } from './rest/regulators/sma-door.ts';
import { countRequests } from './rest/request-counts.ts';
import { reportStreams } from './streams/report-streams.ts';
import { createStreamHub } from './streams/stream-hub.ts';
import { defaultStreamLimits, type StreamLimits } from './streams/stream-limits.ts';
import type { StreamObserver } from './streams/stream-observer.ts';
import { companyOf, storeUpload } from './uploads/store-upload.ts';
import { registerUploads } from './uploads/upload-route.ts';

export interface GatewayOptions {
  readonly deps: Deps;
  readonly graph: FederatedGraph;
  readonly viewers: ViewerResolver;
  readonly health: HealthRegistry;
  readonly quota: Quota;
  /** Subgraphs of this process, whose own HTTP doors are mounted under `/<name>`. */
  readonly subgraphs: readonly Subgraph[];
  readonly host: string;
  readonly port: number;
  readonly allowedOrigins: readonly string[];
  readonly documents: DocumentDeps;
  /** Whether anybody may look at the schema, plans and costs; otherwise it takes a permission. */
  readonly isInspectionOpen: boolean;
  readonly version: string;
  readonly timeoutMs?: number;
  readonly streamLimits?: StreamLimits;
  /** Live connections at the same time. Default 20,000. */
  readonly maxConnections?: number;
  readonly streamObserver?: StreamObserver;
}

export interface Gateway {
  /** Where it listens, with the port that was really given. */
  readonly url: string;
  readonly connections: LiveConnections;
  /** Stops taking work, tells live clients to come back later, lets requests in flight end. */
  stop(): Promise<void>;
}

const path = '/graphql';
const maxBodyBytes = 512 * 1024;

/** The public door of the platform: GraphQL over HTTP, WebSocket and event streams, uploads, health, metrics. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { deps, graph, viewers, allowedOrigins } = options;
  const app = fastify({ bodyLimit: maxBodyBytes, trustProxy: 'loopback', forceCloseConnections: 'idle' });
  const drain = drainConnections(app.server);
  const connections = createLiveConnections(options.maxConnections);
  const { metrics, tracing } = deps;
  registerHttpActivity(app, { metrics, tracing, requestIdOf: requestIdFrom });
  metrics.gaugeFrom('cauce_live_connections', 'Live clients connected now', [], () => [{ value: connections.size }]);
  const inspection = createInspection(options.isInspectionOpen);
  const { documents } = options;
  const admission = createAdmitOperation({ graph, documents, budgets: defaultBudgets, inspection });
  const charged = chargeAdmission(admission, options.quota);
  const admit = countRefusals(charged, metrics);
  registerHttpErrors(app, deps.log);
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
  });
  await app.register(cors, {
    origin: [...allowedOrigins],
    methods: ['GET', 'POST'],
    allowedHeaders: [
      'authorization',
      'content-type',
      'x-api-key',
      'x-request-id',
      'traceparent',
      'tracestate',
      'apollo-require-preflight',
      'last-event-id',
    ],
    exposedHeaders: ['x-request-id', 'retry-after', 'ratelimit', 'ratelimit-policy', 'x-operation-cost'],
    maxAge: 600,
  });
  registerHealth(app, options.health, deps.metrics);
  await registerUploads(app, viewers, deps);
  for (const subgraph of options.subgraphs) {
    const { routes } = subgraph;
    if (routes !== undefined) await app.register(async (scope) => routes(scope), { prefix: `/${subgraph.name}` });
  }
  await registerRest(app, {
    graph,
    viewers,
    admit,
    log: deps.log,
    clock: deps.clock,
    version: options.version,
    timeoutMs: options.timeoutMs ?? 30_000,
    store: (file) => storeUpload(deps, { ...file, companyId: companyOf(file.request, file.viewer) }),
    own: createOwnHandlers({
      health: options.health,
      clock: deps.clock,
      version: options.version,
      dataDir: deps.settings.dataDir,
      counts: countRequests(app),
      liveConnections: () => connections.size,
    }),
  });
  await registerSmaDoor(app, { graph, admit, log: deps.log, timeoutMs: options.timeoutMs ?? 30_000 });
  const limits = options.streamLimits ?? defaultStreamLimits;
  const hub = createStreamHub({ graph, limits, observer: options.streamObserver });
  reportStreams(hub, deps.metrics);
  const live = { graph, hub, viewers, admit, connections, allowedOrigins, log: deps.log, metrics: deps.metrics };
  registerGraphql(app, {
    ...live,
    path,
    explain: createExplainAnswer(graph, inspection),
    timeoutMs: options.timeoutMs ?? 30_000,
  });
  const stopWebSocket = serveWebSocket(app.server, { ...live, path });
  await app.listen({ host: options.host, port: options.port });
  const { port } = app.server.address() as AddressInfo;
  return {
    url: `http://${options.host === '0.0.0.0' ? 'localhost' : options.host}:${port}`,
    connections,
    async stop() {
      connections.endAll(closeCodes.goingAway, 'GOING_AWAY');
      const drained = drain();
      // Nothing new is taken from here on; what is under way is answered.
      await Promise.all([app.close(), stopWebSocket()]).finally(drained);
      hub.close();
    },
  };
}

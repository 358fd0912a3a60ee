/**
 * Serves any supergraph through the gateway's own door, planner, executor and remote transports:
 *
 *     node e2e/audit/serve-supergraph.ts <supergraph file or URL> [port]
 *
 * The subgraphs are asked where the supergraph's `join__Graph` says they are. Answers on `/graphql` and `/health` of
 * 127.0.0.1, to anybody, as nobody: it is there for conformance suites. `docs/gateway-conformance.md` says how to run it.
 */
import { readFile } from 'node:fs/promises';
import { registerGraphql } from '@cauce/gateway/door/graphql-route';
import { createOpenAdmission } from '@cauce/gateway/door/open-admission';
import { createViewerResolver } from '@cauce/gateway/door/viewer-resolver';
import { createFederatedGraph } from '@cauce/gateway/graph/federated-graph';
import { createLiveConnections } from '@cauce/gateway/live/connections';
import { createStreamHub } from '@cauce/gateway/streams/stream-hub';
import { defaultStreamLimits } from '@cauce/gateway/streams/stream-limits';
import { createRemoteTransport } from '@cauce/gateway/transports/remote';
import { anonymousViewer, type Viewer } from '@cauce/shared/auth/viewer';
import { createLog } from '@cauce/shared/log/create-log';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import fastify from 'fastify';
import { subgraphUrlsIn } from './subgraph-urls.ts';

const [source, port = '4000'] = process.argv.slice(2);
if (source === undefined) throw new Error('Name the supergraph: a file or a URL');

const log = createLog({ name: 'audit', level: 'warn' });
const supergraphSdl = source.startsWith('http') ? await (await fetch(source)).text() : await readFile(source, 'utf8');
const urls = [...subgraphUrlsIn(supergraphSdl)];
const transports = urls.map(
  ([subgraph, url]) => [subgraph, createRemoteTransport({ subgraph, url, signScope })] as const,
);
const graph = createFederatedGraph({
  supergraphSdl,
  transports: new Map(transports),
  reportFetchFailure: ({ subgraph, cause }) => log.warn({ err: cause, subgraph }, 'A subgraph did not answer'),
});
const app = fastify();
app.get('/health', async () => 'ok');
registerGraphql(app, {
  graph,
  hub: createStreamHub({ graph, limits: defaultStreamLimits }),
  viewers: createViewerResolver({ bySession: nobody, byApiKey: nobody }, 'audit'),
  admit: createOpenAdmission(graph),
  allowedOrigins: [],
  connections: createLiveConnections(),
  log,
  metrics: createMetrics({ process: 'audit' }),
  path: '/graphql',
  timeoutMs: 30_000,
});
await app.listen({ host: '127.0.0.1', port: Number(port) });

async function nobody(): Promise<Viewer> {
  return anonymousViewer;
}

/** These subgraphs know nothing of our internal tokens. */
function signScope(): string {
  return 'audit';
}

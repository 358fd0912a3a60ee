import { registerGraphql } from '@cauce/gateway/door/graphql-route';
import { createOpenAdmission } from '@cauce/gateway/door/open-admission';
import { createViewerResolver } from '@cauce/gateway/door/viewer-resolver';
import { createFederatedGraph } from '@cauce/gateway/graph/federated-graph';
import { createLiveConnections } from '@cauce/gateway/live/connections';
import { createRemoteTransport } from '@cauce/gateway/transports/remote';
import { createInternalTokenSigner } from '@cauce/shared/auth/internal-token';
import { anonymousViewer } from '@cauce/shared/auth/viewer';
import { createLog } from '@cauce/shared/log/create-log';
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
const transports = new Map(
  subgraphNames.map((subgraph) => [
    subgraph,
    createRemoteTransport({
      subgraph,
      url: `http://127.0.0.1:${subgraphPort}/${subgraph}`,
      signScope: ({ viewer }) => sign(viewer),
    }),
  ]),
);
const graph = createFederatedGraph({ supergraphSdl: fourSubgraphs, transports });
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
  viewers,
  admit: createOpenAdmission(graph),
  allowedOrigins: [],
  connections: createLiveConnections(),
  log: createLog({ name: 'bench', level: 'error' }),
  path: '/graphql',
  timeoutMs: 30_000,
});
await app.listen({ host: '127.0.0.1', port: Number(port) });

import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { fourSubgraphs } from './four-subgraphs.ts';

interface Context {
  readonly authorization?: string;
}

/**
 * `@apollo/gateway` before the four subgraphs, set up as its manual says: `node apollo-gateway.ts <port> <subgraphs'
 * port>`. Who asks goes on to the subgraphs, as it does in ours.
 */
const [port, subgraphPort] = process.argv.slice(2);
const gateway = new ApolloGateway({
  supergraphSdl: fourSubgraphs,
  buildService: ({ name }) =>
    new RemoteGraphQLDataSource<Context>({
      url: `http://127.0.0.1:${subgraphPort}/${name}`,
      willSendRequest({ request, context }) {
        if (context.authorization !== undefined) request.http?.headers.set('authorization', context.authorization);
      },
    }),
});
const server = new ApolloServer<Context>({ gateway });
await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: Number(port) },
  context: async ({ req: { headers } }) =>
    headers.authorization === undefined ? {} : { authorization: headers.authorization },
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type GraphQLSchema, graphql } from 'graphql';
import { createRemoteTransport } from '../../transports/remote.ts';
import type { Transport } from '../../transports/transport.ts';

export interface RemoteSchema {
  readonly transport: Transport;
  stop(): Promise<void>;
}

/** A schema behind a real HTTP server on loopback, and the transport that reaches it. */
export async function serveSchema(subgraph: string, schema: GraphQLSchema): Promise<RemoteSchema> {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { query, variables } = JSON.parse(body);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(await graphql({ schema, source: query, variableValues: variables })));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = createRemoteTransport({ subgraph, url: `http://127.0.0.1:${port}/`, signScope: () => 'test' });
  return {
    transport,
    async stop() {
      await transport.close?.();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

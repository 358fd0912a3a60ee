import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Answers an operation in the place of a subgraph, given what that one would have said. */
export type Lie = (response: ServerResponse, honest: Buffer) => void;

/** Stands between the gateway and a subgraph; passes everything on unless it is told to lie. */
export interface LyingProxy {
  readonly url: string;
  /** Answers every operation like this from now on; null for the truth. Streams go on and are opened as ever. */
  tell(lie: Lie | null): void;
  /** Mutations that came so far. */
  readonly mutations: number;
  stop(): Promise<void>;
}

/** Starts a proxy in front of the subgraph at `target`, on a port of its own. */
export async function startLyingProxy(target: string): Promise<LyingProxy> {
  const agent = new Agent({ keepAlive: true });
  let lie: Lie | null = null;
  let mutations = 0;
  const server = createServer((incoming, response) => {
    // A subgraph that dies takes the connections with it that the gateway holds.
    const fail = () => response.destroy();
    incoming.on('error', fail);
    read(incoming).then((body) => {
      if (isMutation(body)) mutations += 1;
      const isStream = (incoming.headers.accept ?? '').includes('event-stream');
      const told = isStream ? null : lie;
      const { method, headers } = incoming;
      const asking = request(target, { method, headers, agent }, (answer) => {
        answer.on('error', fail);
        if (told !== null) return void read(answer).then((honest) => told(response, honest), fail);
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        // The head of a stream has to arrive before its first event.
        response.flushHeaders();
        answer.pipe(response);
      });
      asking.on('error', fail);
      response.on('close', () => asking.destroy());
      asking.end(body);
    }, fail);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${new URL(target).pathname}`,
    tell(next) {
      lie = next;
    },
    get mutations() {
      return mutations;
    },
    async stop() {
      server.closeAllConnections();
      server.close();
      agent.destroy();
    },
  };
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function isMutation(body: Buffer): boolean {
  return body.includes('"query":"mutation');
}

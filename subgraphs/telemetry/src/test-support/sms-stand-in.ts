import { createServer, type ServerResponse } from 'node:http';
import { freePort } from '@cauce/shared/test/free-port';

export interface SmsStandIn {
  readonly url: string;
  /** What was posted: the path, some headers and the body. */
  readonly posts: readonly {
    readonly path: string;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly body: string;
  }[];
  /** Answers the next ones; a status, or no answer at all. */
  answer: number | 'drop' | 'hang';
  close(): Promise<void>;
}

/** A service that takes messages by POST, and fails as such services do. */
export async function startSmsStandIn(): Promise<SmsStandIn> {
  const posts: { path: string; headers: Record<string, unknown>; body: string }[] = [];
  const waiting = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      if (standIn.answer === 'drop') request.socket.destroy();
      else if (standIn.answer === 'hang') waiting.add(response);
      else response.writeHead(standIn.answer, { 'content-type': 'application/json' }).end('{}');
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  const standIn: SmsStandIn = {
    url: `http://127.0.0.1:${port}`,
    posts,
    answer: 201,
    close: () => {
      for (const response of waiting) response.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return standIn;
}

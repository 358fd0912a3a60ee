import WebSocket from 'ws';
import type { PlatformDoors } from './start-platform.ts';

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** A graphql-ws connection without a client library, for saying what none of them would. */
export interface RawSocket {
  send(message: unknown): void;
  /** The next message that came and was not asked for yet. */
  next(): Promise<Readonly<Record<string, unknown>>>;
  readonly closed: Promise<Closed>;
  /** Reads nothing from now on, and answers nothing. */
  pause(): void;
  close(): void;
}

/** Opens the socket and says nothing. Rejects with the HTTP status when the door refuses it. */
export async function openSocket(
  { url }: Pick<PlatformDoors, 'url'>,
  options: { readonly origin?: string; readonly path?: string; readonly protocol?: string } = {},
): Promise<RawSocket> {
  const { origin, path = '/graphql', protocol = 'graphql-transport-ws' } = options;
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, protocol, origin === undefined ? {} : { origin });
  const messages: Readonly<Record<string, unknown>>[] = [];
  const waiting: ((message: Readonly<Record<string, unknown>>) => void)[] = [];
  socket.on('message', (data) => {
    const message: Readonly<Record<string, unknown>> = JSON.parse(String(data));
    const taker = waiting.shift();
    if (taker === undefined) messages.push(message);
    else taker(message);
  });
  const closed = new Promise<Closed>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
    socket.once('unexpected-response', (_request, response) => reject(new Error(`HTTP ${response.statusCode}`)));
  });
  socket.on('error', () => {});
  return {
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    next: () => {
      const message = messages.shift();
      return message === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(message);
    },
    closed,
    pause: () => socket.pause(),
    close: () => socket.close(),
  };
}

/** Opens a socket and is let in. */
export async function openSession(platform: Pick<PlatformDoors, 'url'>, accessToken: string): Promise<RawSocket> {
  const socket = await openSocket(platform);
  socket.send({ type: 'connection_init', payload: { accessToken } });
  const answer = await socket.next();
  if (answer.type !== 'connection_ack') throw new Error(`Not let in: ${JSON.stringify(answer)}`);
  return socket;
}

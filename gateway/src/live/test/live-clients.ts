import { request } from 'node:http';
import WebSocket from 'ws';

type Message = Readonly<Record<string, unknown>>;

/** A graphql-ws connection that says and does what it is told, and keeps what comes. */
export interface TestSocket {
  readonly socket: WebSocket;
  readonly got: Message[];
  readonly pings: () => number;
  send(message: Message): void;
  subscribe(id: string, query: string, extensions?: Message): void;
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
}

/** Opens a socket; with a key, it is let in before this resolves. */
export async function openTestSocket(
  url: string,
  apiKey: string | null,
  options: { readonly protocols?: readonly string[]; readonly autoPong?: boolean } = {},
): Promise<TestSocket> {
  const { protocols = ['graphql-transport-ws'], autoPong = true } = options;
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, [...protocols], { autoPong });
  const got: Message[] = [];
  let pings = 0;
  let isIn = () => {};
  const letIn = new Promise<void>((resolve) => {
    isIn = resolve;
  });
  socket.on('ping', () => {
    pings += 1;
  });
  socket.on('message', (data) => {
    const message: Message = JSON.parse(String(data));
    if (message.type === 'connection_ack') isIn();
    else got.push(message);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  socket.on('error', () => {});
  const send = (message: Message) => socket.send(JSON.stringify(message));
  const opened: TestSocket = {
    ...{ socket, got, closed, send, pings: () => pings },
    subscribe: (id, query, extensions) => send({ id, type: 'subscribe', payload: { query, extensions } }),
  };
  if (apiKey === null) return opened;
  send({ type: 'connection_init', payload: { apiKey } });
  await Promise.race([letIn, closed]);
  return opened;
}

/** An event stream as its text comes in. */
export interface TestEventStream {
  readonly status: number;
  readonly text: () => string;
  readonly ended: Promise<void>;
  /** Closes the connection as a page that is left does. */
  leave(): void;
}

export interface EventStreamAsk {
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly extensions?: Message;
}

export function openTestEventStream(
  url: string,
  apiKey: string,
  query: string,
  { method = 'POST', headers = {}, extensions }: EventStreamAsk = {},
): Promise<TestEventStream> {
  const search = method === 'GET' ? `?query=${encodeURIComponent(query)}` : '';
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/graphql${search}`,
      {
        method,
        agent: false,
        headers: { accept: 'text/event-stream', 'content-type': 'application/json', 'x-api-key': apiKey, ...headers },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        const ended = new Promise<void>((settle) => response.once('close', () => settle()));
        resolve({ status: response.statusCode ?? 0, text: () => text, ended, leave: () => sent.destroy() });
      },
    );
    sent.on('error', reject);
    sent.end(method === 'GET' ? undefined : JSON.stringify({ query, extensions }));
  });
}

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createScope } from '../execute/test/shop-gateway.ts';
import { createRemoteTransport } from './remote.ts';
import type { SubgraphAnswer, SubgraphRequest, Transport } from './transport.ts';

type Lie = (response: ServerResponse) => void;

const query = 'subscription { a }';
const request: SubgraphRequest = {
  query,
  document: parse(query),
  operationName: undefined,
  operationKind: 'subscription',
  variables: {},
};
let tell: Lie;
let closed = Promise.withResolvers<void>();
let transport: Transport;
const server = createServer((incoming, response) => {
  response.on('close', () => closed.resolve());
  incoming.resume().on('end', () => tell(response));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  transport = createRemoteTransport({
    subgraph: 'telemetry',
    url: `http://127.0.0.1:${port}/graphql`,
    signScope: () => 'token',
    timeoutMs: 200,
    maxSilenceMs: 200,
    maxAnswerBytes: 100_000,
  });
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await transport.close?.();
});

const stream: Lie = (response) => response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n');
const json: Lie = (response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{"errors":[');
const withoutEnd = (response: ServerResponse, piece: string) => {
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on('drain', more);
  more();
};

it.each<[string, string, Lie]>([
  ['nothing at all', 'TIMEOUT', () => {}],
  ['the start of a refusal, and then nothing', 'TIMEOUT', json],
  [
    'a refusal without end',
    'SUBGRAPH_UNAVAILABLE',
    (response) => {
      json(response);
      withoutEnd(response, ' '.repeat(10_000));
    },
  ],
  ['a page', 'SUBGRAPH_UNAVAILABLE', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('Hi')],
  ['no answer', 'SUBGRAPH_UNAVAILABLE', (response) => response.writeHead(500).end('[]')],
  ['a cut connection', 'SUBGRAPH_UNAVAILABLE', (response) => response.destroy()],
])('says why no stream has begun, and holds no connection, when a subgraph sends %s', async (_what, code, lie) => {
  closed = Promise.withResolvers();
  tell = lie;
  await expect(transport.subscribe(request, createScope())).rejects.toMatchObject({ code });
  await closed.promise;
});

it.each<[string, Lie]>([
  ['an event that is no JSON', (response) => response.write('event: next\ndata: {"data"\n\n')],
  ['an event that is no answer', (response) => response.write('event: next\ndata: [1]\n\n')],
  ['an event without end', (response) => withoutEnd(response, 'data: '.padEnd(1_000_000, 'x'))],
  ['not even that it is there', () => {}],
  ['its end without a word', (response) => response.end()],
])('ends, and holds no connection, when a subgraph sends %s', async (_what, lie) => {
  closed = Promise.withResolvers();
  tell = (response) => {
    stream(response);
    response.write('event: next\ndata: {"data":{"a":1}}\n\n');
    lie(response);
  };
  const iterator = await open();
  expect(await iterator.next()).toEqual({ done: false, value: { data: { a: 1 } } });
  await expect(iterator.next()).rejects.toThrow();
  await closed.promise;
});

it('goes on for as long as it says that it is there', async () => {
  closed = Promise.withResolvers();
  tell = (response) => {
    stream(response);
    const timer = setInterval(() => response.write(':\n\n'), 50);
    response.on('close', () => clearInterval(timer));
    setTimeout(() => response.write('event: next\ndata: {"data":{"a":2}}\n\n'), 600);
  };
  const iterator = await open();
  expect(await iterator.next()).toEqual({ done: false, value: { data: { a: 2 } } });
  await iterator.return?.();
  await closed.promise;
});

async function open(): Promise<AsyncIterator<SubgraphAnswer>> {
  const events = await transport.subscribe(request, createScope());
  if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events));
  return events[Symbol.asyncIterator]();
}

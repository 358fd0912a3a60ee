import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInternalTokenSigner } from '@cauce/shared/auth/internal-token';
import { createDatabase } from '@cauce/shared/db/create-database';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { createOperationRunner } from '@cauce/shared/subgraph/operation-runner';
import { serveSubgraph } from '@cauce/shared/subgraph/serve-subgraph';
import type { Subgraph, SubgraphName } from '@cauce/shared/subgraph/subgraph';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDeps } from '@cauce/shared/test/test-deps';
import fc from 'fast-check';
import { parse } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createExecutor, type Executor } from '../execute/executor.ts';
import { randomOperation } from '../execute/test/random-operation.ts';
import { createScope } from '../execute/test/shop-gateway.ts';
import { createShopSchemas, monolith, shopSupergraph } from '../execute/test/shop-graph.ts';
import { createShopWorld } from '../execute/test/shop-world.ts';
import { createEventSource } from '../streams/test/event-source.ts';
import { hubOver, readStream } from '../streams/test/test-reader.ts';
import { createInProcessTransport } from './in-process.ts';
import { createRemoteTransport } from './remote.ts';
import type { SubgraphRequest, Transport } from './transport.ts';

const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

// Nothing here reads from it, so it never connects.
const database = createDatabase({ url: 'postgres://nobody@127.0.0.1:1/none', applicationName: 'test', log: silentLog });
const { deps } = await testDeps(database);

describe('in this process and over HTTP', () => {
  const events = createEventSource<unknown>();
  const world = createShopWorld();
  /** The shop's subgraphs under names that the platform has. */
  const names: Readonly<Record<keyof ReturnType<typeof createShopSchemas>, SubgraphName>> = {
    accounts: 'access',
    products: 'production',
    inventory: 'inventory',
    reviews: 'clinics',
  };
  let inProcess: Executor;
  let remote: Executor;

  beforeAll(async () => {
    const near = new Map<string, Transport>();
    const far = new Map<string, Transport>();
    for (const [name, schema] of Object.entries(createShopSchemas(world, () => events))) {
      const subgraph: Subgraph = {
        name: names[name as keyof typeof names],
        schema,
        createContext: () => ({}),
        jobs: [],
      };
      near.set(name, createInProcessTransport(createOperationRunner(subgraph, silentLog)));
      far.set(name, await serve(name, subgraph, deps));
    }
    inProcess = createExecutor({ supergraphSdl: shopSupergraph, transports: near });
    remote = createExecutor({ supergraphSdl: shopSupergraph, transports: far });
  });

  async function serve(name: string, subgraph: Subgraph, deps: Deps): Promise<Transport> {
    const server = await serveSubgraph(subgraph, deps, { host: '127.0.0.1', port: 0 });
    stops.push(() => server.stop());
    const sign = createInternalTokenSigner(deps.settings.internalSecret);
    const transport = createRemoteTransport({
      subgraph: name,
      url: server.url,
      signScope: ({ viewer }) => sign(viewer),
    });
    stops.push(async () => transport.close?.());
    return transport;
  }

  it('gives answers that are equal to the byte, errors included', async () => {
    const tape = fc.array(fc.nat({ max: 10_000 }), { minLength: 5, maxLength: 120, size: 'max' });
    await fc.assert(
      fc.asyncProperty(tape, async (numbers) => {
        const { source, variables } = randomOperation(monolith, numbers);
        const request = { source, variables, scope: createScope() };
        const [a, b] = await Promise.all([inProcess.execute(request), remote.execute(request)]);
        expect(JSON.stringify(b)).toBe(JSON.stringify(a));
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('streams events that are equal to the byte', async () => {
    const request = { source: 'subscription { reviewAdded { id body subject { name inStock } author { email } } }' };
    const texts: string[] = [];
    for (const executor of [inProcess, remote]) {
      const stream = await readStream(hubOver(executor), { request });
      events.push(world.reviews.get('r2'));
      events.push(world.reviews.get('r9'));
      const text = JSON.stringify([await stream.take(), await stream.take()]);
      texts.push(text.replaceAll(/"requestId":"[^"]+"/g, '"requestId":"…"'));
      if (executor === remote) stream.leave();
    }
    expect(texts[1]).toBe(texts[0]);
    expect(texts[0]).toContain('"body":"Words 2"');
    await expect.poll(() => events.isOpen).toBe(false);
  });
});

describe('one context for one request', () => {
  it('is shared by its fetches in this process, and by no other request', async () => {
    let made = 0;
    const subgraph: Subgraph = {
      name: 'access',
      schema: createShopSchemas(createShopWorld()).accounts,
      createContext: () => {
        made += 1;
        return {};
      },
      jobs: [],
    };
    const transport = createInProcessTransport(createOperationRunner(subgraph, silentLog));
    const scope = createScope();
    for (const one of [scope, scope, createScope()]) await transport.execute(operation('{ me { id } }'), one);
    expect(made).toBe(2);
  });

  it('ends its waiting when the request is given up, though the resolver goes on', async () => {
    const aborting = new AbortController();
    const transport = createInProcessTransport({
      execute: () => new Promise(() => undefined),
      subscribe: () => Promise.reject(new Error('none')),
    });
    const answer = transport.execute(operation('{ me { id } }'), createScope(aborting.signal));
    aborting.abort();
    await expect(answer).rejects.toMatchObject({ code: 'TIMEOUT' });
  });
});

describe('a subgraph elsewhere', () => {
  type Answer = (request: IncomingMessage, response: ServerResponse, body: string) => void;

  async function peer(answer: Answer, options: { readonly timeoutMs?: number; readonly maxAnswerBytes?: number } = {}) {
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += chunk;
      });
      request.on('end', () => answer(request, response, body));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/graphql?from=gateway`;
    const transport = createRemoteTransport({ subgraph: 'far', url, signScope: () => 'signed', ...options });
    stops.push(async () => {
      server.closeAllConnections();
      server.close();
      await transport.close?.();
    });
    return transport;
  }
  const json = (response: ServerResponse, value: unknown) => response.end(JSON.stringify(value));

  it('is told who asks, for which request, and from where', async () => {
    const seen: unknown[] = [];
    const transport = await peer((request, response, body) => {
      const { authorization, 'x-request-id': id, 'x-client-address': address } = request.headers;
      seen.push([request.method, request.url, authorization, id, address, JSON.parse(body)]);
      json(response, { data: {} });
    });
    await transport.execute(operation('query Q { a }', { b: 1 }), { ...createScope(), address: '192.0.2.7' });
    expect(seen).toEqual([
      [
        'POST',
        '/graphql?from=gateway',
        'Bearer signed',
        'test-request',
        '192.0.2.7',
        { query: 'query Q { a }', variables: { b: 1 } },
      ],
    ]);
  });

  it('is asked a query again, once, when its connection breaks; a mutation never', async () => {
    let calls = 0;
    const transport = await peer((request, response) => {
      calls += 1;
      if (calls === 1) request.socket.destroy();
      else json(response, { data: { a: calls } });
    });
    expect(await transport.execute(operation('{ a }'), createScope())).toEqual({ data: { a: 2 } });
    calls = 0;
    const mutation: SubgraphRequest = { ...operation('mutation { a }'), operationKind: 'mutation' };
    await expect(transport.execute(mutation, createScope())).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(calls).toBe(1);
  });

  it('is asked twice and no more while it cannot be reached', async () => {
    let calls = 0;
    const transport = await peer((request) => {
      calls += 1;
      request.socket.destroy();
    });
    await expect(transport.execute(operation('{ a }'), createScope())).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
    });
    expect(calls).toBe(2);
  });

  it.each([
    ['silence', (_response: ServerResponse) => undefined],
    [
      'a drip that never ends',
      (response: ServerResponse) => {
        response.write('{');
        const drip = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(drip));
      },
    ],
  ])('is waited for only so long: %s', async (_what, answer) => {
    const transport = await peer((_request, response) => answer(response), { timeoutMs: 150 });
    await expect(transport.execute(operation('{ a }'), createScope())).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('is left at once when the request is given up', async () => {
    const aborting = new AbortController();
    const left = Promise.withResolvers<void>();
    const transport = await peer((request) => {
      request.socket.on('close', () => left.resolve());
      aborting.abort();
    });
    await expect(transport.execute(operation('{ a }'), createScope(aborting.signal))).rejects.toMatchObject({
      code: 'TIMEOUT',
    });
    await left.promise;
  });

  it.each([
    ['text that is no JSON', '<html>Bad gateway</html>'],
    ['JSON that is no answer', '[1]'],
    ['more than it may', `{"data":"${'x'.repeat(2_000)}"}`],
  ])('counts as not answering when it sends %s', async (_what, body) => {
    const transport = await peer((_request, response) => response.end(body), { maxAnswerBytes: 1_000 });
    await expect(transport.execute(operation('{ a }'), createScope())).rejects.toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
    });
  });

  it('may refuse with errors, whatever the status', async () => {
    const transport = await peer((_request, response) => {
      response.statusCode = 401;
      json(response, { errors: [{ message: 'No', extensions: { code: 'UNAUTHENTICATED' } }] });
    });
    expect(await transport.execute(operation('{ a }'), createScope())).toMatchObject({ errors: [{ message: 'No' }] });
  });

  it('has its stream read in any chunks, with comments and both line ends', async () => {
    const text =
      ':\n\nevent: next\r\ndata: {"data":{"name":"Ñandú"}}\r\n\r\nevent: next\ndata: {"data":\ndata: {"n":2}}\n\nevent: complete\ndata: \n\n';
    const transport = await peer(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
      for (const byte of Buffer.from(text)) {
        response.write(Buffer.from([byte]));
        if (byte === 10) await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    });
    const events = await transport.subscribe(
      { ...operation('subscription { a }'), operationKind: 'subscription' },
      createScope(),
    );
    if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events));
    const seen: unknown[] = [];
    for await (const event of events) seen.push(event);
    expect(seen).toEqual([{ data: { name: 'Ñandú' } }, { data: { n: 2 } }]);
  });

  it('tells a stream that was cut off from one that has ended', async () => {
    const transport = await peer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end('event: next\ndata: {"data":{}}\n\n');
    });
    const events = await transport.subscribe(operation('subscription { a }'), createScope());
    if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events));
    const iterator = events[Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: { data: {} } });
    await expect(iterator.next()).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  });

  it('has its stream closed at once when the reader leaves, though nothing comes', async () => {
    const closed = Promise.withResolvers<void>();
    const transport = await peer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(':\n\n');
      response.on('close', () => closed.resolve());
    });
    const events = await transport.subscribe(operation('subscription { a }'), createScope());
    if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events));
    const iterator = events[Symbol.asyncIterator]();
    const read = iterator.next().catch(() => null);
    await iterator.return?.();
    await closed.promise;
    await read;
  });

  it('answers a subscription that it refuses as it answers anything', async () => {
    const transport = await peer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      json(response, { errors: [{ message: 'No' }] });
    });
    expect(await transport.subscribe(operation('subscription { a }'), createScope())).toEqual({
      errors: [{ message: 'No' }],
    });
  });
});

function operation(query: string, variables: Record<string, unknown> = {}): SubgraphRequest {
  return { query, document: parse(query), operationName: undefined, operationKind: 'query', variables };
}

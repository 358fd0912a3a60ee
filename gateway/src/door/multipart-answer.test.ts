import { anonymousViewer } from '@cauce/shared/auth/viewer';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { silentLog } from '@cauce/shared/test/silent-log';
import fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSchemaTransport, createScope } from '../execute/test/shop-gateway.ts';
import { createShopSchemas, shopSupergraph } from '../execute/test/shop-graph.ts';
import { createShopWorld } from '../execute/test/shop-world.ts';
import { createFederatedGraph } from '../graph/federated-graph.ts';
import { createLiveConnections } from '../live/connections.ts';
import { hubOver } from '../streams/test/test-reader.ts';
import type { Transport } from '../transports/transport.ts';
import { registerGraphql } from './graphql-route.ts';
import { acceptsParts } from './multipart-answer.ts';
import { createOpenAdmission } from './open-admission.ts';
import { createViewerResolver } from './viewer-resolver.ts';

const app = fastify();
const late = Promise.withResolvers<void>();
let url = '';

beforeAll(async () => {
  const transports = Object.entries(createShopSchemas(createShopWorld())).map(([name, schema]): [string, Transport] => {
    const transport = createSchemaTransport(schema);
    if (name !== 'inventory') return [name, transport];
    return [
      name,
      { ...transport, execute: (request, scope) => late.promise.then(() => transport.execute(request, scope)) },
    ];
  });
  const graph = createFederatedGraph({ supergraphSdl: shopSupergraph, transports: new Map(transports) });
  const nobody = async () => anonymousViewer;
  registerGraphql(app, {
    graph,
    hub: hubOver(graph.executor),
    metrics: createMetrics({ process: 'test', hasProcessMetrics: false }),
    viewers: createViewerResolver({ bySession: nobody, byApiKey: nobody }, 'test'),
    admit: createOpenAdmission(graph),
    allowedOrigins: [],
    connections: createLiveConnections(),
    log: silentLog,
    path: '/graphql',
    timeoutMs: 10_000,
  });
  url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
});
afterAll(() => app.close());

function send(query: string, accept: string): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept },
    body: JSON.stringify({ query }),
    signal: createScope(AbortSignal.timeout(10_000)).signal,
  });
}

const source = '{ products(first: 2) { name ... @defer(label: "stock") { inStock } } }';
const inParts = 'multipart/mixed;deferSpec=20220824,application/graphql-response+json,application/json;q=0.9';

describe('an answer in parts', () => {
  it('is sent part by part, the first before the rest is there', async () => {
    const response = await send(source, inParts);
    expect(response.headers.get('content-type')).toBe('multipart/mixed; boundary="-"; deferSpec=20220824');
    expect(response.headers.get('x-request-id')).toBeTruthy();
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      // Only now may the subgraph answer: the first part must have come without it.
      if (text.includes('Thing 1')) late.resolve();
    }
    const [preamble, ...parts] = text.split('\r\n---');
    expect(preamble).toBe('');
    expect(parts.pop()).toBe('--\r\n');
    const payloads = parts.map((part) => {
      const [head, body] = part.split('\r\n\r\n');
      expect(head).toBe('\r\ncontent-type: application/json; charset=utf-8');
      return JSON.parse(body ?? '');
    });
    expect(payloads).toMatchObject([
      { data: { products: [{ name: 'Thing 0' }, { name: 'Thing 1' }] }, hasNext: true },
      {
        incremental: [
          {
            label: 'stock',
            path: ['products', 0],
            data: { inStock: null },
            errors: [{ path: ['products', 0, 'inStock'] }],
          },
          { label: 'stock', path: ['products', 1], data: { inStock: false } },
        ],
        hasNext: false,
      },
    ]);
  });

  it.each([
    ['application/json', 'application/json'],
    ['application/graphql-response+json, application/json;q=0.9', 'application/graphql-response+json'],
    ['multipart/mixed;deferSpec=20991231, application/json', 'application/json'],
  ])('is one answer for a client that takes %s', async (accept, type) => {
    late.resolve();
    const response = await send(source, accept);
    expect(response.headers.get('content-type')).toContain(type);
    expect(await response.json()).toMatchObject({
      data: {
        products: [
          { name: 'Thing 0', inStock: null },
          { name: 'Thing 1', inStock: false },
        ],
      },
    });
  });

  it('is one answer where nothing is deferred, also for a client that names nothing but parts', async () => {
    for (const query of ['{ me { id } }', '{ me { id ... @defer(if: false) { name } } }']) {
      const response = await send(query, 'multipart/mixed;deferSpec=20220824');
      expect(response.headers.get('content-type')).toContain('application/json');
      expect(await response.json()).toMatchObject({ data: { me: { id: 'u0' } } });
    }
  });

  it('is wanted by who names its form, or no form', () => {
    expect(acceptsParts('multipart/mixed; deferSpec="20220824", application/json')).toBe(true);
    expect(acceptsParts('application/graphql-response+json, text/event-stream, multipart/mixed')).toBe(true);
    expect(acceptsParts('multipart/mixed;q=0')).toBe(false);
    expect(acceptsParts('*/*')).toBe(false);
    expect(acceptsParts(undefined)).toBe(false);
  });
});

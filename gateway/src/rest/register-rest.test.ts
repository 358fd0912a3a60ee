import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '@cauce/shared/clock';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testViewer } from '@cauce/shared/test/viewers';
import fastify, { type FastifyInstance } from 'fastify';
import { buildSchema, execute, GraphQLError } from 'graphql';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createOpenAdmission } from '../door/open-admission.ts';
import { createFederatedGraph } from '../graph/federated-graph.ts';
import type { SubgraphAnswer, Transport } from '../transports/transport.ts';
import { registerRest } from './register-rest.ts';

const supergraphSdl = readFileSync(new URL('../../supergraph.graphql', import.meta.url), 'utf8');
const inventorySdl = readFileSync(new URL('../../../subgraphs/inventory/schema.graphql', import.meta.url), 'utf8');
const names = ['access', 'production', 'inventory', 'clinics', 'telemetry', 'finance', 'assistant'];

interface PageArguments {
  readonly first: number;
  readonly after?: string;
}

interface Door {
  readonly url: string;
}

const doors: FastifyInstance[] = [];
afterEach(async () => {
  for (const app of doors.splice(0)) await app.close();
});

/** What the inventory has, as the test that runs says; nothing else has anything. */
let products: (page: PageArguments) => unknown = () => null;
const schema = buildSchema(inventorySdl, { assumeValidSDL: true });
const inventory: Transport = {
  execute: async ({ document, variables }) =>
    (await execute({ schema, document, rootValue: { products }, variableValues: variables })) as SubgraphAnswer,
  subscribe: async () => ({ data: null }),
};
const silent: Transport = { execute: () => ({ data: {} }), subscribe: async () => ({ data: null }) };
/** One for all doors: reading the whole supergraph takes its time. */
const graph = createFederatedGraph({
  supergraphSdl,
  transports: new Map(names.map((name) => [name, name === 'inventory' ? inventory : silent])),
});

/** A door on the graph, whose inventory has these products from now on. */
async function openDoor(having: (page: PageArguments) => unknown): Promise<Door> {
  products = having;
  const app = fastify({ forceCloseConnections: true });
  doors.push(app);
  const viewer = testViewer();
  await registerRest(app, {
    graph,
    viewers: { resolve: async () => viewer, identify: async () => ({ viewer, familyId: null }), forget: () => {} },
    admit: createOpenAdmission(graph),
    log: silentLog,
    clock: systemClock,
    version: '1.2.3',
    timeoutMs: 5_000,
    own: {},
    store: () => Promise.reject(new Error('No file is sent here')),
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return { url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}` };
}

const instant = '2026-11-20T14:05:00.000Z';
const product = (index: number) => ({
  id: `p${index}`,
  sku: `SKU-${index}`,
  name: 'x'.repeat(2_000),
  isActive: true,
  isBelowMinimum: false,
  createdAt: instant,
  updatedAt: instant,
});

/** Endless products, counting the pages that were read. */
function endless() {
  const read = { pages: 0 };
  const products = ({ first, after = '0' }: PageArguments) => {
    read.pages += 1;
    const from = Number(after);
    const edges = Array.from({ length: first }, (_, index) => ({
      cursor: String(from + index + 1),
      node: product(from + index),
    }));
    return {
      edges,
      totalCount: 1_000_000,
      pageInfo: { hasNextPage: true, hasPreviousPage: false, endCursor: String(from + first) },
    };
  };
  return { read, products };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 300));

function open(address: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => get(address, resolve).on('error', reject));
}

// The whole supergraph is planned, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

describe('a file on its way', () => {
  it('is read no faster than its reader takes it, and no further when the reader leaves', async () => {
    const { read, products: all } = endless();
    const { url } = await openDoor(all);
    const response = await open(`${url}/api/data/products?format=csv`);
    response.pause();
    // What the socket and its buffers hold is a few pages of 400 KB; a million rows would be five thousand.
    let pages = -1;
    while (pages !== read.pages) {
      pages = read.pages;
      await settle();
    }
    expect(pages).toBeGreaterThan(0);
    expect(pages).toBeLessThan(60);
    response.destroy();
    await settle();
    const left = read.pages;
    await settle();
    expect(read.pages).toBe(left);
    expect(left - pages).toBeLessThanOrEqual(2);
  });

  it('is torn, not ended, when a later page fails, so that nobody takes a part for the whole', async () => {
    const { products: all } = endless();
    const { url } = await openDoor((page) => {
      if (page.after === '400') throw new GraphQLError('SELECT secret', { extensions: { code: 'INTERNAL' } });
      return all(page);
    });
    const response = await open(`${url}/api/data/products?format=csv`);
    expect(response.statusCode).toBe(200);
    let text = '';
    response.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    const [error] = await once(response, 'error').catch((cause: unknown) => [cause]);
    expect(error).toMatchObject({ code: 'ECONNRESET' });
    expect(text).toContain('SKU-399');
    expect(text).not.toContain('secret');
  });

  it('is a problem when its first page fails, and in both cases its place is given back', async () => {
    let isBroken = true;
    const { products: all } = endless();
    const { url } = await openDoor((page) => {
      if (isBroken) throw new GraphQLError('down', { extensions: { code: 'UPSTREAM_UNAVAILABLE' } });
      const answer = all(page);
      return { ...answer, pageInfo: { ...answer.pageInfo, hasNextPage: false } };
    });
    for (let time = 0; time < 8; time += 1) {
      const refused = await fetch(`${url}/api/data/products?format=csv`);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('content-disposition')).toBeNull();
      expect(await refused.json()).toMatchObject({
        code: 'UPSTREAM_UNAVAILABLE',
        requestId: refused.headers.get('x-request-id'),
      });
    }
    isBroken = false;
    for (let time = 0; time < 8; time += 1) {
      const file = await fetch(`${url}/api/data/products?format=csv`);
      expect((await file.text()).split('\r\n')).toHaveLength(202);
    }
  });

  it('is one of four at once', async () => {
    const { url } = await openDoor(endless().products);
    const address = `${url}/api/data/products?format=csv`;
    const files = [await open(address), await open(address), await open(address), await open(address)];
    const fifth = await fetch(address);
    expect({ status: fifth.status, wait: fifth.headers.get('retry-after') }).toEqual({ status: 429, wait: '5' });
    for (const file of files) file.destroy();
    await settle();
    const next = await open(address);
    expect(next.statusCode).toBe(200);
    next.destroy();
  });
});

describe('a supergraph that is replaced', () => {
  it('that the routes do not fit leaves what was served, and its lost route says so', async () => {
    const { url } = await openDoor(endless().products);
    const before = await (await fetch(`${url}/api/data/products?limit=1`)).json();
    graph.reload(supergraphSdl.replaceAll('  stockValue: Decimal', '  stockWorth: Decimal'));
    expect(await (await fetch(`${url}/api/data/products?limit=1`)).json()).toEqual(before);
    const withoutErpId = supergraphSdl.replaceAll(/^ {2}erpId: String.*$/gm, '  erpNumber: String');
    graph.reload(withoutErpId.replaceAll('erpId', 'erpNumber'));
    const lost = await fetch(`${url}/api/data/products?limit=1`);
    expect(lost.status).toBe(503);
    expect(await lost.json()).toMatchObject({
      code: 'SUBGRAPH_UNAVAILABLE',
      detail: 'The graph does not serve this address at the moment',
    });
    graph.reload(supergraphSdl);
    expect(await (await fetch(`${url}/api/data/products?limit=1`)).json()).toEqual(before);
  });
});

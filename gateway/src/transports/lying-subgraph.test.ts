import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createExecutor, type Executor } from '../execute/executor.ts';
import { createSchemaTransport, createScope } from '../execute/test/shop-gateway.ts';
import { createShopSchemas, shopSupergraph } from '../execute/test/shop-graph.ts';
import { createShopWorld } from '../execute/test/shop-world.ts';
import { createRemoteTransport } from './remote.ts';
import type { Transport } from './transport.ts';

type Lie = (response: ServerResponse, entities: number) => void;

const source = '{ products(first: 3) { id name stockCode } }';
let tell: Lie;
let asked = 0;
let executor: Executor;
/** It has the time that ten megabytes take on a busy machine. */
let patientExecutor: Executor;
const remotes: Transport[] = [];
const server = createServer((request, response) => {
  asked += 1;
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { variables } = JSON.parse(Buffer.concat(chunks).toString());
    tell(response, variables.representations.length);
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const remote = (timeoutMs: number) => {
    const url = `http://127.0.0.1:${port}/graphql`;
    const transport = createRemoteTransport({ subgraph: 'inventory', url, signScope: () => 'token', timeoutMs });
    remotes.push(transport);
    return transport;
  };
  const schemas = Object.entries(createShopSchemas(createShopWorld()));
  const inProcess = schemas.map(([name, schema]) => [name, createSchemaTransport(schema)] as const);
  const executorOver = (inventory: Transport) =>
    createExecutor({ supergraphSdl: shopSupergraph, transports: new Map([...inProcess, ['inventory', inventory]]) });
  executor = executorOver(remote(300));
  patientExecutor = executorOver(remote(30_000));
});
beforeEach(() => {
  asked = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  for (const remote of remotes) await remote.close?.();
});

const json = (response: ServerResponse, value: unknown) => {
  response.setHeader('content-type', 'application/json');
  response.end(typeof value === 'string' ? value : JSON.stringify(value));
};
const entities = (count: number, entity: unknown) => ({
  data: { _entities: Array.from({ length: count }, () => entity) },
});

/** What it does, and the code that its clients see. */
const lies: readonly (readonly [string, string, Lie])[] = [
  ['a page', 'SUBGRAPH_UNAVAILABLE', (response) => response.setHeader('content-type', 'text/html').end('{"data":{}}')],
  ['half an answer', 'SUBGRAPH_UNAVAILABLE', (response) => json(response, '{"data":{"_entities":[')],
  ['a bare null', 'SUBGRAPH_UNAVAILABLE', (response) => json(response, 'null')],
  ['a list', 'SUBGRAPH_UNAVAILABLE', (response) => json(response, '[{"data":{}}]')],
  ['no entities', 'SUBGRAPH_UNAVAILABLE', (response) => json(response, { data: {} })],
  ['null for all entities', 'SUBGRAPH_UNAVAILABLE', (response) => json(response, { data: { _entities: null } })],
  [
    'too few entities',
    'SUBGRAPH_UNAVAILABLE',
    (response, count) => json(response, entities(count - 1, { stockCode: 'x' })),
  ],
  [
    'too many entities',
    'SUBGRAPH_UNAVAILABLE',
    (response, count) => json(response, entities(count + 1, { stockCode: 'x' })),
  ],
  [
    'a value of the wrong type',
    'INTERNAL',
    (response, count) => json(response, entities(count, { stockCode: { no: 1 } })),
  ],
  [
    'null where that is not allowed',
    'INTERNAL',
    (response, count) => json(response, entities(count, { stockCode: null })),
  ],
  ['an entity that is none', 'INTERNAL', (response, count) => json(response, entities(count, 'entity'))],
  [
    'the connection cut in the middle',
    'SUBGRAPH_UNAVAILABLE',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 });
      response.write('{"data":');
      setTimeout(() => response.destroy(), 5);
    },
  ],
  ['nothing at all', 'TIMEOUT', () => {}],
  [
    'the start of an answer, and then nothing',
    'TIMEOUT',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{');
    },
  ],
  [
    'an error of its server',
    'SUBGRAPH_UNAVAILABLE',
    (response) => {
      response.statusCode = 502;
      response.end('Bad Gateway');
    },
  ],
];

it.each(lies)('keeps what others have when a subgraph sends %s', async (_name, code, lie) => {
  tell = lie;
  const { data, errors } = await executor.execute({ source, scope: createScope() });
  // `stockCode` may not be null, nor may a product in the list: what is lost is the list, and nothing says otherwise.
  expect(data).toBeNull();
  expect(errors?.length).toBeGreaterThan(0);
  for (const { extensions } of errors ?? []) expect(extensions.code).toBe(code);
  expect(asked).toBeLessThanOrEqual(2);
});

it.each(lies)('loses only the field where it may be null when a subgraph sends %s', async (_name, _code, lie) => {
  tell = lie;
  const nullable = '{ products(first: 3) { id name inStock } }';
  const { data } = await executor.execute({ source: nullable, scope: createScope() });
  expect(data?.products).toMatchObject([1, 2, 3].map(() => ({ inStock: null })));
});

it('reads ten megabytes, and is well again afterwards', async () => {
  tell = (response, count) => json(response, { ...entities(count, { stockCode: 'x'.repeat(3_500_000) }), more: 1 });
  const { data, errors } = await patientExecutor.execute({ source, scope: createScope() });
  expect(errors).toBeUndefined();
  expect(JSON.stringify(data).length).toBeGreaterThan(10_000_000);
  tell = (response, count) => json(response, entities(count, { stockCode: 'well' }));
  const after = await patientExecutor.execute({ source, scope: createScope() });
  expect(after.data?.products).toMatchObject([1, 2, 3].map(() => ({ stockCode: 'well' })));
});

import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Lie } from './lying-proxy.ts';

/** The code that a client finds in the place of what is missing. */
export type Code = 'SUBGRAPH_UNAVAILABLE' | 'INTERNAL' | 'TIMEOUT';

export interface ToldLie {
  readonly name: string;
  /** Where the subgraph completes an entity; `null` when nothing is to be missing. */
  readonly code: Code | null;
  /** Where it answers by itself, if that is another. */
  readonly codeAtRoot?: Code;
  /** Megabytes. */
  readonly isLarge?: true;
  readonly tell: Lie;
}

const megabyte = 1024 * 1024;
const pieceOfBody = Buffer.alloc(megabyte, ' ');
/** A tenth of a megabyte that becomes a hundred of them in the hands of whoever unpacks it. */
const bomb = gzipSync(Buffer.alloc(100 * megabyte, ' '));

/** What subgraphs, and what stands before them, send instead of an answer, and in it. */
export const lies: readonly ToldLie[] = [
  { name: 'a value of another type', code: 'INTERNAL', tell: changed((data) => mapLeaves(data, () => ({ no: 1 }))) },
  { name: 'null everywhere', code: 'INTERNAL', tell: changed((data) => mapLeaves(data, () => null)) },
  {
    name: 'a word for an object',
    code: 'SUBGRAPH_UNAVAILABLE',
    codeAtRoot: 'INTERNAL',
    tell: changed((data) => mapFields(data, () => 'entity')),
  },
  { name: 'nothing that was asked', code: 'SUBGRAPH_UNAVAILABLE', tell: changed(() => ({})) },
  {
    name: 'everything twice',
    code: 'SUBGRAPH_UNAVAILABLE',
    codeAtRoot: 'INTERNAL',
    tell: changed((data) => mapFields(data, (value) => [...asList(value), ...asList(value)])),
  },
  {
    name: 'no entities',
    code: 'SUBGRAPH_UNAVAILABLE',
    codeAtRoot: 'INTERNAL',
    tell: changed((data) => mapFields(data, () => [])),
  },
  { name: 'half of the JSON', code: 'SUBGRAPH_UNAVAILABLE', tell: (response, honest) => json(response, half(honest)) },
  {
    name: 'a page with 200',
    code: 'SUBGRAPH_UNAVAILABLE',
    tell: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Under construction</h1>'),
  },
  { name: 'status 500', code: 'SUBGRAPH_UNAVAILABLE', tell: (response) => response.writeHead(500).end('Oops') },
  {
    name: 'the connection cut half-way',
    code: 'SUBGRAPH_UNAVAILABLE',
    tell(response, honest) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': honest.length });
      response.write(half(honest), () => response.destroy());
    },
  },
  {
    name: 'a packed answer a thousand times its size',
    code: 'SUBGRAPH_UNAVAILABLE',
    tell: (response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb),
  },
  { name: 'a body without end', code: 'SUBGRAPH_UNAVAILABLE', isLarge: true, tell: withoutEnd },
  {
    name: 'ten megabytes beside the answer',
    code: null,
    isLarge: true,
    tell: (response, honest) =>
      json(response, Buffer.concat([Buffer.from(`{"more":"${'x'.repeat(10 * megabyte)}",`), honest.subarray(1)])),
  },
];

/** What takes all the time there is. */
export const slowLies: readonly ToldLie[] = [
  { name: 'nothing', code: 'TIMEOUT', tell: () => {} },
  {
    name: 'a byte now and then',
    code: 'TIMEOUT',
    tell(response) {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 50);
      response.once('close', () => clearInterval(timer));
    },
  },
];

function json(response: ServerResponse, body: Buffer | string): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(body);
}

function half(honest: Buffer): Buffer {
  return honest.subarray(0, honest.length / 2);
}

/** As fast as it is taken. */
function withoutEnd(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write(pieceOfBody));
  };
  response.on('drain', more);
  more();
}

type Data = Readonly<Record<string, unknown>>;

function changed(change: (data: Data) => unknown): Lie {
  return (response, honest) => {
    const { data } = JSON.parse(honest.toString());
    json(response, JSON.stringify({ data: change(data) }));
  };
}

function mapFields(data: Data, change: (value: unknown) => unknown): Data {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, change(value)]));
}

/** All but the names of types, by which the gateway knows what it has before it. */
function mapLeaves(value: unknown, change: () => unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, change, name));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapLeaves(inner, change, key)]));
  return name === '__typename' ? value : change();
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

import { createServer, type ServerResponse } from 'node:http';
import { clockMs } from './clock.ts';
import { machine } from './event-graph.ts';

/**
 * Both subgraphs of the bench over HTTP: `node event-source.ts <port>`. `POST /emit?rate=10&seconds=10` tells as many
 * events at set times and answers when the last is out; each carries the time at which it was due, so that being late
 * counts whoever is to blame. `GET /counts` says how many streams are open and how many entity fetches there were.
 */
const streams = new Set<ServerResponse>();
let entityFetches = 0;
let number = 0;

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://source');
  request.resume();
  if (url.pathname === '/counts') return void response.end(JSON.stringify({ streams: streams.size, entityFetches }));
  if (url.pathname === '/emit') {
    const rate = Number(url.searchParams.get('rate'));
    const count = rate * Number(url.searchParams.get('seconds'));
    return void emit(rate, count).then(() => response.end(String(count)));
  }
  if (request.headers.accept?.includes('text/event-stream') === true) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(':\n\n');
    streams.add(response);
    return void response.once('close', () => streams.delete(response));
  }
  entityFetches += 1;
  const { id: _id, ...known } = machine;
  const answer = JSON.stringify({ data: { _entities: [{ __typename: 'Machine', ...known }] } });
  response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2]), '127.0.0.1');

async function emit(rate: number, count: number): Promise<void> {
  const startMs = clockMs() + 100;
  for (let index = 0; index < count; index += 1) {
    const dueMs = startMs + (index * 1_000) / rate;
    const leftMs = dueMs - clockMs();
    if (leftMs > 0) await new Promise((resolve) => setTimeout(resolve, leftMs));
    number += 1;
    const measured = { number, atMs: dueMs, value: 31.5, machine: { __typename: 'Machine', id: machine.id } };
    const event = Buffer.from(`event: next\ndata: ${JSON.stringify({ data: { measured } })}\n\n`);
    for (const stream of streams) stream.write(event);
  }
}

import { createServer } from 'node:http';
import { readEventStream } from '@cauce/gateway/transports/event-stream-reader';
import { WebSocketServer } from 'ws';
import { eventSubscription, machine } from './event-graph.ts';

/**
 * The least that a fan-out can be: `node bare-fan-out.ts <port> <source's port>` reads the same events and sends the
 * same answer to every socket, without rights, plans, entities, windows or limits.
 */
const [port, sourcePort] = process.argv.slice(2);
const epoch = 'bare-fan-out';
const server = createServer((_request, response) => response.end(JSON.stringify({ upstreams: 1 })));
const sockets = new WebSocketServer({ server, path: '/graphql', handleProtocols: () => 'graphql-transport-ws' });
const frame = (data: unknown, number: number) =>
  Buffer.from(
    JSON.stringify({ id: '1', type: 'next', payload: { data, extensions: { eventId: `${epoch}.${number}` } } }),
  );
sockets.on('connection', (socket) =>
  socket.on('message', (message) => {
    if (String(message).includes('connection_init')) socket.send('{"type":"connection_ack"}');
    else socket.send(frame(null, 0), { binary: false });
  }),
);
server.listen(Number(port), '127.0.0.1');

const { body } = await fetch(`http://127.0.0.1:${sourcePort}/events`, {
  method: 'POST',
  headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
  body: JSON.stringify({ query: eventSubscription }),
});
const { id: _id, ...known } = machine;
for await (const text of readEventStream(body ?? new ReadableStream<Uint8Array>())) {
  const event: { readonly data: { readonly measured: { readonly number: number } } } = JSON.parse(text);
  const { measured } = event.data;
  const bytes = frame({ measured: { ...measured, machine: known } }, measured.number);
  for (const socket of sockets.clients) socket.send(bytes, { binary: false });
}

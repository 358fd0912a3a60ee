import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

/**
 * The least that a broadcast can be: the same bytes to every socket. Run as a process of its own:
 * `node bare-broadcast.ts <port>`; whatever is posted to it is sent to all.
 */
const [port] = process.argv.slice(2);
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const text = Buffer.concat(chunks).toString();
    const startedMs = performance.timeOrigin + performance.now();
    if (text !== '') for (const socket of sockets.clients) socket.send(text);
    response.end(String(startedMs));
  });
});
const sockets = new WebSocketServer({ server, path: '/graphql', handleProtocols: () => 'graphql-transport-ws' });
sockets.on('connection', (socket) => socket.on('message', () => socket.send('{"type":"connection_ack"}')));
server.listen(Number(port), '127.0.0.1');

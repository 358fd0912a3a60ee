import { readFileSync } from 'node:fs';
import fastify from 'fastify';

/**
 * The least that an HTTP server can do: take the same request and send bytes that are ready. Run as a process of its
 * own: `node bare-reply.ts <port> <file with the bytes>`.
 */
const [port, file] = process.argv.slice(2);
const bytes = readFileSync(file ?? '');
const app = fastify();
app.get('/readyz', (_request, reply) => reply.send('ok'));
app.post('/graphql', (_request, reply) => reply.type('application/json; charset=utf-8').send(bytes));
await app.listen({ host: '127.0.0.1', port: Number(port) });

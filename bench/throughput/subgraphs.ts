import { createServer } from 'node:http';
import { execute, parse } from 'graphql';
import { z } from 'zod';
import { createFourSubgraphs } from './four-subgraphs.ts';

/**
 * The four subgraphs over HTTP, one path each: `node subgraphs.ts <port>`. What was asked once is remembered by its
 * body, so that the subgraphs cost next to nothing; `GET /calls` says how many there were.
 */
const schemas = createFourSubgraphs();
const operation = z.object({ query: z.string(), variables: z.record(z.string(), z.unknown()).nullish() });
const remembered = new Map<string, Buffer>();
let calls = 0;

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.end(String(calls));
    return;
  }
  calls += 1;
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const body = Buffer.concat(chunks).toString();
    const answer = remembered.get(`${request.url}${body}`);
    if (answer !== undefined) send(answer);
    else void work(request.url ?? '', body).then(send);
  });
  const send = (answer: Buffer) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
    response.end(answer);
  };
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.argv[2]), '127.0.0.1');

async function work(path: string, body: string): Promise<Buffer> {
  const schema = schemas.get(path.slice(1));
  if (schema === undefined) throw new Error(`No subgraph at ${path}`);
  const { query, variables } = operation.parse(JSON.parse(body));
  const result = await execute({ schema, document: parse(query), variableValues: variables ?? {} });
  const answer = Buffer.from(JSON.stringify(result));
  remembered.set(`${path}${body}`, answer);
  return answer;
}

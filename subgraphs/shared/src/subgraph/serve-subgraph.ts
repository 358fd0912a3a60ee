import type { AddressInfo } from 'node:net';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { z } from 'zod';
import { createInternalTokenReader } from '../auth/internal-token.ts';
import { AppError } from '../errors/app-error.ts';
import { errorCodes } from '../errors/error-codes.ts';
import { livenessAnswer, readinessAnswer } from '../health/health-bodies.ts';
import { createHealthRegistry } from '../health/health-registry.ts';
import { writeEventStream } from '../http/event-stream.ts';
import { registerHttpActivity } from '../tracing/http-activity.ts';
import { startApolloPipeline } from './apollo-pipeline.ts';
import type { Deps } from './deps.ts';
import { createOperationRunner } from './operation-runner.ts';
import type { RequestScope } from './request-scope.ts';
import type { Subgraph } from './subgraph.ts';

export interface ServeOptions {
  readonly host: string;
  readonly port: number;
}

export interface SubgraphServer {
  /** Where the gateway sends operations. */
  readonly url: string;
  stop(): Promise<void>;
}

const maxBodyBytes = 4 * 1024 * 1024;

const operationSchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

/**
 * Serves one subgraph over HTTP for gateways: `POST /graphql` as JSON, subscriptions as an event stream. It answers
 * nobody without the gateway's signed token: it is that gateway who knows the viewer.
 */
export async function serveSubgraph(
  subgraph: Subgraph,
  deps: Deps,
  { host, port }: ServeOptions,
): Promise<SubgraphServer> {
  const app = fastify({ bodyLimit: maxBodyBytes, forceCloseConnections: true });
  const runner = createOperationRunner(subgraph, deps.log, deps.tracing);
  const apollo = await startApolloPipeline(subgraph, runner, deps.log);
  const readToken = createInternalTokenReader(deps.settings.internalSecret);
  const health = createHealthRegistry({ clock: deps.clock });
  health.add(subgraph.health ?? []);

  const { metrics, tracing } = deps;
  registerHttpActivity(app, { metrics, tracing, requestIdOf: (header) => headerText(header) ?? 'none' });
  app.setErrorHandler((error, request, reply) => {
    const known = error instanceof AppError ? error : new AppError('INTERNAL', 'Something went wrong on our side');
    if (known.code === 'INTERNAL') deps.log.error({ err: error, subgraph: subgraph.name, path: request.url });
    return reply
      .status(errorCodes[known.code])
      .send({ errors: [{ message: known.message, extensions: { code: known.code } }] });
  });
  app.get('/healthz', (_request, reply) => reply.send(livenessAnswer().body));
  app.get('/readyz', async (_request, reply) => {
    const { httpStatus, body } = readinessAnswer(await health.report());
    return reply.status(httpStatus).send(body);
  });
  app.get('/metrics', async (_request, reply) =>
    reply.type(deps.metrics.registry.contentType).send(await deps.metrics.registry.metrics()),
  );
  const { routes } = subgraph;
  if (routes !== undefined) await app.register(async (scope) => routes(scope), { prefix: `/${subgraph.name}` });

  app.post('/graphql', async (request, reply) => {
    const scope = await scopeOf(request, reply, readToken);
    const parsed = operationSchema.safeParse(request.body);
    if (!parsed.success) throw new AppError('BAD_REQUEST', 'The body is not an operation');
    const { query, variables, operationName } = parsed.data;
    const operation = { query, variables: variables ?? {}, operationName: operationName ?? undefined };
    if (!(request.headers.accept ?? '').includes('text/event-stream')) {
      return reply.type('application/json').send(JSON.stringify(await apollo.execute(operation, scope)));
    }
    const results = await runner.subscribe(operation, scope);
    if (!(Symbol.asyncIterator in results)) return reply.type('application/json').send(JSON.stringify(results));
    reply.hijack();
    await writeEventStream(reply.raw, textsOf(results, scope.signal), {}, scope.signal).catch((err: unknown) =>
      deps.log.info({ err, requestId: scope.requestId }, 'a subscription was cut'),
    );
    return reply;
  });
  await app.listen({ host, port });
  const address = app.server.address() as AddressInfo;
  return {
    url: `http://${host}:${address.port}/graphql`,
    async stop() {
      await app.close();
      await apollo.stop();
    },
  };
}

async function scopeOf(
  request: FastifyRequest,
  reply: FastifyReply,
  readToken: ReturnType<typeof createInternalTokenReader>,
): Promise<RequestScope> {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? null;
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return {
    viewer: await readToken(token),
    requestId: headerText(request.headers['x-request-id']) ?? 'none',
    // Believed because the token shows that the gateway sent it.
    address: headerText(request.headers['x-client-address']),
    signal: gone.signal,
  };
}

function headerText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Leaving has to end the source also while it waits, so its `return` is called from the signal. */
async function* textsOf(
  results: AsyncIterable<ExecutionResult>,
  signal: AbortSignal,
): AsyncGenerator<string, void, void> {
  const iterator = results[Symbol.asyncIterator]();
  const leave = () => void iterator.return?.();
  signal.addEventListener('abort', leave, { once: true });
  try {
    for (let step = await iterator.next(); step.done !== true; step = await iterator.next())
      yield JSON.stringify(step.value);
  } finally {
    signal.removeEventListener('abort', leave);
    leave();
  }
}

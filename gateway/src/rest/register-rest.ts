import type { Clock } from '@cauce/shared/clock';
import type { Log } from '@cauce/shared/log/log';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AdmitOperation } from '../door/admit-operation.ts';
import { requestIdFrom } from '../door/request-scope.ts';
import type { ViewerResolver } from '../door/viewer-resolver.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import { type Catalogue, createCatalogue, type Endpoint, type UploadEndpoint } from './catalogue.ts';
import { createExportSlots } from './export/export-slots.ts';
import { answerDataset, type DatasetHandlerDeps } from './handle-dataset.ts';
import { answerOperation } from './handle-operation.ts';
import { answerUpload, maxSpreadsheetBytes, type StoreFile } from './handle-upload.ts';
import { createOpenApi } from './openapi/document.ts';
import type { OwnHandler, OwnHandlers } from './own-handlers.ts';
import { preferredLanguage } from './preferred-language.ts';
import { problemFrom, problemType } from './problem.ts';
import { Refusal } from './refusal.ts';
import { openRestRequest } from './rest-request.ts';
import { routeCors } from './route-cors.ts';
import { createRunOperation } from './run-operation.ts';
import { sendJson } from './send-json.ts';

export interface RestOptions {
  readonly graph: FederatedGraph;
  readonly viewers: ViewerResolver;
  readonly admit: AdmitOperation;
  readonly log: Log;
  readonly clock: Clock;
  readonly version: string;
  readonly timeoutMs: number;
  /** What the gateway answers by itself, by handler name. */
  readonly own: OwnHandlers;
  /** Keeps a file that was sent. */
  readonly store: StoreFile;
}

/** Files that one person or key may be sent at the same time. */
const exportsAtOnce = 4;

/** What is served now; replaced as a whole when the graph changes. */
interface Served {
  readonly catalogue: Catalogue;
  readonly endpoints: ReadonlyMap<string, Endpoint>;
  readonly openApi: unknown;
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * The partners' door: every route of the table under `/api`, with problems as RFC 9457 orders. Throws when an operation
 * file does not fit the graph; a later supergraph that one does not fit keeps what was served and is logged.
 */
export async function registerRest(app: FastifyInstance, options: RestOptions): Promise<void> {
  const { graph, log, version } = options;
  const serve = (): Served => {
    const catalogue = createCatalogue(graph.apiSchema);
    return {
      catalogue,
      endpoints: new Map(catalogue.endpoints.map((endpoint) => [keyOf(endpoint), endpoint])),
      openApi: createOpenApi(catalogue, version),
    };
  };
  let served = serve();
  graph.onReload(() => {
    try {
      served = serve();
    } catch (error) {
      log.error({ err: error }, 'The REST routes do not fit the new supergraph');
    }
  });
  const deps: DatasetHandlerDeps = {
    run: createRunOperation(graph, options.admit),
    clock: options.clock,
    log,
    exports: createExportSlots(exportsAtOnce),
  };
  const isUpload = (endpoints: readonly Endpoint[]) => endpoints.some(({ route }) => route.kind === 'upload');
  const paths = [...byPath(served.catalogue)];
  const register = (scope: FastifyInstance, isForFiles: boolean) => {
    scope.addHook('onRequest', async (request, reply) => {
      reply.header('x-request-id', requestIdFrom(request.headers['x-request-id']));
    });
    scope.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, log));
    for (const [path, endpoints] of paths) {
      if (isUpload(endpoints) === isForFiles) registerPath(scope, path, endpoints, options, deps, () => served);
    }
  };
  await app.register(async (scope) => register(scope, true));
  await app.register(async (scope) => {
    scope.removeContentTypeParser(['text/plain', 'multipart/form-data']);
    register(scope, false);
    scope.all('/api/*', { onRequest: refuseUnknown }, () => undefined);
  });
}

async function refuseUnknown(): Promise<void> {
  const detail = 'There is nothing at this address; see /api/openapi.json';
  throw new Refusal({ status: 404, code: 'NOT_FOUND', detail });
}

function registerPath(
  scope: FastifyInstance,
  path: string,
  endpoints: readonly Endpoint[],
  options: RestOptions,
  deps: DatasetHandlerDeps,
  served: () => Served,
): void {
  const offered = endpoints.map(({ route }) => route.method);
  const allowed = [...offered, ...(offered.includes('GET') ? ['HEAD'] : []), 'OPTIONS'];
  const others = methods.filter((method) => !allowed.includes(method));
  const cors = routeCors(allowed);
  // Written both ways by the source systems' clients.
  for (const url of [fastifyPath(path), `${fastifyPath(path)}/`]) {
    for (const endpoint of endpoints) {
      const { method, kind } = endpoint.route;
      const key = keyOf(endpoint);
      scope.route({
        url,
        method,
        config: { cors },
        ...(kind === 'upload' ? { bodyLimit: maxSpreadsheetBytes + 64 * 1024 } : {}),
        // Before the body is read, which may be of a kind that nothing here takes yet.
        ...(kind === 'planned' ? { onRequest: async (request) => refusePlanned(endpoint, request) } : {}),
        handler: (request, reply) => {
          const now = served();
          return answer(now.endpoints.get(key) ?? endpoint, now, options, deps, request, reply);
        },
      });
    }
    scope.route({
      url,
      method: others,
      config: { cors },
      onRequest: async (request, reply) => {
        reply.header('allow', allowed.join(', '));
        const detail = `${request.method} is not possible here; ${allowed.join(', ')} are`;
        throw new Refusal({ status: 405, code: 'METHOD_NOT_ALLOWED', detail });
      },
      handler: () => undefined,
    });
    scope.route({
      url,
      method: 'OPTIONS',
      config: { cors },
      onSend: async (_request, reply) => {
        reply.header('allow', allowed.join(', '));
      },
      handler: (_request, reply) => reply.status(204).send(),
    });
  }
}

async function answer(
  endpoint: Endpoint,
  served: Served,
  options: RestOptions,
  deps: DatasetHandlerDeps,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { route } = endpoint;
  const open = await openRestRequest(request, reply, options, route.isPublic === true);
  if ('columns' in endpoint) return answerDataset(endpoint, deps, open, request, reply);
  if ('operation' in endpoint) return answerOperation(endpoint, deps, open, request, reply);
  if (isUploadEndpoint(endpoint)) {
    return answerUpload(endpoint, { run: deps.run, store: options.store }, open, request, reply);
  }
  const handler = route.kind === 'own' ? ownHandler(options.own, route.handler) : undefined;
  if (handler === undefined) throw new Error(`${route.path} has no handler`);
  const { status, body } = await handler({ open, run: deps.run, ...served });
  return sendJson(request, reply, status, body);
}

function isUploadEndpoint(endpoint: Endpoint): endpoint is UploadEndpoint {
  return endpoint.route.kind === 'upload';
}

function ownHandler(own: OwnHandlers, name: string): OwnHandler | undefined {
  return Object.hasOwn(own, name) ? own[name] : undefined;
}

function refusePlanned({ route }: Endpoint, request: FastifyRequest): void {
  if (route.kind !== 'planned') return;
  const language = preferredLanguage(request.headers['accept-language']);
  const headers = { 'content-language': language };
  throw new Refusal({ status: 501, code: 'NOT_OFFERED', detail: route.sentence[language], headers });
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, log: Log): FastifyReply {
  const requestId = requestIdFrom(reply.getHeader('x-request-id') ?? request.headers['x-request-id']);
  const [path = ''] = request.url.split('?', 1);
  const { status, headers, body } = problemFrom(error, requestId, path);
  if (body.code === 'INTERNAL') log.error({ err: error, requestId, path }, 'a REST request failed');
  for (const name of ['content-disposition', 'etag', 'link']) reply.removeHeader(name);
  return reply
    .status(status)
    .headers({ ...headers, 'x-request-id': requestId, 'cache-control': 'no-store' })
    .type(problemType)
    .send(JSON.stringify(body));
}

function byPath({ endpoints }: Catalogue): ReadonlyMap<string, readonly Endpoint[]> {
  return Map.groupBy(endpoints, ({ route }) => route.path);
}

function keyOf({ route }: Endpoint): string {
  return `${route.method} ${route.path}`;
}

function fastifyPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

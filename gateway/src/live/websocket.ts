import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { Log } from '@cauce/shared/log/log';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { ExecutionArgs, GraphQLError } from 'graphql';
import { type Context, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { AdmitOperation } from '../door/admit-operation.ts';
import { credentialFromConnection } from '../door/credential.ts';
import type { OperationParams } from '../door/operation-params.ts';
import { doorError, publicError, publicResult } from '../door/public-errors.ts';
import { createRequestScope, requestIdFrom } from '../door/request-scope.ts';
import type { ViewerResolver } from '../door/viewer-resolver.ts';
import type { GraphRequest } from '../execute/executor.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import { closeCodes } from './close-codes.ts';
import type { LiveConnections } from './connections.ts';
import { keepSession } from './live-session.ts';

export interface WebSocketOptions {
  readonly path: string;
  readonly graph: FederatedGraph;
  readonly viewers: ViewerResolver;
  readonly admit: AdmitOperation;
  readonly connections: LiveConnections;
  readonly allowedOrigins: readonly string[];
  readonly log: Log;
  readonly metrics: Metrics;
}

/** Bytes that may wait in one socket before its client counts as too slow. */
const maxBufferedBytes = 4 * 1024 * 1024;
const maxPayloadBytes = 256 * 1024;
const maxOperationsPerSocket = 100;

interface Session {
  readonly viewer: Viewer;
  readonly release: () => void;
  readonly ended: AbortController;
  operations: number;
}
type SessionExtra = Extra & { session?: Session };
type SocketContext = Context<Record<string, unknown>, SessionExtra>;

/** Serves graphql-ws on an HTTP server's path: authenticated on connect, ended with the token, bounded throughout. */
export function serveWebSocket(server: Server, options: WebSocketOptions): () => Promise<void> {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxPayloadBytes,
    handleProtocols: (offered) => (offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false),
  });
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (new URL(request.url ?? '/', 'http://localhost').pathname !== options.path) return refuse(socket, 404);
    if (!isOriginAllowed(request.headers.origin, options.allowedOrigins)) return refuse(socket, 403);
    sockets.handleUpgrade(request, socket, head, (webSocket) => sockets.emit('connection', webSocket, request));
  };
  server.on('upgrade', upgrade);
  const disposable = useServer<Record<string, unknown>, { session?: Session }>(
    {
      connectionInitWaitTimeout: 5_000,
      onConnect: (context) => openSession(context, options),
      onSubscribe: (context, _id, payload) => prepareArgs(context, payload, options),
      execute: (args) => options.graph.executor.execute(requestOf(args)),
      subscribe: (args) => options.graph.executor.subscribe(requestOf(args)),
      onNext: (context, _id, _payload, args, { data, errors, extensions }) => {
        endIfSlow(context.extra.socket, options);
        return publicResult(
          { ...(errors && { errors }), ...(data !== undefined && { data }), ...(extensions && { extensions }) },
          scopeOf(args).requestId,
        );
      },
      onError: (_context, _id, _payload, errors) => {
        const requestId = requestIdFrom(undefined);
        return errors.map((error) => publicError(error, requestId));
      },
      onComplete: (context) => {
        if (context.extra.session !== undefined) context.extra.session.operations -= 1;
      },
      onClose: (context) => {
        context.extra.session?.ended.abort();
        context.extra.session?.release();
      },
    },
    sockets,
    15_000,
  );
  return async () => {
    server.off('upgrade', upgrade);
    await disposable.dispose();
  };
}

async function openSession(context: SocketContext, { viewers, connections, log }: WebSocketOptions): Promise<boolean> {
  const { socket } = context.extra;
  try {
    const caller = await viewers.identify(credentialFromConnection(context.connectionParams));
    const { viewer } = caller;
    if (viewer.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'Connect with an access token or API key');
    const release = keepSession(connections, caller, (code, reason) => socket.close(code, reason));
    context.extra.session = { viewer, release, ended: new AbortController(), operations: 0 };
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) log.error({ err: error }, 'a live connection could not be opened');
    const code = error instanceof AppError ? error.code : 'INTERNAL';
    const isExpired = code === 'TOKEN_EXPIRED';
    const isOurs = code !== 'UNAUTHENTICATED' && code !== 'FORBIDDEN' && !isExpired;
    socket.close(
      isExpired ? closeCodes.tokenExpired : isOurs ? closeCodes.tryAgainLater : closeCodes.unauthorized,
      code,
    );
    return false;
  }
}

async function prepareArgs(
  context: SocketContext,
  params: OperationParams,
  { admit, graph }: WebSocketOptions,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const { session, request } = context.extra;
  const requestId = requestIdFrom(undefined);
  if (session === undefined)
    return [doorError(new AppError('UNAUTHENTICATED', 'The connection is not open'), requestId)];
  if (session.operations >= maxOperationsPerSocket) {
    return [
      doorError(
        new AppError('RATE_LIMITED', `At most ${maxOperationsPerSocket} operations run on one connection`),
        requestId,
      ),
    ];
  }
  // Counted before anything is waited for, so that many at once cannot slip past; what is refused never ends.
  session.operations += 1;
  const admitted = await admit(params, session.viewer);
  if (admitted.kind === 'refused') {
    session.operations -= 1;
    return admitted.errors;
  }
  const { source, document, operationName, variables } = admitted.request;
  const scope = createRequestScope({
    viewer: session.viewer,
    requestId,
    address: request.socket.remoteAddress ?? null,
    signal: session.ended.signal,
  });
  return {
    schema: graph.apiSchema,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? null,
    contextValue: scope,
    rootValue: source,
  };
}

function requestOf(args: ExecutionArgs): GraphRequest {
  const { document, operationName, variableValues } = args;
  return { source: sourceOf(args), document, operationName, variables: variableValues ?? null, scope: scopeOf(args) };
}

/** graphql-ws hands on only what `ExecutionArgs` has room for; the source text travels as the root value. */
function sourceOf({ rootValue }: ExecutionArgs): string {
  return String(rootValue);
}

function scopeOf(args: ExecutionArgs): RequestScope {
  return args.contextValue as RequestScope;
}

function endIfSlow(socket: WebSocket, { metrics }: WebSocketOptions): void {
  if (socket.bufferedAmount <= maxBufferedBytes) return;
  metrics.count('cauce_live_slow_consumers_total', 'Live connections ended because the client read too slowly');
  // close() would wait behind what is already buffered; the client is not reading, so give it a moment and cut.
  socket.close(closeCodes.slowConsumer, 'SLOW_CONSUMER');
  setTimeout(() => socket.terminate(), 1_000).unref();
}

/** Browsers name their origin; programs name none and bring a credential of their own. */
function isOriginAllowed(origin: string | undefined, allowed: readonly string[]): boolean {
  return origin === undefined || allowed.includes(origin);
}

function refuse(socket: Duplex, status: 403 | 404): void {
  socket.end(`HTTP/1.1 ${status} ${status === 403 ? 'Forbidden' : 'Not Found'}\r\nConnection: close\r\n\r\n`);
}

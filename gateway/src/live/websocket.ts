import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { Log } from '@cauce/shared/log/log';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { TraceHeaders } from '@cauce/shared/tracing/traceparent';
import type { ExecutionArgs, GraphQLError } from 'graphql';
import { type Context, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { AdmitOperation } from '../door/admit-operation.ts';
import { credentialFromConnection } from '../door/credential.ts';
import type { OperationParams } from '../door/operation-params.ts';
import { doorError, publicError, publicResult } from '../door/public-errors.ts';
import { createRequestScope, requestIdFrom } from '../door/request-scope.ts';
import type { ViewerResolver } from '../door/viewer-resolver.ts';
import type { FederatedGraph } from '../graph/federated-graph.ts';
import type { Resume } from '../streams/shared-stream.ts';
import type { Membership, StreamHub } from '../streams/stream-hub.ts';
import { closeCodes } from './close-codes.ts';
import type { LiveConnections } from './connections.ts';
import { keepSession } from './live-session.ts';
import { runTraced, traceFrom } from './operation-trace.ts';
import { resumeFromExtensions } from './resume-request.ts';
import { createSocketMember, endIfSlow } from './socket-member.ts';
import { joinForSocket } from './socket-subscription.ts';

export interface WebSocketOptions {
  readonly path: string;
  readonly graph: FederatedGraph;
  readonly hub: StreamHub;
  readonly viewers: ViewerResolver;
  readonly admit: AdmitOperation;
  readonly connections: LiveConnections;
  readonly allowedOrigins: readonly string[];
  readonly log: Log;
  readonly metrics: Metrics;
  /** Between the pings to a client; one that answers none until the next is cut off. Default 15,000. */
  readonly pingMs?: number;
  /** Between look-ups of the API key of a connection. Default 60,000. */
  readonly lookUpAgainMs?: number;
}

const maxPayloadBytes = 256 * 1024;
const maxOperationsPerSocket = 100;
const goodbyeMs = 2_000;

interface Session {
  readonly viewer: Viewer;
  readonly address: string | null;
  readonly release: () => void;
  readonly ended: AbortController;
  readonly memberships: Set<Membership>;
  operations: number;
}

/** One operation of a connection, as it travels through graphql-ws in the place of a context. */
interface Call {
  readonly id: string;
  readonly source: string;
  readonly scope: RequestScope;
  readonly extra: SessionExtra;
  readonly session: Session;
  readonly resume: Resume | null;
  readonly trace: TraceHeaders | null;
}
type SessionExtra = Extra & { session?: Session };
type SocketContext = Context<Record<string, unknown>, SessionExtra>;

/** How a connection that is not let in is closed; whatever else went wrong is ours, and may be over in a moment. */
const refusalCodes: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: closeCodes.unauthorized,
  FORBIDDEN: closeCodes.forbidden,
  TOKEN_EXPIRED: closeCodes.tokenExpired,
};

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
      onSubscribe: (context, id, payload) => prepareArgs(context, id, payload, options),
      execute: (args) => {
        const { scope, trace } = callOf(args);
        return runTraced(trace, scope, () => options.graph.executor.execute({ ...requestOf(args), scope }));
      },
      subscribe: (args) => {
        const { id, extra, session, resume, scope, trace } = callOf(args);
        const { socket } = extra;
        const { viewer, memberships } = session;
        return runTraced(trace, scope, () =>
          joinForSocket({
            ...{ hub: options.hub, socket, memberships },
            join: { request: requestOf(args), viewer, resume },
            member: (onEnd) => createSocketMember(socket, id, options.metrics, onEnd),
          }),
        );
      },
      // Answers of queries, and what refused a subscription: the events of streams do not come through here.
      onNext: (context, _id, _payload, args, { data, errors, extensions }) => {
        endIfSlow(context.extra.socket, options.metrics);
        return publicResult(
          { ...(errors && { errors }), ...(data !== undefined && { data }), ...(extensions && { extensions }) },
          callOf(args).scope.requestId,
        );
      },
      onError: (_context, _id, _payload, errors) => {
        const requestId = requestIdFrom(undefined);
        return errors.map((error) => publicError(error, requestId));
      },
      onComplete: (context) => {
        if (context.extra.session !== undefined) context.extra.session.operations -= 1;
      },
      onClose: ({ extra: { session } }, code) => {
        if (session === undefined) return;
        session.ended.abort();
        session.release();
        if (isGoodbye(code)) for (const membership of session.memberships) membership.leave('completed');
        session.memberships.clear();
      },
    },
    sockets,
    options.pingMs ?? 15_000,
  );
  return async () => {
    server.off('upgrade', upgrade);
    // A client that does not answer the goodbye keeps nobody waiting.
    const cut = setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, goodbyeMs);
    await disposable.dispose();
    clearTimeout(cut);
  };
}

async function openSession(context: SocketContext, options: WebSocketOptions): Promise<boolean> {
  const { viewers, connections, log, lookUpAgainMs } = options;
  const { socket } = context.extra;
  try {
    connections.checkRoom();
    const credential = credentialFromConnection(context.connectionParams);
    const identify = () => viewers.identify(credential);
    const caller = await identify();
    const { viewer } = caller;
    if (viewer.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'Connect with an access token or API key');
    const end = (code: number, reason: string) => socket.close(code, reason);
    const release = keepSession({
      ...{ connections, caller, identify, end },
      ...(lookUpAgainMs !== undefined && { lookUpAgainMs }),
    });
    const session: Session = {
      ...{ viewer, release, operations: 0, address: context.extra.request.socket.remoteAddress ?? null },
      ended: new AbortController(),
      memberships: new Set(),
    };
    context.extra.session = session;
    // The library would keep both for as long as the connection lives: the token, and the request with all its headers.
    Reflect.deleteProperty(context, 'connectionParams');
    Reflect.deleteProperty(context.extra, 'request');
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) log.error({ err: error }, 'a live connection could not be opened');
    const code = error instanceof AppError ? error.code : 'INTERNAL';
    socket.close(refusalCodes[code] ?? closeCodes.tryAgainLater, code);
    return false;
  }
}

async function prepareArgs(
  context: SocketContext,
  id: string,
  params: OperationParams,
  { admit, graph }: WebSocketOptions,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  const { session } = context.extra;
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
  let resume: Resume | null;
  try {
    resume = resumeFromExtensions(params.extensions);
  } catch (error) {
    return [doorError(error, requestId)];
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
    address: session.address,
    signal: session.ended.signal,
  });
  return {
    schema: graph.apiSchema,
    document,
    operationName: operationName ?? null,
    variableValues: variables ?? null,
    contextValue: {
      id,
      source,
      scope,
      extra: context.extra,
      session,
      resume,
      trace: traceFrom(params.extensions),
    } satisfies Call,
  };
}

function requestOf(args: ExecutionArgs) {
  const { document, operationName, variableValues } = args;
  return { source: callOf(args).source, document, operationName, variables: variableValues ?? null };
}

function callOf(args: ExecutionArgs): Call {
  return args.contextValue as Call;
}

/** Whether a client closed its connection by itself, and not a network under it. */
function isGoodbye(code: number | undefined): boolean {
  return code === 1000 || code === 1001 || code === 1005;
}

/** Browsers name their origin; programs name none and bring a credential of their own. */
function isOriginAllowed(origin: string | undefined, allowed: readonly string[]): boolean {
  return origin === undefined || allowed.includes(origin);
}

function refuse(socket: Duplex, status: 403 | 404): void {
  socket.end(`HTTP/1.1 ${status} ${status === 403 ? 'Forbidden' : 'Not Found'}\r\nConnection: close\r\n\r\n`);
}

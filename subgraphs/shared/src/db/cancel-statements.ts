import { AsyncResource } from 'node:async_hooks';
import { connect as connectSocket } from 'node:net';
import type { Pool, PoolClient } from 'pg';
import { AppError } from '../errors/app-error.ts';
import { statementSignal } from './statement-scope.ts';

type Callback = (error: Error | null, result?: unknown) => void;
type Send = (...args: readonly unknown[]) => unknown;

/**
 * Makes the statements of a pool end with the request that sent them: one that is running is cancelled in Postgres,
 * one that waits for a connection is never sent. The connection is given back only after its cancelling is over, so
 * that it cannot hit the next statement on it. What ends a transaction is always sent.
 */
export function cancelStatementsWithScope(pool: Pool): void {
  const connect = pool.connect.bind(pool) as (callback?: Callback) => unknown;
  // A connection that was waited for is handed over by whoever gives it back, in whose scope the callback would run.
  pool.connect = ((callback?: Callback) =>
    callback === undefined ? connect() : connect(AsyncResource.bind(callback))) as typeof pool.connect;
  pool.on('connect', (client) => {
    // Looked up for each statement and not kept, so that who watches what all connections send hears of these as well.
    const send: Send = (...args) => Reflect.apply(Object.getPrototypeOf(client).query, client, args);
    client.query = ((...args: readonly unknown[]) => sendInScope(client, send, args)) as typeof client.query;
  });
}

function sendInScope(client: PoolClient, send: Send, args: readonly unknown[]): unknown {
  const signal = statementSignal();
  const [statement] = args;
  // Cursors and copies have an end of their own.
  if (signal === null || isSubmittable(statement) || endsTransaction(statement)) return send(...args);
  const callback = args.at(-1);
  if (typeof callback !== 'function') {
    if (signal.aborted) return Promise.reject(givenUp(signal));
    const watch = watchStatement(client, signal);
    return Promise.resolve(send(...args)).finally(watch.settle);
  }
  if (signal.aborted) {
    process.nextTick(callback, givenUp(signal));
    return undefined;
  }
  const watch = watchStatement(client, signal);
  return send(...args.slice(0, -1), (error: Error | null, result?: unknown) => {
    void watch.settle().then(() => callback(error, result));
  });
}

function watchStatement(client: PoolClient, signal: AbortSignal) {
  let cancelling: Promise<void> | null = null;
  const abort = () => {
    cancelling = cancelOn(client);
  };
  signal.addEventListener('abort', abort, { once: true });
  return {
    /** Over when the statement is no longer watched and no cancelling is under way. */
    async settle(): Promise<void> {
      signal.removeEventListener('abort', abort);
      await cancelling;
    },
  };
}

const cancelRequestCode = 80_877_102;
const cancelWaitMs = 3_000;

/** Sends Postgres' cancel request for whatever the connection runs, beside it. Over when the server has taken it. */
function cancelOn(client: PoolClient): Promise<void> {
  const { processID, secretKey, host, port } = client as PoolClient & {
    readonly processID: number | null;
    readonly secretKey: number | null;
    readonly host: string;
    readonly port: number;
  };
  if (processID === null || secretKey === null) return Promise.resolve();
  const message = Buffer.alloc(16);
  message.writeInt32BE(16, 0);
  message.writeInt32BE(cancelRequestCode, 4);
  message.writeInt32BE(processID, 8);
  message.writeInt32BE(secretKey, 12);
  return new Promise((resolve) => {
    const socket = connectSocket(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : { host, port });
    socket.setTimeout(cancelWaitMs, () => socket.destroy());
    // The server closes it after it has signalled; a request that cannot be sent leaves the statement's own time limit.
    socket.once('connect', () => socket.write(message));
    socket.on('data', () => undefined);
    socket.once('error', () => undefined);
    socket.once('close', () => resolve());
  });
}

function isSubmittable(statement: unknown): boolean {
  return typeof statement === 'object' && statement !== null && 'submit' in statement;
}

function endsTransaction(statement: unknown): boolean {
  const text = typeof statement === 'string' ? statement : Object(statement).text;
  return typeof text === 'string' && /^\s*(?:rollback|commit|release)\b/i.test(text);
}

function givenUp(signal: AbortSignal): Error {
  return signal.reason instanceof AppError ? signal.reason : new AppError('TIMEOUT', 'The request was given up');
}

import { SpanStatusCode } from '@opentelemetry/api';
import type { Pool, PoolClient } from 'pg';
import { bindActivity, currentActivity } from './activity.ts';
import { sanitiseSql } from './sanitise-sql.ts';
import type { Tracing } from './tracing.ts';

type Call = (...args: unknown[]) => unknown;

/**
 * Gives each statement of the pool a span, with its text but not its values, and the number of its rows. Statements
 * that belong to no traced request, such as health checks and the relay's polling, have none.
 */
export function traceStatements(pool: Pool, tracing: Tracing): void {
  const connect = pool.connect.bind(pool) as Call;
  // A connection that had to be waited for is handed over by whoever gives it back: the callback keeps its own trace.
  const boundConnect: Call = (callback) =>
    typeof callback === 'function' ? connect(bindActivity(callback as Call)) : connect();
  Object.assign(pool, { connect: boundConnect });
  pool.on('connect', (client) => traceClient(client, tracing));
}

function traceClient(client: PoolClient, tracing: Tracing): void {
  const query = client.query.bind(client) as Call;
  const traced: Call = (...args) => {
    const text = textOf(args[0]);
    if (text === null || (currentActivity()?.trace ?? null) === null) return query(...args);
    const { span } = tracing.open(operationOf(text), {
      role: 'client',
      attributes: { 'db.system.name': 'postgresql', 'db.query.text': sanitiseSql(text) },
    });
    const finish = (error: unknown, result: unknown): void => {
      if (error !== null && error !== undefined) {
        span.setAttribute('error.type', sqlState(error));
        span.setStatus({ code: SpanStatusCode.ERROR });
      } else span.setAttribute('db.response.returned_rows', rowsOf(result));
      span.end();
    };
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      const answer = bindActivity(callback as Call);
      return query(...args.slice(0, -1), (error: unknown, result: unknown) => {
        finish(error, result);
        answer(error, result);
      });
    }
    const running = query(...args);
    if (running instanceof Promise) {
      running.then(
        (result: unknown) => finish(null, result),
        (error: unknown) => finish(error, null),
      );
    } else span.end();
    return running;
  };
  Object.assign(client, { query: traced });
}

/** A text or a config with one; cursors and COPY streams bring machinery of their own, and are left alone. */
function textOf(given: unknown): string | null {
  if (typeof given === 'string') return given;
  if (typeof given !== 'object' || given === null || 'submit' in given) return null;
  const text: unknown = Reflect.get(given, 'text');
  return typeof text === 'string' ? text : null;
}

function operationOf(text: string): string {
  return /[a-z]+/i.exec(text)?.[0].toUpperCase() ?? 'SQL';
}

function rowsOf(result: unknown): number {
  const one: unknown = Array.isArray(result) ? result.at(-1) : result;
  const count: unknown = typeof one === 'object' && one !== null ? Reflect.get(one, 'rowCount') : 0;
  return typeof count === 'number' ? count : 0;
}

function sqlState(error: unknown): string {
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

import { PrismaClient } from '@cauce/prisma/client';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import type { Log } from '../log/log.ts';
import { traceStatements } from '../tracing/trace-statements.ts';
import type { Tracing } from '../tracing/tracing.ts';
import { cancelStatementsWithScope } from './cancel-statements.ts';
import type { Database } from './database.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`: `cauce-gateway`, `cauce-worker`. */
  readonly applicationName: string;
  readonly log: Log;
  /** Gives each statement a span. Default none. */
  readonly tracing?: Tracing | null;
  /** Connections at most, for rows and hand-written SQL together. Default 10. */
  readonly maxConnections?: number;
  /** The server ends a statement that takes longer. Default 30 s; `SET LOCAL statement_timeout` for a longer one. */
  readonly statementTimeoutMs?: number;
}

/**
 * One bounded pool, used by Prisma and by hand-written SQL alike. Nothing connects before the first query. A session
 * left idle inside a transaction is ended by the server, so that a bug cannot hold row locks for ever.
 */
export function createDatabase(options: DatabaseOptions): Database {
  const pool = new Pool({
    connectionString: options.url,
    application_name: options.applicationName,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idle_in_transaction_session_timeout: 60_000,
    options: '-c TimeZone=UTC',
  });
  // A pooled connection that breaks while idle is replaced at the next use; unheard, the event would end the process.
  pool.on('error', (err) => options.log.warn({ err }, 'An idle database connection broke'));

  cancelStatementsWithScope(pool);
  if (options.tracing) traceStatements(pool, options.tracing);

  const client = new PrismaClient({
    adapter: new PrismaPg(pool),
    transactionOptions: { maxWait: 10_000, timeout: 30_000 },
  });
  return {
    client,
    pool,
    url: options.url,
    close: async () => {
      await client.$disconnect();
      await pool.end();
    },
  };
}

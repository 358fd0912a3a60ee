import { buildSchema, type GraphQLFieldResolver } from 'graphql';
import pg from 'pg';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { anonymousViewer } from '../auth/viewer.ts';
import { createOperationRunner } from '../subgraph/operation-runner.ts';
import type { Subgraph } from '../subgraph/subgraph.ts';
import { eventually } from '../test/eventually.ts';
import { silentLog } from '../test/silent-log.ts';
import { testDatabase } from '../test/test-database.ts';
import { withoutStatementScope, withStatementsOf } from './statement-scope.ts';

const db = await testDatabase({ maxConnections: 3 });
const watcher = new pg.Client({ connectionString: inject('postgresUrl') });
await watcher.connect();
afterAll(() => watcher.end());

const database = new URL(db.url).pathname.slice(1);
/** Statements of this database that Postgres is working on and that hold the text. */
async function running(text: string): Promise<number> {
  const { rows } = await watcher.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM pg_stat_activity
     WHERE datname = $1 AND state = 'active' AND query LIKE '%' || $2 || '%'`,
    [database, text],
  );
  return rows[0]?.count ?? -1;
}
const sleeps = 'SELECT pg_sleep(20)';
const endOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => String(error),
  );

describe('statements of a request that was given up', () => {
  const works: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['hand-written SQL', () => db.pool.query(sleeps)],
    // Prisma starts when it is awaited, as resolvers do.
    ['Prisma', async () => await db.client.$queryRawUnsafe('SELECT pg_sleep(20)::text')],
    [
      'a transaction',
      () =>
        db.client.$transaction(async (tx) => {
          await tx.$executeRawUnsafe('SELECT 1');
          await tx.$queryRawUnsafe('SELECT pg_sleep(20)::text');
        }),
    ],
  ];

  it.each(works)('are cancelled in Postgres, and the connection is good for the next: %s', async (_title, work) => {
    const leaving = new AbortController();
    const ended = endOf(withStatementsOf(leaving.signal, work));
    await eventually(async () => (await running('pg_sleep')) === 1);
    leaving.abort();
    expect(await ended).toContain('cancel');
    await eventually(async () => (await running('pg_sleep')) === 0);
    expect((await db.pool.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });

  it('are not sent at all when they still waited for a connection', async () => {
    const leaving = new AbortController();
    const others = new AbortController();
    const full = [1, 2, 3].map(() => endOf(withStatementsOf(others.signal, () => db.pool.query(sleeps))));
    await eventually(async () => (await running('pg_sleep')) === 3);
    const waiting = endOf(withStatementsOf(leaving.signal, () => db.pool.query("SELECT 'never sent', pg_sleep(20)")));
    leaving.abort();
    others.abort();
    expect(await waiting).toContain('given up');
    await Promise.all(full);
    expect(await running('never sent')).toBe(0);
  });

  it('take nobody else along: not the next on the connection, not others beside it, not what others wait for', async () => {
    let failures = 0;
    const quick = async () => {
      for (let index = 0; index < 40; index += 1) {
        await db.pool.query('SELECT pg_sleep(0.002)').catch(() => (failures += 1));
      }
    };
    const cancelled = async () => {
      for (let index = 0; index < 40; index += 1) {
        const leaving = new AbortController();
        const work = endOf(withStatementsOf(leaving.signal, () => db.pool.query('SELECT pg_sleep(0.003)')));
        setTimeout(() => leaving.abort(), index % 5);
        await work;
      }
    };
    await Promise.all([quick(), cancelled(), quick(), cancelled()]);
    expect(failures).toBe(0);

    const leaving = new AbortController();
    const shared = withStatementsOf(leaving.signal, () =>
      withoutStatementScope(() => db.pool.query("SELECT 'kept' AS what, pg_sleep(0.2)")),
    );
    leaving.abort();
    expect((await shared).rows[0]).toMatchObject({ what: 'kept' });
  });
});

describe('a subgraph', () => {
  const sleep: GraphQLFieldResolver<unknown, unknown> = () => db.pool.query('SELECT pg_sleep(1.5)').then(() => 'slept');
  const schema = buildSchema('type Query { sleep: String } type Mutation { sleep: String }');
  for (const type of [schema.getQueryType(), schema.getMutationType()]) {
    const field = type?.getFields().sleep;
    if (field !== undefined) field.resolve = sleep;
  }
  const subgraph: Subgraph = { name: 'access', schema, createContext: () => ({}), jobs: [] };
  const runner = createOperationRunner(subgraph, silentLog);
  const scopeWith = (signal: AbortSignal) => ({ viewer: anonymousViewer, requestId: 'r', address: null, signal });

  it('ends the statements of a query whose reader has left, and lets a change that has begun come to its end', async () => {
    for (const [query, left, data] of [
      ['{ sleep }', 0, { sleep: null }],
      ['mutation { sleep }', 1, { sleep: 'slept' }],
    ] as const) {
      const leaving = new AbortController();
      const answer = runner.execute({ query }, scopeWith(leaving.signal));
      await eventually(async () => (await running('pg_sleep')) === 1);
      leaving.abort();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(await running('pg_sleep')).toBe(left);
      expect((await answer).data).toEqual(data);
    }
  });
});

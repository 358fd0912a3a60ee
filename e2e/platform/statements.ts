import type { Pool } from 'pg';

/** What parts of the platform ask of Postgres by the clock, whether anybody asks them or not. */
const background = ['%pgboss%', '%outbox%', '%pg_stat_statements%', '%advisory%', 'LISTEN %', 'SET %'];

/**
 * The statements that `work` costs this database, each as often as it was sent. Measured several times, the least of
 * them counts: what the platform does by the clock falls into one or the other.
 */
export async function statementsOf(pool: Pool, work: () => Promise<unknown>): Promise<readonly string[]> {
  const measured: (readonly string[])[] = [];
  for (let round = 0; round < 4; round += 1) measured.push(await statementsWhile(pool, work));
  return measured.reduce((least, one) => (one.length < least.length ? one : least));
}

async function statementsWhile(pool: Pool, work: () => Promise<unknown>): Promise<readonly string[]> {
  await pool.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  const calls = async () => {
    const { rows } = await pool.query<{ query: string; calls: number }>(
      `SELECT query, sum(calls)::int AS calls FROM pg_stat_statements
       WHERE dbid = (SELECT oid FROM pg_database WHERE datname = current_database()) AND toplevel
         AND NOT query ILIKE ANY ($1) GROUP BY query`,
      [background],
    );
    return new Map(rows.map((row) => [row.query, row.calls]));
  };
  const before = await calls();
  await work();
  const after = await calls();
  return [...after].flatMap(([query, count]) => new Array<string>(count - (before.get(query) ?? 0)).fill(query));
}

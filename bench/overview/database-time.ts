import pg from 'pg';

/** What one operation costs in the database: statements, and the time that Postgres itself spent on them. */
export interface DatabaseTime {
  readonly statements: number;
  readonly ms: number;
}

/** Has Postgres log every statement's duration while `run` is called `times` times, one after the other. */
export async function measureDatabaseTime(
  databaseUrl: string,
  run: () => Promise<void>,
  times: number,
): Promise<DatabaseTime> {
  const { pathname } = new URL(databaseUrl);
  const database = pathname.slice(1);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const set = async (statements: readonly string[]) => {
    for (const statement of statements) await client.query(statement);
    await client.query('SELECT pg_reload_conf()');
    await new Promise((resolve) => setTimeout(resolve, 300));
  };
  const logFile = `(SELECT setting || '/../postgres.log' FROM pg_settings WHERE name = 'data_directory')`;
  const size = async () =>
    Number((await client.query<{ size: string }>(`SELECT size FROM pg_stat_file(${logFile})`)).rows[0]?.size);
  try {
    await set([`ALTER SYSTEM SET log_line_prefix = '%d '`, 'ALTER SYSTEM SET log_min_duration_statement = 0']);
    const from = await size();
    for (let index = 0; index < times; index += 1) await run();
    await set(['ALTER SYSTEM RESET log_min_duration_statement', 'ALTER SYSTEM RESET log_line_prefix']);
    const { rows } = await client.query<{ text: string }>(
      `SELECT convert_from(pg_read_binary_file(${logFile}, $1, $2), 'UTF8') AS text`,
      [from, (await size()) - from],
    );
    const lines = (rows[0]?.text ?? '').split('\n').filter((line) => line.startsWith(`${database} LOG:  duration: `));
    const isStatement = (line: string) =>
      /ms {2}(execute|statement)/.test(line) && !/pg_reload_conf|ALTER SYSTEM|pg_stat_file/.test(line);
    const duration = (line: string) => Number(/duration: ([\d.]+) ms/.exec(line)?.[1] ?? 0);
    return {
      statements: lines.filter(isStatement).length / times,
      ms:
        lines
          .filter((line) => !/ALTER SYSTEM|pg_reload_conf|pg_stat_file/.test(line))
          .reduce((sum, line) => sum + duration(line), 0) / times,
    };
  } finally {
    await client.end();
  }
}

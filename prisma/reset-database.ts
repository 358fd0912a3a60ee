import pg from 'pg';

/**
 * Drops every schema of a database but Postgres' own, with all data. Extensions of `public` go with it; the migrations
 * bring them back.
 */
export async function dropEverything(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'`,
    );
    const drops = rows.map(({ name }) => `DROP SCHEMA ${client.escapeIdentifier(name)} CASCADE;`);
    await client.query(
      `BEGIN; ${drops.join(' ')} CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC; COMMIT`,
    );
  } finally {
    await client.end();
  }
}

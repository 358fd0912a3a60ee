import pg from 'pg';

/** Any number; the same in every process that migrates. */
const lockKey = 7_226_318_004_211;

/**
 * Runs work while no other process migrates the same database; a second one waits. The lock is the session's, so a
 * process that dies gives it back.
 */
export async function withMigrationLock<Value>(databaseUrl: string, work: () => Promise<Value>): Promise<Value> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    return await work();
  } finally {
    await client.end();
  }
}

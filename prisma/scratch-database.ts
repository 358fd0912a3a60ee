import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** Gives work an empty database on the server of the given URL, and drops it afterwards, whatever happened. */
export async function withScratchDatabase<Value>(
  databaseUrl: string,
  work: (scratchUrl: string) => Promise<Value>,
): Promise<Value> {
  const name = `cauce_scratch_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0`);
    try {
      return await work(url.href);
    } finally {
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
    }
  } finally {
    await client.end();
  }
}

import { randomUUID } from 'node:crypto';
import { templateDatabase } from '@cauce/shared/test/template-database';
import pg from 'pg';
import { afterAll, inject } from 'vitest';

export interface MigratedDatabase {
  readonly url: string;
  readonly pool: pg.Pool;
}

/** An empty database on the server of the test run, dropped when the test file is done; its URL. */
export function emptyDatabase(): Promise<string> {
  return databaseLike('template0');
}

/** The same, as all migrations as they stand have left it. */
export function migratedUrl(): Promise<string> {
  return databaseLike(templateDatabase);
}

async function databaseLike(template: string): Promise<string> {
  const server = inject('postgresUrl');
  const name = `cauce_schema_${randomUUID().replaceAll('-', '')}`;
  await runOnce(server, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  // Without force it waits for pools that have ended before their connections did.
  afterAll(() => runOnce(server, `DROP DATABASE ${name}`));
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** A database of its own for one test file, made by the migrations as they stand. Call it at the top of the file. */
export async function migratedDatabase(): Promise<MigratedDatabase> {
  const url = await migratedUrl();
  const pool = new pg.Pool({ connectionString: url, max: 8 });
  afterAll(() => pool.end());
  return { url, pool };
}

/** Rows of one statement on a connection of its own. */
export async function runOnce(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, inject } from 'vitest';
import { createDatabase } from '../db/create-database.ts';
import type { Database } from '../db/database.ts';
import { silentLog } from './silent-log.ts';
import { templateDatabase } from './template-database.ts';

/**
 * A migrated, empty database of its own for one test file, dropped when the file is done. Call it at the top of the
 * file: `const db = await testDatabase()`.
 */
export async function testDatabase(options: { readonly maxConnections?: number } = {}): Promise<Database> {
  const adminUrl = inject('postgresUrl');
  const name = `cauce_test_${randomBytes(6).toString('hex')}`;
  // Copies files instead of logging each page: half the time where nothing has to survive a crash.
  await asAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${templateDatabase} STRATEGY FILE_COPY`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const db = createDatabase({ url: url.href, applicationName: 'cauce-test', log: silentLog, ...options });
  afterAll(async () => {
    await db.close();
    await asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });
  return db;
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

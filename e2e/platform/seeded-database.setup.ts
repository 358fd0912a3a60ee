import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyMigrations } from '@cauce/prisma/migrate';
import { seedDemo } from '@cauce/prisma/seed/seed';
import { startEmbeddedPostgres } from '@cauce/shared/embedded/postgres';
import { freePort } from '@cauce/shared/test/free-port';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database with the whole demo, from which every scenario clones its own. */
    readonly seededUrl: string;
  }
}

/** Starts one Postgres for all scenarios and makes the demo in it once. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = join(tmpdir(), `cauce-e2e-${randomBytes(6).toString('hex')}`);
  const postgres = await startEmbeddedPostgres({
    dir,
    port: await freePort(),
    database: 'cauce_seeded',
    isDurable: false,
  });
  const stop = async () => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await applyMigrations(postgres.url);
    const pool = new pg.Pool({ connectionString: postgres.url, max: 4 });
    await seedDemo(pool, new Date());
    await pool.end();
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide('seededUrl', postgres.url);
  return stop;
}

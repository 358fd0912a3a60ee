import { rm } from 'node:fs/promises';
import { applyMigrations } from '@cauce/prisma/migrate';
import { seedDemo } from '@cauce/prisma/seed/seed';
import { startEmbeddedPostgres } from '@cauce/shared/embedded/postgres';
import { freePort } from '@cauce/shared/test/free-port';
import { scratchFolder } from '@cauce/shared/test/scratch-folder';
import pg from 'pg';

export interface SeededDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A database with the whole demo, to be cloned. `CAUCE_E2E_SEEDED_URL` names one that is there already, for whoever
 * runs one scenario again and again; nobody may be connected to it.
 */
export async function startSeededDatabase(): Promise<SeededDatabase> {
  const given = process.env.CAUCE_E2E_SEEDED_URL;
  if (given !== undefined && given !== '') return { url: given, stop: async () => {} };
  const dir = scratchFolder('e2e');
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
  return { url: postgres.url, stop };
}

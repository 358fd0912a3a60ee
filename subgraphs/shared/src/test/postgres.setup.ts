import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { applyMigrations } from '@cauce/prisma/migrate';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../embedded/postgres.ts';
import { freePort } from './free-port.ts';
import { scratchFolder } from './scratch-folder.ts';
import { templateDatabase } from './template-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server that tests clone their databases on, as its administrator. */
    readonly postgresUrl: string;
    /** For files of tests; gone with the run, also when one of them is broken off. */
    readonly filesFolder: string | undefined;
  }
}

/** Starts one real Postgres for the whole run, with all migrations applied to the database that tests clone. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dir = scratchFolder('postgres');
  const removeFiles = (): Promise<void> => rm(dir, { recursive: true, force: true });
  const server = await startEmbeddedPostgres({
    dir,
    port: await freePort(),
    database: templateDatabase,
    isDurable: false,
  }).catch(async (cause: unknown) => {
    await removeFiles();
    throw cause;
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    await removeFiles();
  };
  try {
    await applyMigrations(server.url);
  } catch (cause) {
    await stop();
    throw cause;
  }
  const adminUrl = new URL(server.url);
  adminUrl.pathname = '/postgres';
  project.provide('postgresUrl', adminUrl.href);
  const filesFolder = join(dir, 'files');
  await mkdir(filesFolder);
  project.provide('filesFolder', filesFolder);
  return stop;
}

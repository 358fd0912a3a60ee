import type { TestProject } from 'vitest/node';
import { type SeededDatabase, startSeededDatabase } from '../../scripts/test/seeded-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database with the whole demo, from which every scenario clones its own. */
    readonly seededUrl: string;
  }
}

/** Starts one Postgres for all scenarios and makes the demo in it once. */
export async function provideSeededDatabase(project: TestProject): Promise<SeededDatabase> {
  const database = await startSeededDatabase();
  project.provide('seededUrl', database.url);
  return database;
}

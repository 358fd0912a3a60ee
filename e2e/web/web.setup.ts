import type { TestProject } from 'vitest/node';
import { provideSeededDatabase } from '../platform/provide-seeded-database.ts';
import { startWebKeeper } from './web-keeper.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where browser tests ask for the products that they share. */
    readonly webKeeperUrl: string;
  }
}

/** The demo's database, and whole products on clones of it as soon as a test asks for one. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await provideSeededDatabase(project);
  const keeper = await startWebKeeper(database.url).catch(async (error: unknown) => {
    await database.stop();
    throw error;
  });
  project.provide('webKeeperUrl', keeper.url);
  return async () => {
    await keeper.stop();
    await database.stop();
  };
}

import { subgraphNames } from '@cauce/shared/subgraph/subgraph';
import type { TestProject } from 'vitest/node';
import { provideSeededDatabase } from './provide-seeded-database.ts';
import { describePlatform } from './shared-platform.ts';
import { startTestPlatform } from './start-platform.ts';

/** The demo's database, and one platform on a clone of it, as in production, for all scenarios that need none of their own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await provideSeededDatabase(project);
  try {
    const way = project.config.env.CAUCE_E2E_WAY === 'services' ? 'services' : 'in-process';
    const platform = await startTestPlatform({ seededUrl: database.url, env: { CAUCE_MODE: 'production' } }, way);
    project.provide('sharedPlatform', describePlatform(platform, subgraphNames));
    return async () => {
      await platform.stop();
      await database.stop();
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}

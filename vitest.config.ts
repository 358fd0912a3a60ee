import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { ScenarioOrder } from './scripts/test/scenario-order.ts';

// Processes and threads that tests start compile nothing twice, as under `npm test`.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(new URL('node_modules/.cache/cauce-compile', import.meta.url));

const backend = ['prisma', 'subgraphs', 'gateway', 'scripts'];
const ignored = ['**/node_modules/**', '**/.next/**', 'prisma/client/**'];

// Vite would take graphql's `module` entry and Node its `main`: two copies that refuse each other's schemas.
const graphqlAlias = { find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') };

/**
 * `unit` needs nothing; `db` needs Postgres, which it starts itself; the platform's scenarios live in `e2e/`. Nothing
 * lives in our modules, so test files may share them: without isolation each is loaded once, not once for each file.
 */
export default defineConfig({
  resolve: { alias: [graphqlAlias] },
  test: {
    sequence: { sequencer: ScenarioOrder },
    // A busy machine is waited for; a quick one is not.
    expect: { poll: { timeout: 10_000, interval: 20 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: [...backend, 'web', 'e2e'].map((folder) => `${folder}/**/*.test.{ts,tsx}`),
          exclude: [...ignored, '**/*.db.test.ts'],
          isolate: false,
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'db',
          include: backend.map((folder) => `${folder}/**/*.db.test.ts`),
          exclude: ignored,
          isolate: false,
          // They wait for Postgres most of their time.
          maxWorkers: 3,
          globalSetup: 'subgraphs/shared/src/test/postgres.setup.ts',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      ...(['in-process', 'services'] as const).map((way) => ({
        extends: true as const,
        test: {
          name: `e2e-${way}`,
          include: ['e2e/**/*.e2e.ts'],
          exclude: ignored,
          env: { CAUCE_E2E_WAY: way },
          globalSetup: 'e2e/platform/scenarios.setup.ts',
          testTimeout: 60_000,
          hookTimeout: 150_000,
          fileParallelism: false,
        },
      })),
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['e2e/**/*.browser.ts'],
          exclude: ignored,
          globalSetup: 'e2e/web/web.setup.ts',
          testTimeout: 60_000,
          hookTimeout: 240_000,
          fileParallelism: false,
        },
      },
    ],
  },
});

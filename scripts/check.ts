import { generateClient, generateDocuments } from './generate.ts';
import { run, runNode } from './run.ts';

/** Format, lint, types, generated files: everything that can be said without running the product. */
export async function check(): Promise<void> {
  await generateClient();
  await step('format and lint', () => run('biome', ['check', '--error-on-warnings']));
  await step('nothing is there that nobody uses', () => run('knip', ['--no-progress', '--no-config-hints']));
  await step('types', () => run('tsc', ['--noEmit', '-p', 'tsconfig.json']));
  await step('generated files are fresh', () => runNode('scripts/print-schemas.ts', ['--check']));
  await step('no client of the last schema release breaks', () => runNode('scripts/check-schema.ts'));
  await generateDocuments();
  await step('types of the web app', () => run('tsc', ['--noEmit', '-p', 'web/tsconfig.json']));
}

async function step(what: string, work: () => Promise<void>): Promise<void> {
  const startedMs = performance.now();
  await work();
  console.log(`  ✓ ${what} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`);
}

if (import.meta.main) {
  await check().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  });
}

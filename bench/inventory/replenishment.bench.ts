import { rm } from 'node:fs/promises';
import { applyMigrations } from '@cauce/prisma/migrate';
import { startEmbeddedPostgres } from '@cauce/shared/embedded/postgres';
import { freePort } from '@cauce/shared/test/free-port';
import { scratchFolder } from '@cauce/shared/test/scratch-folder';
import { run } from '../../scripts/run.ts';

/**
 * How long a page of proposals and the totals by supplier take of a site with many products, against a limit; how that
 * changes when the site has four times the history, and when every product has a forecast.
 *
 *   node bench/inventory/replenishment.bench.ts [products] [sale lines of each in the last 90 days]
 */
const [products = '100000', saleLines = '6'] = process.argv.slice(2);
const program = new URL('../../subgraphs/inventory/src/test-support/replenishment-bench.fixture.ts', import.meta.url)
  .pathname;

const dir = scratchFolder('bench-replenishment');
const postgres = await startEmbeddedPostgres({
  dir,
  port: await freePort(),
  database: 'cauce_bench',
  isDurable: false,
});
try {
  await applyMigrations(postgres.url);
  await run(process.execPath, [program, postgres.url, products, saleLines], { isLoud: true });
} finally {
  await postgres.stop();
  await rm(dir, { recursive: true, force: true });
}

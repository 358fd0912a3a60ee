import { rm } from 'node:fs/promises';
import { applyMigrations } from '@cauce/prisma/migrate';
import { startEmbeddedPostgres } from '@cauce/shared/embedded/postgres';
import { freePort } from '@cauce/shared/test/free-port';
import { scratchFolder } from '@cauce/shared/test/scratch-folder';
import { run } from '../../scripts/run.ts';

/**
 * How long a spreadsheet of 10 MB takes from uploaded to committed, against the library's bare reading of the same bytes;
 * and what a server in the same process feels of it: the delay of its event loop and of requests that another process
 * sends it all the while. A `.xlsx` and a `.xls`. Limits: 20 s, and 100 ms for the slowest hundredth of the requests.
 *
 *   node bench/inventory/spreadsheet.bench.ts [megabytes]
 */
const [megabytes = '10'] = process.argv.slice(2);
const program = new URL(
  '../../subgraphs/inventory/src/imports/test-support/spreadsheet-bench.fixture.ts',
  import.meta.url,
).pathname;

const dir = scratchFolder('bench-sheets');
const postgres = await startEmbeddedPostgres({ dir, port: await freePort(), database: 'cauce_bench', isDurable: true });
try {
  await applyMigrations(postgres.url);
  for (const format of ['xlsx', 'biff8']) {
    await run(process.execPath, [program, postgres.url, format, megabytes, dir], { isLoud: true });
  }
} finally {
  await postgres.stop();
  await rm(dir, { recursive: true, force: true });
}

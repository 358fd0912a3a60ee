import { rm } from 'node:fs/promises';
import { applyMigrations } from '@cauce/prisma/migrate';
import { startEmbeddedPostgres } from '@cauce/shared/embedded/postgres';
import { freePort } from '@cauce/shared/test/free-port';
import { scratchFolder } from '@cauce/shared/test/scratch-folder';
import { run } from '../../scripts/run.ts';

/**
 * How many rows a second go from Firebird to committed, with everything that makes them ours (validation, comparison with
 * what is here, references, indexes, cursor, certificate), against the same rows fetched bare and brought into tables of
 * text without an index by `COPY`, in the same run; and against that with one `INSERT` of the same rows into tables with our
 * indexes, without references or triggers: what they cost whoever keeps them. Then an incremental copy of each kind in which nothing changed, and
 * the memory that a worker takes for a copy of few rows and of thirty times as many, each in a process of its own. Needs
 * Firebird 3.
 *
 *   node bench/inventory/erp-copy.bench.ts [articles] [sale lines]
 */
const [articles = '50000', saleLines = '300000'] = process.argv.slice(2);
const programs = new URL('../../subgraphs/inventory/src/test-support/', import.meta.url).pathname;

const dir = scratchFolder('bench-erp');
const postgres = await startEmbeddedPostgres({ dir, port: await freePort(), database: 'cauce_bench', isDurable: true });
try {
  await applyMigrations(postgres.url);
  await run(process.execPath, [`${programs}erp-copy-bench.fixture.ts`, postgres.url, articles, saleLines], {
    isLoud: true,
  });
  const few = [articles, saleLines].map((count) => String(Math.ceil(Number(count) / 30)));
  for (const sizes of [few, [articles, saleLines]]) {
    await run(process.execPath, ['--expose-gc', `${programs}erp-memory.fixture.ts`, postgres.url, ...sizes], {
      isLoud: true,
    });
  }
} finally {
  await postgres.stop();
  await rm(dir, { recursive: true, force: true });
}

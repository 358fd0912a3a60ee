import { createDatabase } from '@cauce/shared/db/create-database';
import { silentLog } from '@cauce/shared/test/silent-log';
import { erpEntities } from '../erp/erp-entity.ts';
import { createMicrosipSource } from '../erp/microsip/microsip-source.ts';
import { addressOf, erpCopyWorld, tablesMapping } from './erp-copy.ts';
import { startFirebird } from './firebird-server.ts';
import { microsipOf, microsipScript } from './microsip-database.ts';

/**
 * What a worker holds while it copies an ERP of one size, in a process of its own: the most that was alive after a
 * collection, and the most that the process took. Run with `--expose-gc`; prints one line.
 */
const [databaseUrl = '', articles = '0', saleLines = '0'] = process.argv.slice(2);
const megabytes = (bytes: number) => bytes / 1_000_000;

const firebird = await startFirebird();
const db = createDatabase({ url: databaseUrl, applicationName: 'memory', log: silentLog });
try {
  const size = microsipOf(Number(articles), Number(saleLines));
  const path = firebird.create('memory', 'WIN1252', microsipScript(size, 'NONE'));
  const world = await erpCopyWorld(db);
  const source = createMicrosipSource(addressOf(firebird, path), tablesMapping);
  globalThis.gc?.();
  const start = process.memoryUsage();
  const peak = { alive: 0, taken: 0 };
  const watching = setInterval(() => {
    peak.taken = Math.max(peak.taken, process.memoryUsage.rss());
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    peak.alive = Math.max(peak.alive, heapUsed + external);
  }, 150);
  let rows = 0;
  for (const entity of erpEntities) {
    const id = await world.addJob(entity, 'FULL');
    await world.work(id, { sourceOf: () => source, batchRows: 2_000 }, AbortSignal.timeout(1_800_000));
    const job = await world.job(id);
    if (job.isComplete !== true) throw new Error(`${entity} is not complete`);
    rows += job.processed;
  }
  clearInterval(watching);
  console.log(
    `memory: ${rows} rows and ${saleLines} sale lines: ${megabytes(peak.alive - start.heapUsed - start.external).toFixed(1)} MB alive, ` +
      `${megabytes(peak.taken - start.rss).toFixed(1)} MB taken, over the start`,
  );
} finally {
  await db.close();
  await firebird.stop();
}

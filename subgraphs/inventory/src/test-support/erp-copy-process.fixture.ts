import { systemClock } from '@cauce/shared/clock';
import { createDatabase } from '@cauce/shared/db/create-database';
import { createMetrics } from '@cauce/shared/metrics/create-metrics';
import { silentLog } from '@cauce/shared/test/silent-log';
import { erpMappingSchema } from '../erp/erp-mapping.ts';
import { createMicrosipSource } from '../erp/microsip/microsip-source.ts';
import { createRunSync } from '../erp/run-sync.ts';

/** A worker in a process of its own, to be killed: copies one run from the address that it is given. */
const [databaseUrl = '', jobId = '', address = '', mapping = '', batchRows = '20'] = process.argv.slice(2);
const db = createDatabase({ url: databaseUrl, applicationName: 'erp-copy-worker', log: silentLog });
const source = createMicrosipSource(JSON.parse(address), erpMappingSchema.parse(JSON.parse(mapping)));
const work = createRunSync({
  ...{ db, clock: systemClock, metrics: createMetrics({ process: 'test', hasProcessMetrics: false }) },
  ...{ sourceOf: () => source, runLater: async () => {}, batchRows: Number(batchRows) },
});
await work(jobId, { log: silentLog, signal: AbortSignal.timeout(600_000) });
await db.close();

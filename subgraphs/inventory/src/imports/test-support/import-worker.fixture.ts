import { flushCompileCache } from 'node:module';
import { systemClock } from '@cauce/shared/clock';
import { createDatabase } from '@cauce/shared/db/create-database';
import { createMemoryEventBus } from '@cauce/shared/events/memory-event-bus';
import { silentLog } from '@cauce/shared/test/silent-log';
import { createImportJob } from '../import/imports.jobs.ts';

/** A worker in a process of its own, to be killed: does one step of one import. */
// Who is killed keeps nothing for the next one.
flushCompileCache();
const [databaseUrl = '', importId = '', step = '', dataDir = ''] = process.argv.slice(2);
const db = createDatabase({ url: databaseUrl, applicationName: 'import-worker', log: silentLog });
const settings = {
  ...{ mode: 'test' as const, dataDir, tokenSecret: '', internalSecret: '', encryptionKey: '' },
  ...{ isPrivateNetworkAllowed: false, mqttUrl: null },
};
const job = createImportJob({ db, settings, clock: systemClock, bus: createMemoryEventBus() });
const run = {
  ...{ jobId: importId, attempt: 0, clock: systemClock, log: silentLog, signal: AbortSignal.timeout(60_000) },
  reportProgress: () => {},
};
await job.handle(job.data.parse({ importId, step }), run);
await db.close();

import { z } from 'zod';
import { systemClock } from '../clock.ts';
import { createMemoryEventBus } from '../events/memory-event-bus.ts';
import { createLog } from '../log/create-log.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { defineJob } from './define-job.ts';
import { startJobRunner } from './job-runner.ts';
import { createPgBossQueue } from './pg-boss-queue.ts';

/** A worker process that begins a job and never ends it; its test kills it. */
const [, , databaseUrl = '', jobName = ''] = process.argv;
const log = createLog({ name: 'killed-worker', level: 'silent' });
const queue = await createPgBossQueue({ databaseUrl, applicationName: 'cauce-killed-worker', log, isWorker: false });
const job = defineJob({
  name: jobName,
  data: z.object({}),
  expireInSeconds: 2,
  retryDelaySeconds: 1,
  handle: () => {
    console.info('begun');
    return new Promise<void>(() => {});
  },
});
await startJobRunner({
  queue,
  jobs: [job],
  clock: systemClock,
  log,
  metrics: createMetrics({ process: 'killed-worker', hasProcessMetrics: false }),
  bus: createMemoryEventBus(),
});
console.info('ready');

import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createMemoryEventBus } from '../events/memory-event-bus.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { eventually } from '../test/eventually.ts';
import { silentLog } from '../test/silent-log.ts';
import { testDatabase } from '../test/test-database.ts';
import { defineJob } from './define-job.ts';
import { startJobRunner } from './job-runner.ts';
import { createJobSchedules, readJobSchedules } from './job-schedules.ts';
import { createPgBossQueue } from './pg-boss-queue.ts';

const db = await testDatabase();
const queue = await createPgBossQueue({
  databaseUrl: db.url,
  applicationName: 'cauce-test-schedules',
  log: silentLog,
  isWorker: true,
});
afterAll(() => queue.stop(1_000));
const schedules = createJobSchedules(db, silentLog);
let fails = false;
const nightly = defineJob({
  name: 'books.close-day',
  data: z.object({}).loose(),
  retryLimit: 0,
  cron: { expression: '0 3 * * *', timeZone: 'America/Santiago' },
  handle: async () => {
    if (fails) throw new Error('The ledger at https://cfo:hunter2-Zx9Qp4@books.example is away');
  },
});
const other = defineJob({ name: 'books.send-letter', data: z.object({}), handle: async () => {} });
const told = () => readJobSchedules(db, 'books');
const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 3, minute));

describe('jobs that run by the clock', () => {
  it('are told of with their last run, whether it went well, and how often in a row it did not', async () => {
    let now = at(0);
    const clock = { now: () => now };
    const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
    const bus = createMemoryEventBus();
    const runner = await startJobRunner({
      ...{ queue, jobs: [nightly, other], clock, log: silentLog, metrics, bus, schedules },
    });
    expect(await told()).toMatchObject([
      { name: 'books.close-day', cron: '0 3 * * *', timeZone: 'America/Santiago', startedAt: null, outcome: null },
    ]);
    await queue.enqueue(nightly, {});
    await eventually(async () => (await told())[0]?.outcome === 'DONE');
    fails = true;
    for (const minute of [1, 2]) {
      now = at(minute);
      await queue.enqueue(nightly, {});
      await eventually(async () => (await told())[0]?.failures === minute);
    }
    const [failed] = await told();
    expect(failed).toMatchObject({
      outcome: 'FAILED',
      startedAt: at(2),
      finishedAt: at(2),
      doneAt: at(0),
      failures: 2,
    });
    expect(failed?.error).toContain('is away');
    expect(failed?.error).not.toContain('hunter2');
    await runner.stop();
  });

  it('are told of by the run that began last, whichever ends last', async () => {
    await schedules.begun(nightly, at(10));
    await schedules.begun(nightly, at(12));
    await schedules.ended(nightly, { startedAt: at(12), finishedAt: at(13), outcome: 'DONE', error: null });
    await schedules.ended(nightly, { startedAt: at(10), finishedAt: at(20), outcome: 'FAILED', error: 'late' });
    expect(await told()).toMatchObject([
      { startedAt: at(12), finishedAt: at(13), outcome: 'DONE', error: null, failures: 0, tookMs: 60_000 },
    ]);
  });
});

import { spawn } from 'node:child_process';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemClock } from '../clock.ts';
import { createMemoryEventBus } from '../events/memory-event-bus.ts';
import { createMetrics } from '../metrics/create-metrics.ts';
import { eventually } from '../test/eventually.ts';
import { silentLog } from '../test/silent-log.ts';
import { testDatabase } from '../test/test-database.ts';
import { defineJob, HopelessJob, type JobDefinition } from './define-job.ts';
import { jobProgressed } from './job-events.ts';
import { startJobRunner } from './job-runner.ts';
import { createPgBossQueue } from './pg-boss-queue.ts';

const db = await testDatabase();
const startedAt = performance.now();
const queue = await createPgBossQueue({
  databaseUrl: db.url,
  applicationName: 'cauce-test-jobs',
  log: silentLog,
  isWorker: true,
  superviseSeconds: 1,
});
console.info(`job queue made and started in ${Math.round(performance.now() - startedAt)} ms`);
const bus = createMemoryEventBus();
const metrics = createMetrics({ process: 'test', hasProcessMetrics: false });
afterAll(() => queue.stop(1_000));

const workWith = (pollSeconds: number, ...jobs: JobDefinition[]) =>
  startJobRunner({ queue, jobs, clock: systemClock, log: silentLog, metrics, bus, pollSeconds });
const work = (...jobs: JobDefinition[]) => workWith(0.5, ...jobs);

describe('the job queue', () => {
  it('works a job soon after it was enqueued, with its data', async () => {
    const seen: unknown[] = [];
    const job = defineJob({
      name: 'test.greet',
      data: z.object({ who: z.string(), at: z.coerce.date() }),
      handle: async (data, run) => {
        seen.push({ ...data, attempt: run.attempt });
      },
    });
    const runner = await work(job);
    const at = new Date('2026-01-01T00:00:00Z');
    expect(await queue.enqueue(job, { who: 'ana', at })).toEqual(expect.any(String));
    await eventually(() => seen.length === 1);
    expect(seen).toEqual([{ who: 'ana', at, attempt: 0 }]);
    await runner.stop();
  });

  it('starts a job because it was enqueued, long before its next poll', async () => {
    let started: () => void = () => {};
    const job = defineJob({
      name: 'test.measure',
      data: z.object({}),
      handle: async () => started(),
    });
    const runner = await workWith(60, job);
    for (let n = 0; n < 10; n += 1) {
      const starting = new Promise<void>((resolve) => {
        started = resolve;
      });
      await queue.enqueue(job, {});
      await starting;
    }
    await runner.stop();
  });

  it('drains a backlog without waiting for its poll between jobs', async () => {
    let done = 0;
    const job = defineJob({
      name: 'test.backlog',
      data: z.object({}),
      handle: async () => {
        done += 1;
      },
    });
    for (let n = 0; n < 40; n += 1) await queue.enqueue(job, {});
    const runner = await workWith(60, job);
    await eventually(() => done === 40, { timeoutMs: 20_000 });
    await runner.stop();
  });

  it('enqueues nothing when the transaction of its cause is rolled back, and exactly then', async () => {
    const seen: number[] = [];
    const job = defineJob({
      name: 'test.with-cause',
      data: z.object({ n: z.number() }),
      handle: async ({ n }) => {
        seen.push(n);
      },
    });
    const runner = await work(job);
    const refused = db.client.$transaction(async (tx) => {
      await queue.enqueue(job, { n: 1 }, { tx });
      throw new Error('no');
    });
    await expect(refused).rejects.toThrow('no');
    await db.client.$transaction(async (tx) => {
      await queue.enqueue(job, { n: 2 }, { tx });
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(seen).toEqual([]);
    });
    await eventually(() => seen.length === 1);
    expect(seen).toEqual([2]);
    await runner.stop();
  });

  it('refuses data that does not fit when it is enqueued', async () => {
    const job: JobDefinition<unknown> = defineJob({
      name: 'test.typed',
      data: z.object({ n: z.number() }),
      handle: async () => {},
    });
    await expect(queue.enqueue(job, { n: 'one' })).rejects.toThrow(z.ZodError);
  });

  it('has at most one job of a key waiting or running, and any number without a key', async () => {
    const held: (() => void)[] = [];
    const releaseAll = (): void => {
      for (const release of held) release();
    };
    const job = defineJob({
      name: 'test.singleton',
      data: z.object({}),
      concurrency: 4,
      handle: () => new Promise<void>((resolve) => held.push(resolve)),
    });
    expect(await queue.enqueue(job, {}, { singletonKey: 'a' })).not.toBeNull();
    expect(await queue.enqueue(job, {}, { singletonKey: 'a' })).toBeNull();
    const runner = await work(job);
    await eventually(() => held.length === 1);
    expect(await queue.enqueue(job, {}, { singletonKey: 'a' })).toBeNull();
    releaseAll();
    await eventually(async () => (await queue.enqueue(job, {}, { singletonKey: 'a' })) !== null);
    await eventually(() => held.length === 2);
    await queue.enqueue(job, {});
    await queue.enqueue(job, {});
    await eventually(() => held.length === 4);
    releaseAll();
    await runner.stop();
  });

  it('does not start a postponed job before its time', async () => {
    const seen: number[] = [];
    const job = defineJob({
      name: 'test.later',
      data: z.object({}),
      handle: async () => {
        seen.push(Date.now());
      },
    });
    const runner = await work(job);
    const due = Date.now() + 1_200;
    await queue.enqueue(job, {}, { startAfter: new Date(due) });
    await eventually(() => seen.length === 1);
    expect(seen[0]).toBeGreaterThanOrEqual(due);
    await runner.stop();
  });

  it('tries a failing job again, then keeps it in its dead letters without secrets, from where it can be redriven', async () => {
    const attempts: number[] = [];
    let isBroken = true;
    const job = defineJob({
      name: 'test.fragile',
      data: z.object({ order: z.string() }),
      retryLimit: 1,
      retryDelaySeconds: 1,
      handle: async (_data, run) => {
        attempts.push(run.attempt);
        if (isBroken) throw new Error('failed with password=hunter2', { cause: new TypeError('deep') });
      },
    });
    const runner = await work(job);
    const jobId = await queue.enqueue(job, { order: 'O-1' });
    await eventually(async () => (await queue.deadLetters.count(job.name)) === 1, { timeoutMs: 15_000 });
    expect(attempts).toEqual([0, 1]);
    const [letter, ...others] = await queue.deadLetters.list(job.name);
    expect(others).toEqual([]);
    expect(letter).toMatchObject({
      jobName: 'test.fragile',
      jobId,
      data: { order: 'O-1' },
      retries: 1,
      error: { error: { type: 'Error', message: 'failed with password=[redacted]', cause: 'TypeError: deep' } },
    });
    isBroken = false;
    expect(await queue.deadLetters.redrive(job.name, [letter?.id ?? ''])).toBe(1);
    await eventually(() => attempts.length === 3);
    expect(await queue.deadLetters.count(job.name)).toBe(0);
    await runner.stop();
  }, 30_000);

  it('gives a hopeless job up at once, and one whose data no longer fits', async () => {
    let tries = 0;
    const job = defineJob({
      name: 'test.hopeless',
      data: z.object({ version: z.number() }),
      handle: async () => {
        tries += 1;
        throw new HopelessJob('nobody there');
      },
    });
    await queue.enqueue(job, { version: 1 });
    const changed = { ...job, data: z.object({ version: z.string() }) };
    await queue.enqueue(
      { ...job, data: z.object({ version: z.number() }) },
      { version: 2 },
      { startAfter: new Date(Date.now() + 60_000) },
    );
    const runner = await work(job);
    await eventually(async () => (await queue.deadLetters.count(job.name)) === 1);
    await runner.stop();
    await db.pool.query("UPDATE pgboss.job SET start_after = now() WHERE name = 'test.hopeless' AND state = 'created'");
    const second = await work(changed);
    await eventually(async () => (await queue.deadLetters.count(job.name)) === 2);
    expect(tries).toBe(1);
    await second.stop();
  });

  it('passes progress on to whoever listens, and the end always', async () => {
    const ending = new AbortController();
    const seen: unknown[] = [];
    const listening = (async () => {
      for await (const event of bus.subscribe(jobProgressed, { signal: ending.signal })) seen.push(event.payload);
    })();
    const job = defineJob({
      name: 'test.progress',
      data: z.object({}),
      handle: async (_data, run) => {
        for (let done = 0; done <= 1_000; done += 1) run.reportProgress({ done, total: 1_000 });
      },
    });
    const runner = await work(job);
    const jobId = await queue.enqueue(job, {});
    await eventually(() => seen.length === 2);
    expect(seen).toEqual([
      { jobId, jobName: 'test.progress', state: 'working', done: 0, total: 1_000 },
      { jobId, jobName: 'test.progress', state: 'done', done: 1_000, total: 1_000 },
    ]);
    ending.abort();
    await listening;
    await runner.stop();
  });

  it('keeps the cron schedule as the code says', async () => {
    const job = defineJob({
      name: 'test.nightly',
      data: z.object({}),
      cron: { expression: '0 2 * * *', timeZone: 'America/Santiago' },
      handle: async () => {},
    });
    await (await work(job)).stop();
    expect(await queue.boss.getSchedule(job.name)).toMatchObject({ cron: '0 2 * * *', timezone: 'America/Santiago' });
    const { cron: _cron, ...withoutCron } = job;
    await (await work(withoutCron)).stop();
    expect(await queue.boss.getSchedule(job.name)).toBeNull();
  });

  it('follows a worker that was killed in the middle of a job with another one', async () => {
    const attempts: number[] = [];
    const job = defineJob({
      name: 'test.killed',
      data: z.object({}),
      expireInSeconds: 2,
      retryDelaySeconds: 1,
      handle: async (_data, run) => {
        attempts.push(run.attempt);
      },
    });
    await queue.prepare(job);
    const script = new URL('./killed-worker.fixture.ts', import.meta.url).pathname;
    const child = spawn(process.execPath, [script, db.url, job.name], { stdio: ['ignore', 'pipe', 'inherit'] });
    const begun = new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (text) => String(text).includes('begun') && resolve());
      child.once('exit', () => reject(new Error('the worker ended before it began')));
    });
    await new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
    await queue.enqueue(job, {});
    await begun;
    child.kill('SIGKILL');
    const runner = await work(job);
    await eventually(() => attempts.length === 1, { timeoutMs: 25_000 });
    expect(attempts).toEqual([1]);
    await runner.stop();
  }, 40_000);
});

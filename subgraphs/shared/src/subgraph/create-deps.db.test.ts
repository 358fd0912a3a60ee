import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { PlatformEnv } from '../env/platform-env.ts';
import { defineTopic } from '../events/domain-event.ts';
import { appendEvents } from '../events/outbox.ts';
import { defineJob } from '../jobs/define-job.ts';
import { silentLog } from '../test/silent-log.ts';
import { testDatabase } from '../test/test-database.ts';
import { createDeps } from './create-deps.ts';
import { createStopStack } from './stop-stack.ts';

const db = await testDatabase();
const random = (): string => randomBytes(32).toString('base64');
const env: PlatformEnv = {
  ...{
    mode: 'test',
    databaseUrl: null,
    redisUrl: null,
    mqttUrl: null,
    subgraphUrls: {},
    supergraphFile: null,
    dataDir: tmpdir(),
  },
  ...{
    host: '127.0.0.1',
    subgraphPort: 0,
    webPort: 0,
    gatewayPort: 0,
    mqttPort: 0,
    postgresPort: 0,
    corsOrigins: [],
    logLevel: 'silent',
  },
  tracing: { endpoint: null, ratio: 1 },
  slowOperationMs: 0,
  planner: 'apollo',
  cache: { mode: 'off', maxBytes: 1 },
  live: { connections: 10, streams: 10, streamsPerViewer: 10 },
  subgraphTimeoutMs: 10_000,
  isPrivateNetworkAllowed: false,
  trustedDocuments: 'open',
  secrets: { tokenSecret: random(), internalSecret: random(), encryptionKey: random() },
};

describe('createDeps', () => {
  it('builds a world in which an event and a job arrive, and which ends without leaving a connection', async () => {
    const world = await createDeps({ env, databaseUrl: db.url, process: 'world', isWorker: true });
    const topic = defineTopic<{ n: number }>('test.happened');
    const ending = new AbortController();
    const events = world.deps.bus.subscribe(topic, { signal: ending.signal })[Symbol.asyncIterator]();
    let worked: (n: number) => void = () => {};
    const working = new Promise<number>((resolve) => {
      worked = resolve;
    });
    const job = defineJob({ name: 'test.work', data: z.object({ n: z.number() }), handle: async ({ n }) => worked(n) });
    world.startRelay();
    await world.startJobs([job]);
    await world.deps.db.client.$transaction(async (tx) => {
      const event = { topic, companyId: null, siteId: null, key: 'a', occurredAt: new Date(), payload: { n: 1 } };
      await appendEvents(tx, [event]);
      await world.deps.jobs.enqueue(job, { n: 2 }, { tx });
    });
    expect((await events.next()).value).toMatchObject({ payload: { n: 1 } });
    expect(await working).toBe(2);
    for (const check of world.health) await check.check(AbortSignal.timeout(1_000));
    ending.abort();
    await world.stop();
    const { rows } = await db.pool.query(
      "SELECT application_name FROM pg_stat_activity WHERE datname = current_database() AND application_name <> 'cauce-test'",
    );
    expect(rows.filter((row) => /^cauce/.test(row.application_name))).toEqual([]);
  });

  it('rejects, leaving nothing behind, when Postgres cannot be reached', async () => {
    const wrong = new URL(db.url);
    wrong.port = '1';
    await expect(createDeps({ env, databaseUrl: wrong.href, process: 'x', isWorker: false })).rejects.toThrow();
  });
});

describe('the stop stack', () => {
  it('ends the last first, goes on past what fails or hangs, and ends each thing once', async () => {
    const ended: string[] = [];
    const stack = createStopStack(silentLog);
    const part = (name: string) => () => {
      ended.push(name);
    };
    stack.push('first', part('first'));
    stack.push('hangs', () => new Promise(() => {}), 20);
    stack.push('fails', () => Promise.reject(new Error('no')));
    stack.push('last', part('last'));
    await Promise.all([stack.stop(), stack.stop()]);
    expect(ended).toEqual(['last', 'first']);
  });
});

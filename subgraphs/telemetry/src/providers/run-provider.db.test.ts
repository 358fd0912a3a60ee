import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { createHttpClient } from '@cauce/shared/http/create-http-client';
import { eventually } from '@cauce/shared/test/eventually';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { addPoint } from '../test-support/points.ts';
import { addProvider, type TestProviderOptions } from '../test-support/provider-rows.ts';
import { type ProviderStandIn, standInAccount, startProviderStandIn } from '../test-support/provider-stand-in.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';
import { pullJobs } from './providers.jobs.ts';
import { createRunProvider } from './run-provider.ts';

const db = await testDatabase();
const begin = Date.parse('2026-11-20T10:00:00Z');
let now = begin;
const world = await telemetryWorld(db, { clock: { now: () => new Date(now) } });
const secretBox = createSecretBox(world.deps.settings.encryptionKey);
let standIn: ProviderStandIn = await startProviderStandIn(() => now);
afterAll(() => standIn.close());
beforeEach(async () => {
  await standIn.close();
  now = begin;
  standIn = await startProviderStandIn(() => now);
});

const minute = (index: number) => begin + index * 60_000;
const run = { log: silentLog, signal: new AbortController().signal };
const runOnce = (id: string) =>
  createRunProvider({ ...world.deps, secretBox, budgetMs: 20_000, retryPauseMs: 1 })(id, run);

async function prepare(options: TestProviderOptions = {}, deviceIds: readonly string[] = ['d1']) {
  const points = await Promise.all(
    deviceIds.map(async (deviceId) => ({ deviceId, point: await addPoint(db, { litersPerPulse: '1000' }) })),
  );
  const { id, sourceIds } = await addProvider(db, secretBox, standIn, points, options);
  return { id, sourceIds, points: points.map(({ point }) => point) };
}
const rows = async <Row extends object>(sql: string, ...values: unknown[]) =>
  (await db.pool.query<Row>(sql, values)).rows;
const rawOf = async (sourceId: string | undefined) =>
  (
    await rows<{ at: Date }>(
      'SELECT measured_at AS at FROM telemetry.raw_readings WHERE source_id = $1 ORDER BY 1',
      sourceId,
    )
  ).map(({ at }) => at.getTime());
const scheduleOf = async (id: string) => (await db.client.providerSchedule.findMany({ where: { providerId: id } }))[0];

describe('a run of a provider', () => {
  it('brings readings the way that devices’ own messages go: raw, derived, latest and told of, with the cursor', async () => {
    const { id, sourceIds, points } = await prepare({ kind: 'TWIN' });
    standIn.add('d1', 'total', { at: minute(-10), value: 100 }, { at: minute(-5), value: '120' });
    expect(await runOnce(id)).toMatchObject({ result: 'OK', message: null, hasAnswered: true });
    const [point] = points;
    expect(
      await rows(
        'SELECT value, delta::float8 FROM telemetry.measurements WHERE point_id = $1 ORDER BY measured_at',
        point?.id,
      ),
    ).toEqual([
      { value: 100, delta: null },
      { value: 120, delta: 20 },
    ]);
    expect(await rows(`SELECT value FROM telemetry.latest_measurements WHERE point_id = $1`, point?.id)).toEqual([
      { value: 120 },
    ]);
    expect(await rows(`SELECT topic, company_id FROM platform.outbox WHERE key = $1`, point?.id)).toEqual([
      { topic: 'telemetry.measurementAdded', company_id: point?.companyId },
    ]);
    const source = await db.client.readingSource.findUniqueOrThrow({ where: { id: sourceIds[0] ?? '' } });
    expect(source).toMatchObject({
      lastSeenAt: new Date(minute(-5)),
      cursor: { channels: { total: { through: new Date(minute(-5)).toISOString() } } },
    });
    expect(await scheduleOf(id)).toMatchObject({ lastResult: 'OK', failures: 0, nextRunAt: new Date(now + 300_000) });
    expect(await runOnce(id)).toMatchObject({ result: 'OK' });
    expect(await rawOf(sourceIds[0])).toEqual([minute(-10), minute(-5)]);
  });

  it('ends with the set of the provider’s readings, whatever outages, repeats, disorder and rival workers there were', async () => {
    const fault = fc.constantFrom('none', 'none', 'down', 'malformed', 'limited', 'twice', 'rivals');
    const steps = fc.array(
      fc.tuple(
        fault,
        fc.integer({ min: 1, max: 600 }),
        fc.array(fc.integer({ min: -30, max: 2_880 }), { maxLength: 8 }),
      ),
      { minLength: 2, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.constantFrom('TWIN' as const, 'NETTRA' as const, 'TAGO' as const, 'HTTP_PULL' as const),
        async (given, kind) => {
          now = begin;
          standIn.readings.clear();
          const { id, sourceIds } = await prepare({ kind });
          const there = new Set<number>();
          standIn.readings.set('d1', new Map());
          for (const [name, minutes, late] of given) {
            now += minutes * 60_000;
            for (const minutesLate of late) {
              const at = Math.floor(now / 60_000 - minutesLate) * 60_000;
              if (!there.has(at)) standIn.add('d1', 'total', { at, value: 7 });
              there.add(at);
            }
            standIn.faults.duplicates = name === 'twice';
            standIn.faults.shuffled = name === 'twice';
            standIn.faults.next =
              name === 'down'
                ? { status: 500, times: 2 }
                : name === 'limited'
                  ? { status: 429, times: 1, retryAfter: '60' }
                  : null;
            standIn.faults.body = name === 'malformed' ? { text: '<html>', times: 1 } : null;
            await Promise.all(name === 'rivals' ? [runOnce(id), runOnce(id), runOnce(id)] : [runOnce(id)]);
            standIn.faults.next = null;
            standIn.faults.body = null;
          }
          await runOnce(id);
          now += 25 * 3_600_000;
          expect(await runOnce(id)).toMatchObject({ result: 'OK' });
          expect(await rawOf(sourceIds[0])).toEqual([...there].sort((a, b) => a - b));
        },
      ),
      { numRuns: 12 },
    );
  }, 60_000);

  it('a broken device costs the others nothing, and is named', async () => {
    const { id, sourceIds } = await prepare({ kind: 'TAGO' }, ['d1', 'd2', 'd3']);
    for (const device of ['d1', 'd2', 'd3']) standIn.add(device, 'total', { at: minute(-1), value: 1 });
    await db.pool.query(`UPDATE telemetry.source_channels SET channel = 'gone' WHERE source_id = $1`, [sourceIds[1]]);
    await db.pool.query(`UPDATE telemetry.reading_sources SET device_id = 'without-token' WHERE id = $1`, [
      sourceIds[1],
    ]);
    expect(await runOnce(id)).toMatchObject({
      result: 'PARTIAL',
      message: expect.stringContaining('without-token/gone'),
    });
    expect([await rawOf(sourceIds[0]), await rawOf(sourceIds[2])]).toEqual([[minute(-1)], [minute(-1)]]);
    expect(await db.client.provider.findUniqueOrThrow({ where: { id } })).toMatchObject({
      lastConnectedAt: new Date(now),
      lastErrorAt: new Date(now),
    });
  });

  it('takes a device for gone only when it was unknown three times in a row', async () => {
    const { id } = await prepare({ kind: 'THINGSIO' });
    expect(await runOnce(id)).toMatchObject({ result: 'OK', hasAnswered: false });
    expect(await runOnce(id)).toMatchObject({ result: 'OK' });
    expect(await runOnce(id)).toMatchObject({ result: 'FAILED', message: expect.stringContaining('MISSING') });
    standIn.add('d1', 'total', { at: minute(-1), value: 1 });
    expect(await runOnce(id)).toMatchObject({ result: 'OK', hasAnswered: true });
  });

  it('waits longer after each failure, and as long as the provider says', async () => {
    const { id } = await prepare();
    const waits: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      standIn.faults.next = { status: 401, times: 1 };
      await runOnce(id);
      waits.push(((await scheduleOf(id))?.nextRunAt.getTime() ?? 0) - now);
    }
    expect(waits).toEqual([300_000, 600_000, 1_200_000, 2_400_000]);
    standIn.faults.next = { status: 429, times: 1, retryAfter: '7200' };
    await runOnce(id);
    expect((await scheduleOf(id))?.nextRunAt).toEqual(new Date(now + 7_200_000));
  });

  it('signs in once with a wrong password, however many devices there are', async () => {
    const { id } = await prepare({ kind: 'TWIN' }, ['d1', 'd2', 'd3', 'd4', 'd5', 'd6']);
    const foreign = { username: 'ops@example.test', password: 'wrong', deviceTokens: {}, secrets: {} };
    await db.client.provider.update({
      where: { id },
      data: { credentialsEncrypted: secretBox.seal(JSON.stringify(foreign), `provider:${id}`) },
    });
    expect(await runOnce(id)).toMatchObject({ result: 'FAILED', message: expect.stringContaining('SIGN_IN_REFUSED') });
    expect(standIn.requests.filter(({ path }) => path === '/twin/login').length).toBeLessThanOrEqual(4);
    expect(standIn.requests.every(({ path }) => path === '/twin/login')).toBe(true);
  });

  it('keeps values in a foreign unit out of the measurements, once, with the reason', async () => {
    const { id, sourceIds } = await prepare({ channels: [{ channel: 'caudal', variable: 'FLOW', unit: 'l/s' }] });
    standIn.add(
      'd1',
      'caudal',
      { at: minute(-3), value: 9, unit: 'L/s' },
      { at: minute(-2), value: 32, unit: 'm3/h' },
      { at: minute(-1), value: 9, unit: 'l/s' },
    );
    await runOnce(id);
    await runOnce(id);
    expect(await rawOf(sourceIds[0])).toEqual([minute(-3), minute(-1)]);
    const letters = await rows<{ reason: string }>(
      'SELECT reason FROM telemetry.dead_letters WHERE origin = $1',
      `provider:${id}`,
    );
    expect(letters).toEqual([{ reason: 'WRONG_UNIT' }]);
  });

  it('keeps a logger’s status code raw, and measures nothing by it', async () => {
    const { id, points } = await prepare({ kind: 'NOVUS', channels: [{ channel: 'nivel', variable: 'LEVEL' }] });
    standIn.add('d1', 'nivel', { at: minute(-2), value: -2 }, { at: minute(-1), value: 31 });
    await runOnce(id);
    expect(
      await rows(
        'SELECT value, value_text FROM telemetry.raw_readings WHERE point_id = $1 ORDER BY measured_at',
        points[0]?.id,
      ),
    ).toEqual([
      { value: null, value_text: '-2' },
      { value: 31, value_text: null },
    ]);
    expect(await rows('SELECT value FROM telemetry.measurements WHERE point_id = $1', points[0]?.id)).toEqual([
      { value: 31 },
    ]);
  });

  it('keeps nothing of a provider that is on trial or was paused, and everything when it goes on', async () => {
    const { id, sourceIds } = await prepare();
    standIn.add('d1', 'total', { at: minute(-1), value: 1 });
    await db.pool.query('UPDATE telemetry.providers SET is_testing = true WHERE id = $1', [id]);
    expect(await runOnce(id)).toMatchObject({ result: 'OK' });
    await db.pool.query('UPDATE telemetry.providers SET is_testing = false, is_active = false WHERE id = $1', [id]);
    expect(await runOnce(id)).toBeNull();
    expect(await rawOf(sourceIds[0])).toEqual([]);
    await db.pool.query('UPDATE telemetry.providers SET is_active = true WHERE id = $1', [id]);
    await runOnce(id);
    expect(await rawOf(sourceIds[0])).toEqual([minute(-1)]);
  });

  it('leaves no secret in what it notes down', async () => {
    for (const kind of ['TWIN', 'NETTRA', 'TAGO', 'HTTP_PULL'] as const) {
      const { id } = await prepare({ kind });
      standIn.faults.next = { status: 400, times: 9 };
      await runOnce(id);
      const noted = JSON.stringify([
        await db.client.provider.findUniqueOrThrow({ where: { id } }),
        await scheduleOf(id),
      ]);
      expect(noted).toContain('REFUSED');
      expect(noted).not.toContain(standInAccount.password);
      expect(noted).not.toContain(encodeURIComponent(standInAccount.password));
      expect(noted).not.toContain(standInAccount.deviceToken);
      standIn.faults.next = null;
    }
  });
});

describe('the plan', () => {
  it('pulls each provider that is due, and a slow one delays no other', async () => {
    const slow = await startProviderStandIn(() => now);
    const http = createHttpClient({ log: silentLog, metrics: world.deps.metrics, isPrivateNetworkAllowed: true });
    try {
      slow.faults.slowMs = 20_000;
      const point = await addPoint(db);
      // As many as there are places among the well ones: they have been slow before.
      const slowIds: string[] = [];
      for (const deviceId of ['d1', 'd2']) {
        const { id } = await addProvider(db, secretBox, slow, [{ point, deviceId }]);
        slowIds.push(id);
      }
      await db.client.providerSchedule.updateMany({
        where: { providerId: { in: slowIds } },
        data: { lastDurationMs: 30_000 },
      });
      const well = await Promise.all([1, 2, 3].map(() => prepare()));
      const paused = await prepare();
      await db.client.provider.update({ where: { id: paused.id }, data: { isActive: false } });
      standIn.add('d1', 'total', { at: minute(-1), value: 1 });
      const jobs = pullJobs({ ...world.deps, http }, { concurrency: 2, budgetSeconds: 10 });
      await world.startJobs(jobs);
      const [plan] = jobs;
      if (plan === undefined) throw new Error('No plan');
      await world.deps.jobs.enqueue(plan, {});
      await eventually(async () => {
        const stored = await Promise.all(well.map(({ sourceIds }) => rawOf(sourceIds[0])));
        return slow.requests.length > 0 && stored.every((times) => times.length === 1);
      });
      // The slow ones are still waited for.
      expect(await db.client.providerSchedule.count({ where: { providerId: { in: slowIds }, lastRunAt: null } })).toBe(
        2,
      );
      expect(await rawOf(paused.sourceIds[0])).toEqual([]);
    } finally {
      await slow.close();
      await http.close();
    }
  });
});

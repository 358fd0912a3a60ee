import { anonymousViewer } from '@cauce/shared/auth/viewer';
import { fixedClock } from '@cauce/shared/clock';
import { defineJob } from '@cauce/shared/jobs/define-job';
import { createJobSchedules } from '@cauce/shared/jobs/job-schedules';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { telemetryWorld } from '../test-support/telemetry-world.ts';

const db = await testDatabase();
const now = new Date('2026-11-20T12:00:30Z');
const world = await telemetryWorld(db, { clock: fixedClock(now) });
const job = (name: string, expression: string) =>
  defineJob({ name, data: z.object({}), cron: { expression, timeZone: 'America/Santiago' }, handle: async () => {} });
const query =
  '{ telemetrySchedules { name cron timeZone state startedAt finishedAt tookMs doneAt failures error nextRunAt } }';
const ask = async (viewer = testAdmin()) =>
  JSON.parse(JSON.stringify((await world.get(query, viewer)).telemetrySchedules));

describe('telemetrySchedules', () => {
  it('tells of the last and the next run of each, in the zone of its clock, and of nothing of other subgraphs', async () => {
    const schedules = createJobSchedules(db, silentLog);
    const [waiting, failing, running] = [
      job('telemetry.a-daily', '0 8 * * *'),
      job('telemetry.b-minutely', '* * * * *'),
      job('telemetry.c-hourly', '5 * * * *'),
    ];
    await schedules.keep([waiting, failing, running, job('access.prune', '0 3 * * *')]);
    const startedAt = new Date('2026-11-20T12:00:00Z');
    const finishedAt = new Date('2026-11-20T12:00:02Z');
    await schedules.begun(failing, startedAt);
    await schedules.ended(failing, { startedAt, finishedAt, outcome: 'FAILED', error: 'of somebody else' });
    await schedules.begun(running, startedAt);
    expect(await ask()).toEqual([
      expect.objectContaining({ name: 'telemetry.a-daily', state: null, nextRunAt: '2026-11-21T11:00:00.000Z' }),
      expect.objectContaining({
        ...{ name: 'telemetry.b-minutely', state: 'FAILED', tookMs: 2_000, failures: 1, doneAt: null },
        ...{ error: 'of somebody else', nextRunAt: '2026-11-20T12:01:00.000Z' },
      }),
      expect.objectContaining({ name: 'telemetry.c-hourly', state: 'RUNNING', finishedAt: null }),
    ]);
    const [, told] = await ask(testViewer({ companyIds: ['0199aaaa-0000-7000-8000-000000000001'], siteIds: [] }));
    expect(told).toMatchObject({ state: 'FAILED', error: null });
  });

  it('tells of the last runs of one of them, and why they failed only to who reaches every company', async () => {
    const schedules = createJobSchedules(db, silentLog);
    const [own, foreign] = [job('telemetry.d-often', '* * * * *'), job('access.often', '* * * * *')];
    const failed = { outcome: 'FAILED' as const, error: 'of somebody else' };
    for (let minute = 0; minute < 130; minute += 1) {
      const startedAt = new Date(now.getTime() - (130 - minute) * 60_000);
      const how = minute % 10 === 0 ? failed : { outcome: 'DONE' as const, error: null };
      await schedules.ended(own, { startedAt, finishedAt: new Date(startedAt.getTime() + minute), ...how });
    }
    await schedules.ended(foreign, { startedAt: now, finishedAt: now, ...failed });
    const runs = async (name: string, viewer = testAdmin()) =>
      JSON.parse(
        JSON.stringify(
          (
            await world.get(
              'query ($name: String!) { telemetryRuns(schedule: $name, first: 11) { startedAt tookMs outcome error } }',
              viewer,
              { name },
            )
          ).telemetryRuns,
        ),
      );
    const seen = await runs(own.name);
    expect(seen).toHaveLength(11);
    expect(seen[0]).toEqual({ startedAt: '2026-11-20T11:59:30.000Z', tookMs: 129, outcome: 'DONE', error: null });
    expect(seen[9]).toMatchObject({ outcome: 'FAILED', error: 'of somebody else' });
    const viewer = testViewer({ companyIds: ['0199aaaa-0000-7000-8000-000000000001'], siteIds: [] });
    expect((await runs(own.name, viewer))[9]).toMatchObject({ outcome: 'FAILED', error: null });
    expect(await runs(foreign.name)).toEqual([]);
    // The newest fifty, and the failures before them.
    expect(await db.client.jobRun.count({ where: { name: own.name } })).toBe(50 + 8);
  });

  it('is not for who may not read telemetry', async () => {
    expect(await world.refused(query, anonymousViewer)).toBe('UNAUTHENTICATED');
  });
});

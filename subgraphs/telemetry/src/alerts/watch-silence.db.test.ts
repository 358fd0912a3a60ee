import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../intake/message-store.ts';
import { addPoint, bodyOf, type TestPoint, type TestPointOptions } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';
import { watchSilence } from './watch-silence.ts';

const db = await testDatabase();
const clock = fixedClock(new Date('2026-11-20T12:00:00Z'));
const world = await telemetryWorld(db, { clock });
const store = createMessageStore(world.deps, 'cauce');

const send = (point: TestPoint, at: Date) =>
  store([{ topic: `cauce/${point.code}/up`, payload: Buffer.from(bodyOf(at, { level: 3 })) }]);
const minutesAgo = (minutes: number) => new Date(clock.now().getTime() - minutes * 60_000);
const watch = () => watchSilence(db.client, clock.now());

async function rows<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  return (await db.pool.query<Row>(sql, [...values])).rows;
}
const alertsOf = (point: TestPoint) =>
  rows<{ status: string; evidence: object }>(
    'SELECT status::text, evidence FROM telemetry.alerts WHERE point_id = $1 ORDER BY opened_at, status',
    [point.id],
  );
const statusOf = async (point: TestPoint) =>
  (await rows<{ status: string }>('SELECT status::text FROM telemetry.catchment_points WHERE id = $1', [point.id]))[0]
    ?.status;
const eventsOf = async (point: TestPoint) =>
  (
    await rows<{ topic: string }>(
      `SELECT topic FROM platform.outbox WHERE key = $1 AND topic <> 'telemetry.measurementAdded' ORDER BY id`,
      [point.id],
    )
  ).map(({ topic }) => topic);

async function pointSeen(minutes: number, options: TestPointOptions = {}): Promise<TestPoint> {
  const point = await addPoint(db, { samplingMinutes: 5, ...options });
  await send(point, minutesAgo(minutes));
  return point;
}

describe('watchSilence', () => {
  it('raises one alert per episode, however often and however many times at once it looks', async () => {
    const point = await pointSeen(16);
    await Promise.all([watch(), watch(), watch()]);
    await watch();
    expect(await alertsOf(point)).toEqual([
      {
        status: 'OPEN',
        evidence: { lastMeasuredAt: '2026-11-20T11:44:00+00:00', samplingMinutes: 5, intervals: 3, allowedMinutes: 15 },
      },
    ]);
    expect(await statusOf(point)).toBe('OFFLINE');
    expect(await eventsOf(point)).toEqual(['telemetry.pointStatusChanged', 'telemetry.alertRaised']);
  });

  it('says nothing up to three sampling intervals, and each point has its own', async () => {
    const soon = await pointSeen(15);
    const hourly = await pointSeen(179, { samplingMinutes: 60 });
    await watch();
    expect([await alertsOf(soon), await alertsOf(hourly)]).toEqual([[], []]);
    clock.advance(2 * 60_000);
    await watch();
    expect([await alertsOf(soon), await alertsOf(hourly)]).toMatchObject([[{ status: 'OPEN' }], [{ status: 'OPEN' }]]);
  });

  it('resolves by itself when the device speaks again, and a later silence is another episode', async () => {
    const point = await pointSeen(60);
    await watch();
    await send(point, minutesAgo(0));
    await watch();
    expect(await alertsOf(point)).toMatchObject([{ status: 'RESOLVED' }]);
    expect(await statusOf(point)).toBe('ACTIVE');
    expect(await eventsOf(point)).toEqual([
      'telemetry.pointStatusChanged',
      'telemetry.alertRaised',
      'telemetry.pointStatusChanged',
      'telemetry.alertChanged',
    ]);
    clock.advance(20 * 60_000);
    await watch();
    expect((await alertsOf(point)).map(({ status }) => status)).toEqual(['RESOLVED', 'OPEN']);
  });

  it('does not end an episode because of a late reading from long ago', async () => {
    const point = await pointSeen(60);
    await watch();
    await send(point, minutesAgo(50));
    await watch();
    expect(await alertsOf(point)).toMatchObject([{ status: 'OPEN' }]);
  });

  it('leaves points under maintenance alone, and points that have never spoken', async () => {
    const point = await pointSeen(60);
    await db.pool.query(`UPDATE telemetry.catchment_points SET status = 'MAINTENANCE' WHERE id = $1`, [point.id]);
    const mute = await addPoint(db);
    await watch();
    expect([await alertsOf(point), await alertsOf(mute), await statusOf(point)]).toEqual([[], [], 'MAINTENANCE']);
  });

  it('obeys the company that switched the rule off, and a rule of the point before that of the company', async () => {
    const point = await pointSeen(60);
    await db.pool.query(
      `INSERT INTO telemetry.rules (company_id, kind, name, is_active) VALUES ($1, 'SILENCE', 'Silencio', false)`,
      [point.companyId],
    );
    await watch();
    expect(await alertsOf(point)).toEqual([]);
    await db.pool.query(
      `INSERT INTO telemetry.rules (company_id, point_id, kind, name, severity, parameters)
       VALUES ($1, $2, 'SILENCE', 'Silencio', 'CRITICAL', '{"intervals": 2}')`,
      [point.companyId, point.id],
    );
    await watch();
    expect(await alertsOf(point)).toMatchObject([{ evidence: { intervals: 2 } }]);
  });
});

describe('a rule of silence', () => {
  const switchOff = (point: TestPoint) =>
    db.pool.query(`UPDATE telemetry.rules SET is_active = false WHERE company_id = $1 AND kind = 'SILENCE'`, [
      point.companyId,
    ]);

  it('that is switched off leaves no alert open, and no point offline', async () => {
    const point = await pointSeen(60);
    await watch();
    await switchOff(point);
    await watch();
    expect(await alertsOf(point)).toMatchObject([{ status: 'RESOLVED' }]);
    expect(await statusOf(point)).toBe('ACTIVE');
    await watch();
    expect(await alertsOf(point)).toHaveLength(1);
  });

  it('of the point takes the alert over from the company’s: one is open at a time, and the point stays offline', async () => {
    const point = await pointSeen(60);
    await watch();
    await db.pool.query(
      `INSERT INTO telemetry.rules (company_id, point_id, kind, name) VALUES ($1, $2, 'SILENCE', 'Silencio')`,
      [point.companyId, point.id],
    );
    await watch();
    await watch();
    expect((await alertsOf(point)).map(({ status }) => status).toSorted()).toEqual(['OPEN', 'RESOLVED']);
    expect(await statusOf(point)).toBe('OFFLINE');
  });
});

describe('acknowledgeAlert', () => {
  const acknowledge = `mutation ($id: ID!, $note: String) {
    acknowledgeAlert(input: { alertId: $id, note: $note }) {
      __typename ... on Alert { status acknowledgement acknowledgedBy { id } } ... on Conflict { reason }
    }
  }`;

  it('keeps who saw it and what they said, once; the second one is told that somebody was first', async () => {
    const point = await pointSeen(60);
    await watch();
    const [alert] = await rows<{ id: string }>('SELECT id FROM telemetry.alerts WHERE point_id = $1', [point.id]);
    const admin = testAdmin();
    const variables = { id: alert?.id, note: ' Va una cuadrilla ' };
    expect(await world.get(acknowledge, admin, variables)).toEqual({
      acknowledgeAlert: {
        __typename: 'Alert',
        status: 'ACKNOWLEDGED',
        acknowledgement: 'Va una cuadrilla',
        acknowledgedBy: { id: admin.userId },
      },
    });
    expect(await world.get(acknowledge, admin, variables)).toEqual({
      acknowledgeAlert: { __typename: 'Conflict', reason: 'NOT_OPEN' },
    });
    expect(
      await rows(
        `SELECT outcome FROM access.audit_log WHERE action = 'telemetry.acknowledgeAlert' AND entity_id = $1`,
        [alert?.id],
      ),
    ).toHaveLength(1);
    // Seen is not over: it still resolves by itself.
    await send(point, minutesAgo(0));
    await watch();
    expect(await alertsOf(point)).toMatchObject([{ status: 'RESOLVED' }]);
  });
});

describe('the job', () => {
  it('runs every minute under its name', async () => {
    const { createTelemetrySubgraph } = await import('../subgraph.ts');
    const job = createTelemetrySubgraph(world.deps).jobs.find(({ name }) => name === 'telemetry.watch-silence');
    expect(job?.cron).toEqual({ expression: '* * * * *', timeZone: 'UTC' });
  });
});

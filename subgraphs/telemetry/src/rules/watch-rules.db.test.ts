import { randomUUID } from 'node:crypto';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMessageStore } from '../intake/message-store.ts';
import { refreshRollups } from '../rollups/refresh-rollups.ts';
import { addPoint, bodyOf, type TestPoint, type TestPointOptions } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';
import { watchRules } from './watch-rules.ts';

const db = await testDatabase();
let now = new Date('2026-11-20T12:00:00Z');
const world = await telemetryWorld(db, { clock: { now: () => now } });
const store = createMessageStore(world.deps, 'cauce');
const watch = () => watchRules(db.client, now);
const minuteMs = 60_000;
const back = (minutes: number) => new Date(now.getTime() - minutes * minuteMs);

type Values = Readonly<Record<string, number>>;
const send = (point: TestPoint, at: Date, values: Values) =>
  store([{ topic: `cauce/${point.code}/up`, payload: Buffer.from(bodyOf(at, values)) }]);
/** A reading every ten minutes of the last hours, oldest first. */
async function history(point: TestPoint, hours: number, valuesAt: (minute: number) => Values): Promise<void> {
  for (let minute = hours * 60; minute >= 0; minute -= 10)
    await send(point, back(minute), valuesAt(hours * 60 - minute));
  await refreshRollups(db.client);
}
const makePoint = (options: TestPointOptions = {}) => addPoint(db, { samplingMinutes: 10, ...options });

async function alertsOf(point: TestPoint) {
  const { rows } = await db.pool.query<{
    kind: string;
    variable: string;
    status: string;
    occurrences: number;
    evidence: object;
  }>(
    `SELECT r.kind::text, a.variable::text, a.status::text, a.occurrences, a.evidence FROM telemetry.alerts a
     JOIN telemetry.rules r ON r.id = a.rule_id WHERE a.point_id = $1 ORDER BY a.opened_at, a.id`,
    [point.id],
  );
  return rows;
}
const kindsOf = async (point: TestPoint) => (await alertsOf(point)).map(({ kind, status }) => `${kind} ${status}`);
const viewerOf = ({ companyId, siteId }: TestPoint) => testViewer({ companyIds: [companyId], siteIds: [siteId] });
const save = `mutation ($input: SaveRuleInput!) { saveRule(input: $input) { __typename ... on Rule { id version isActive parameters }
  ... on Failure { reason } ... on ValidationFailed { fields { path } } } }`;
const saved = async (point: TestPoint, input: Record<string, unknown>, viewer = viewerOf(point)) =>
  JSON.parse(JSON.stringify((await world.get(save, viewer, { input: { name: 'Regla', ...input } })).saveRule));

beforeEach(() => {
  now = new Date('2026-11-20T12:00:00Z');
});

describe('a rule', () => {
  it('opens one alert an episode with fresh evidence, however often and however many look, and resolves it', async () => {
    const point = await makePoint({ flowMax: 40 });
    await send(point, back(2), { flow: 55 });
    await Promise.all([watch(), watch(), watch()]);
    expect(await alertsOf(point)).toMatchObject([
      {
        kind: 'RANGE',
        variable: 'FLOW',
        status: 'OPEN',
        occurrences: 1,
        evidence: { value: 55, unit: 'l/s', min: 0, max: 40 },
      },
    ]);
    await watch();
    expect((await alertsOf(point))[0]?.occurrences).toBe(1);
    await send(point, back(1), { flow: 61 });
    await watch();
    expect((await alertsOf(point))[0]).toMatchObject({ occurrences: 2, evidence: { value: 61 } });
    now = new Date(now.getTime() + 20 * minuteMs);
    await send(point, now, { flow: 30 });
    expect(await watch()).toMatchObject({ resolved: 1 });
    expect(await kindsOf(point)).toEqual(['RANGE RESOLVED']);
    const { rows } = await db.pool.query(
      `SELECT topic FROM platform.outbox WHERE key = $1 AND topic LIKE 'telemetry.alert%' ORDER BY id`,
      [point.id],
    );
    expect(rows.map(({ topic }) => topic)).toEqual(['telemetry.alertRaised', 'telemetry.alertChanged']);
  });
  it('of a point goes before the company’s, and switched off there it is off there only', async () => {
    const [strict, free, plain] = [await makePoint(), await makePoint(), await makePoint()];
    for (const point of [strict, free, plain]) await send(point, back(1), { level: 80 });
    await saved(strict, { kind: 'RANGE', pointId: strict.id, parameters: { max: 50 } });
    await saved(free, { kind: 'RANGE', pointId: free.id, parameters: { max: 50 }, isActive: false });
    await watch();
    expect(await kindsOf(strict)).toEqual(['RANGE OPEN']);
    expect(await kindsOf(free)).toEqual([]);
    expect(await kindsOf(plain)).toEqual([]);
  });
  it('that is switched off, or gives way to one of the point, leaves no alert open; a point in maintenance keeps what it had', async () => {
    const [point, resting] = [await makePoint({ flowMax: 40 }), await makePoint({ flowMax: 40 })];
    for (const one of [point, resting]) await send(one, back(1), { flow: 50 });
    await watch();
    await db.client.catchmentPoint.update({ where: { id: resting.id }, data: { status: 'MAINTENANCE' } });
    await saved(point, { kind: 'RANGE', pointId: point.id, parameters: { max: 90 } });
    now = new Date(now.getTime() + 60 * minuteMs);
    await watch();
    expect(await kindsOf(point)).toEqual(['RANGE RESOLVED']);
    expect(await kindsOf(resting)).toEqual(['RANGE OPEN']);
  });
});

describe('a rule that cannot be judged', () => {
  it('keeps no other rule, and no other company, from being watched', async () => {
    const [odd, well] = [await makePoint(), await makePoint()];
    await db.client.rule.create({
      data: {
        ...{ companyId: odd.companyId, pointId: odd.id, kind: 'FLOW_TOTAL_CONSISTENCY', name: 'Regla' },
        parameters: { tolerancePct: 1e308, hours: 3 },
      },
    });
    await history(odd, 5, (minute) => ({ flow: 90_000, pulses: minute * 1_000_000 }));
    await db.client.catchmentPoint.update({ where: { id: well.id }, data: { waterRightFlowLps: 5 } });
    await history(well, 3, () => ({ flow: 60 }));
    await expect(watch()).rejects.toThrow('Some kinds of rules');
    expect(await kindsOf(well)).toContain('WATER_RIGHT_FLOW OPEN');
    await db.client.rule.deleteMany({ where: { pointId: odd.id } });
  });
  it('is not saved: what it is multiplied with stays within what a number holds', async () => {
    const point = await makePoint();
    const parameters = { tolerancePct: 1e308 };
    expect(await saved(point, { kind: 'FLOW_TOTAL_CONSISTENCY', pointId: point.id, parameters })).toMatchObject({
      fields: [{ path: 'parameters.tolerancePct' }],
    });
  });
});

describe('each kind', () => {
  it('RATE_OF_CHANGE: sees the steepest step, and none in a slow change', async () => {
    const [steep, slow] = [await makePoint(), await makePoint()];
    for (const point of [steep, slow])
      await saved(point, { kind: 'RATE_OF_CHANGE', pointId: point.id, variable: 'LEVEL', parameters: { perHour: 12 } });
    await history(steep, 1, (minute) => ({ level: minute < 30 ? 10 : 15 }));
    await history(slow, 1, (minute) => ({ level: 10 + minute / 10 }));
    await watch();
    expect(await alertsOf(steep)).toMatchObject([
      { kind: 'RATE_OF_CHANGE', evidence: { previous: 10, value: 15, perHour: 30, limitPerHour: 12 } },
    ]);
    expect(await kindsOf(slow)).toEqual([]);
  });
  it('COUNTER_RESET: tells of a counter that began anew, not of one that goes on', async () => {
    const [reset, well] = [await makePoint(), await makePoint()];
    await history(reset, 2, (minute) => ({ pulses: minute < 60 ? 5_000 + minute : minute - 60 }));
    await history(well, 2, (minute) => ({ pulses: 5_000 + minute }));
    await watch();
    expect((await alertsOf(reset)).map(({ kind, variable }) => [kind, variable])).toEqual([['COUNTER_RESET', 'TOTAL']]);
    expect(await kindsOf(well)).toEqual([]);
  });
  it('STUCK_VALUE: tells of a level that never moves, and leaves alone one that does and a pump that is off', async () => {
    const [stuck, moving] = [await makePoint(), await makePoint()];
    await history(stuck, 25, () => ({ level: 31.25, flow: 0 }));
    await history(moving, 25, (minute) => ({ level: 31.25 + (minute % 60) / 100, flow: 0 }));
    await watch();
    expect(await alertsOf(stuck)).toMatchObject([
      { kind: 'STUCK_VALUE', variable: 'LEVEL', evidence: { value: 31.25 } },
    ]);
    expect(await kindsOf(moving)).toEqual([]);
  });
  it('FLOW_TOTAL_CONSISTENCY: tells when the counter stands while water flows, and not when they agree', async () => {
    const [standing, agreeing] = [await makePoint(), await makePoint()];
    // 10 L/s for ten minutes are 6 m3, 60 pulses of 100 litres.
    await history(standing, 5, () => ({ flow: 10, pulses: 9_000 }));
    await history(agreeing, 5, (minute) => ({ flow: 10, pulses: 9_000 + minute * 6 }));
    await watch();
    expect(await alertsOf(standing)).toMatchObject([
      {
        kind: 'FLOW_TOTAL_CONSISTENCY',
        evidence: { flowVolumeM3: 108, totalVolumeM3: 0, differencePct: 100, hours: 3 },
      },
    ]);
    expect(await kindsOf(agreeing)).toEqual([]);
  });
  it('LEVEL_TOTAL_CONSISTENCY: tells when the level moves and no water passed the meter', async () => {
    const [leaking, pumping] = [await makePoint(), await makePoint()];
    await history(leaking, 7, (minute) => ({ level: 30 + minute / 50, pulses: 9_000 }));
    await history(pumping, 7, (minute) => ({ level: 30 + minute / 50, pulses: 9_000 + minute }));
    await watch();
    expect((await alertsOf(leaking)).map(({ kind }) => kind)).toEqual(['LEVEL_TOTAL_CONSISTENCY']);
    expect(await kindsOf(pumping)).toEqual([]);
  });
  it('WATER_RIGHT_FLOW and WATER_RIGHT_VOLUME: tell of more than was granted, and of a year that will take more', async () => {
    const point = await makePoint({ flowMax: 1_000 });
    await db.client.catchmentPoint.update({
      where: { id: point.id },
      data: { waterRightFlowLps: 20, waterRightYearlyM3: 100_000 },
    });
    await history(point, 2, (minute) => ({ flow: 25, pulses: 9_000 + minute * 15 }));
    const days = Array.from(
      { length: 60 },
      (_, index) => new Date(Date.parse('2026-11-20T03:00:00Z') - (index + 1) * 24 * 60 * minuteMs),
    );
    await db.client.measurementRollup.createMany({
      data: days.map((bucketStart) => ({
        ...{ pointId: point.id, variable: 'TOTAL' as const, grain: 'DAY' as const, bucketStart, delta: 1_500 },
        ...{ count: 1, goodCount: 1, min: 0, max: 0, sum: 0, first: 0, last: 0 },
      })),
    });
    await watch();
    const alerts = await alertsOf(point);
    expect(alerts.map(({ kind }) => kind).toSorted()).toEqual(['WATER_RIGHT_FLOW', 'WATER_RIGHT_VOLUME']);
    expect(alerts.find(({ kind }) => kind === 'WATER_RIGHT_FLOW')?.evidence).toMatchObject({ value: 25, granted: 20 });
    expect(alerts.find(({ kind }) => kind === 'WATER_RIGHT_VOLUME')?.evidence).toMatchObject({
      grantedM3: 100_000,
      daysToBreach: 6,
    });
  });
});

describe('saveRule', () => {
  it('refuses parameters that the kind does not know, and keeps what each change was', async () => {
    const point = await makePoint();
    expect(await saved(point, { kind: 'RANGE', pointId: point.id, parameters: { min: 5, max: 2 } })).toMatchObject({
      __typename: 'ValidationFailed',
    });
    expect((await saved(point, { kind: 'STUCK_VALUE', pointId: point.id, parameters: { days: 2 } })).fields).toEqual([
      { path: 'parameters' },
    ]);
    expect((await saved(point, { kind: 'WATER_RIGHT_FLOW', pointId: point.id, variable: 'LEVEL' })).fields).toEqual([
      { path: 'variable' },
    ]);
    const made = await saved(point, {
      kind: 'STUCK_VALUE',
      pointId: point.id,
      variable: 'LEVEL',
      parameters: { hours: 12 },
    });
    expect(made).toMatchObject({ version: 1, parameters: { hours: 12 } });
    const changed = await saved(point, {
      id: made.id,
      kind: 'STUCK_VALUE',
      pointId: point.id,
      variable: 'LEVEL',
      isActive: false,
    });
    expect(changed).toMatchObject({ version: 2, isActive: false, parameters: { hours: 24 } });
    expect(await saved(point, { id: made.id, kind: 'RANGE' })).toMatchObject({ reason: 'OTHER_KIND' });
  });
  it('is for who reaches the point: others neither see nor change what is watched', async () => {
    const point = await makePoint();
    const made = await saved(point, { kind: 'RANGE', pointId: point.id });
    const outsider = testOutsider();
    expect(await saved(point, { id: made.id, kind: 'RANGE', pointId: point.id }, outsider)).toMatchObject({
      reason: 'NOT_FOUND',
    });
    expect(await saved(point, { kind: 'RANGE', pointId: point.id }, outsider)).toMatchObject({ reason: 'NOT_FOUND' });
    expect(await saved(point, { kind: 'RANGE', companyId: point.companyId }, outsider)).toMatchObject({
      reason: 'NOT_FOUND',
    });
    expect(await world.get('{ rules { id } }', outsider)).toEqual({ rules: [] });
    expect(await saved(point, { kind: 'RANGE', pointId: randomUUID() })).toMatchObject({ reason: 'NOT_FOUND' });
  });
  it('explains an alert in the reader’s language', async () => {
    const point = await makePoint({ flowMax: 40 });
    await send(point, back(2), { flow: 55.5 });
    await watch();
    const query = `{ alerts(filter: { pointIds: ["${point.id}"] }) { edges { node {
      title es: explanation en: explanation(language: en) rule { isUsual parameters } } } } }`;
    const { alerts } = JSON.parse(JSON.stringify(await world.get(query, viewerOf(point))));
    expect(alerts.edges[0].node).toEqual({
      title: 'valor fuera de rango',
      es: 'Midió 55,5 L/s el 20 nov, 08:58; lo permitido va desde 0 hasta 40 L/s',
      en: 'Measured 55.5 L/s on 20 Nov, 08:58; allowed is from 0 up to 40 L/s',
      rule: { isUsual: true, parameters: {} },
    });
  });
});

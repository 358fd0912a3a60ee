import { testDatabase } from '@cauce/shared/test/test-database';
import { testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { createComputeThread } from '@cauce/shared/threads/compute-thread';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { watchRules } from '../rules/watch-rules.ts';
import { addPoint, type TestPoint } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';
import { analyse } from './analyse-series.ts';
import { createAnalysisThread, forecastSeriesJob } from './analysis.jobs.ts';
import { addHours } from './test-support/add-hours.ts';
import { madeSeries } from './test-support/made-series.ts';

const db = await testDatabase();
let now = new Date('2026-11-20T12:10:00Z');
const world = await telemetryWorld(db, { clock: { now: () => now } });
const thread = createAnalysisThread();
afterAll(() => thread.end());
const deps = { client: db.client, thread };
const hour = new Date('2026-11-20T12:00:00Z');
const weeks = (count: number) => 24 * 7 * count;
const find = (point: TestPoint) => analyse(deps, 'anomalies', { now, pointIds: [point.id] });
const foresee = (point: TestPoint) => analyse(deps, 'outlook', { now, pointIds: [point.id] });
const viewerOf = ({ companyId, siteId }: TestPoint) => testViewer({ companyIds: [companyId], siteIds: [siteId] });
const alertsOf = async ({ id }: TestPoint) =>
  (
    await db.pool.query<{ status: string; evidence: object }>(
      `SELECT a.status::text, a.evidence FROM telemetry.alerts a JOIN telemetry.rules r ON r.id = a.rule_id
       WHERE a.point_id = $1 AND r.kind = 'SEASONAL_ANOMALY' ORDER BY a.opened_at`,
      [id],
    )
  ).rows;

const everything = `query ($id: ID!) { catchmentPoint(id: $id) {
  trend(variable: FLOW) { state unit direction perMonth lowPerMonth highPerMonth percentPerMonth pValue isSeasonRemoved measuredDays spanDays }
  anomalies(variable: FLOW) { state upTo items { kind from to observed expected unit score isOngoing explanation(language: en) } }
  forecast(variable: FLOW, horizon: HOURS_72) { state unit method points { at expected low high } origins meanError naiveError mase coverage }
  daily: forecast(variable: TOTAL) { state unit points { at } }
  waterRightOutlook { usedM3 grantedM3 from m3PerDay projectedM3 lowM3 highM3 usedUpOn earliest latest } } }`;
const ask = async (point: TestPoint, viewer = viewerOf(point)) =>
  JSON.parse(JSON.stringify((await world.get(everything, viewer, { id: point.id })).catchmentPoint));

beforeEach(() => {
  now = new Date('2026-11-20T12:10:00Z');
});

describe('the analysis of a series', () => {
  it('is made once of a history, again when an hour comes or is corrected, and says so with one alert an episode', async () => {
    const point = await addPoint(db);
    const values = madeSeries({ seed: 1, length: weeks(8) });
    for (let place = values.length - 4; place < values.length; place += 1) values[place] = (values[place] ?? 0) + 6;
    await addHours(db, point, 'FLOW', { values, until: hour });
    expect(await find(point)).toEqual({ made: 1, failed: 0 });
    expect(await find(point)).toEqual({ made: 0, failed: 0 });
    await Promise.all([watchRules(db.client, now), watchRules(db.client, now)]);
    expect(await alertsOf(point)).toMatchObject([
      { status: 'OPEN', evidence: { anomaly: 'SHIFT', hours: 4, unit: 'l/s' } },
    ]);
    expect(await ask(point)).toMatchObject({
      anomalies: {
        ...{ state: 'READY', upTo: hour.toISOString() },
        items: [
          { kind: 'SHIFT', isOngoing: true, explanation: expect.stringMatching(/for 4 h, the flow has been at/) },
        ],
      },
    });
    // The episode goes on: the same alert with another evidence.
    now = new Date(now.getTime() + 3_600_000);
    await addHours(db, point, 'FLOW', {
      values: new Float64Array([values.at(-1) ?? 0]),
      until: new Date(hour.getTime() + 3_600_000),
    });
    await find(point);
    await watchRules(db.client, now);
    expect(await alertsOf(point)).toMatchObject([{ status: 'OPEN', evidence: { hours: 5 } }]);
    // Late readings tell that nothing was wrong.
    await addHours(db, point, 'FLOW', {
      values: madeSeries({ seed: 1, length: weeks(8) + 1 }),
      until: new Date(hour.getTime() + 3_600_000),
    });
    expect(await find(point)).toEqual({ made: 1, failed: 0 });
    await watchRules(db.client, now);
    expect(await alertsOf(point)).toMatchObject([{ status: 'RESOLVED' }]);
  });

  it('learns from what was accepted alone: gaps, what a counter moved over one or in a reset, and suspect values are no anomalies', async () => {
    const point = await addPoint(db);
    const flow = madeSeries({ seed: 2, length: weeks(8) });
    flow.fill(900, 1_300, 1_306);
    await addHours(db, point, 'FLOW', {
      values: flow,
      until: hour,
      isGood: (place) => place < 1_300 || place >= 1_306,
    });
    const moved = madeSeries({ seed: 13, length: weeks(8) });
    moved.fill(Number.NaN, 1_200, 1_220);
    // The reading after the gap brings what flowed in all of it.
    moved[1_220] = 21 * 20;
    // A counter that began anew, told by a flag.
    moved[1_250] = 0;
    await db.pool.query(
      `INSERT INTO telemetry.measurements (point_id, variable, measured_at, value, delta, quality, flags, source_id)
       VALUES ($1, 'TOTAL', $2, 0, 0, 'GOOD', '{COUNTER_RESET}', $3)`,
      [point.id, new Date(hour.getTime() - (weeks(8) - 1_251) * 3_600_000), point.sourceId],
    );
    await addHours(db, point, 'TOTAL', { values: moved, until: hour });
    expect(await find(point)).toEqual({ made: 2, failed: 0 });
    const { rows } = await db.pool.query(
      'SELECT anomalies_state::text AS state, anomalies FROM telemetry.series_analyses WHERE point_id = $1',
      [point.id],
    );
    expect(rows).toEqual([
      { state: 'READY', anomalies: [] },
      { state: 'READY', anomalies: [] },
    ]);
  });

  it('answers trend, forecast with its band, and the day on which the water right is used up', async () => {
    const point = await addPoint(db);
    await db.pool.query('UPDATE telemetry.catchment_points SET water_right_yearly_m3 = 60000 WHERE id = $1', [
      point.id,
    ]);
    const length = weeks(18);
    await addHours(db, point, 'FLOW', { values: madeSeries({ seed: 4, length, slope: 1 / 720 }), until: hour });
    await addHours(db, point, 'TOTAL', { values: madeSeries({ seed: 5, length }), until: hour });
    expect(await foresee(point)).toEqual({ made: 2, failed: 0 });
    const { trend, forecast, daily, waterRightOutlook: right } = await ask(point);
    expect(trend).toMatchObject({ state: 'READY', unit: 'l/s', direction: 'RISING', isSeasonRemoved: false });
    expect(trend.lowPerMonth).toBeLessThan(730.5 / 720);
    expect(trend.highPerMonth).toBeGreaterThan(730.5 / 720);
    expect(forecast).toMatchObject({ state: 'READY', unit: 'l/s', method: 'SEASONAL_TREND', origins: 8 });
    expect(forecast.points).toHaveLength(72);
    expect(forecast.points[0].at).toBe(hour.toISOString());
    expect(Math.abs(forecast.coverage - 0.8)).toBeLessThan(0.1);
    expect(forecast.meanError).toBeLessThan(forecast.naiveError);
    expect(daily).toMatchObject({ state: 'READY', unit: 'm3/d' });
    expect([daily.points.length, daily.points[0].at]).toEqual([30, '2026-11-20T03:00:00.000Z']);
    // 126 days of 480 m3 are about 60,240 by now: what is left of the year's right is nothing.
    expect(right).toMatchObject({ grantedM3: 60_000, from: '2026-11-20', usedUpOn: '2026-11-20' });
    await db.pool.query('UPDATE telemetry.catchment_points SET water_right_yearly_m3 = 65000 WHERE id = $1', [
      point.id,
    ]);
    // The right is part of what it is made of; the flow is as it was.
    expect((await foresee(point)).made).toBeGreaterThan(0);
    const { waterRightOutlook: later } = await ask(point);
    const days = (65_000 - later.usedM3) / later.m3PerDay;
    expect(Date.parse(later.usedUpOn)).toBe(Date.parse('2026-11-20') + Math.floor(days) * 86_400_000);
    expect(later.earliest <= later.usedUpOn && later.usedUpOn <= later.latest).toBe(true);
    // The rule of the budget tells it beside its own reckoning.
    await watchRules(db.client, now);
    const { rows: alerts } = await db.pool.query<{ evidence: object }>(
      `SELECT a.evidence FROM telemetry.alerts a JOIN telemetry.rules r ON r.id = a.rule_id
       WHERE a.point_id = $1 AND r.kind = 'WATER_RIGHT_VOLUME'`,
      [point.id],
    );
    expect(alerts).toMatchObject([{ evidence: { usedUpOn: later.usedUpOn, earliest: later.earliest } }]);
    const told = await world.get(
      'query ($ids: [ID!]!) { alerts(filter: { pointIds: $ids, kinds: [WATER_RIGHT_VOLUME] }) { edges { node { explanation(language: en) } } } }',
      viewerOf(point),
      { ids: [point.id] },
    );
    expect(JSON.stringify(told)).toMatch(/by the forecast they are used up on \d+ \w+ \(between/);
    expect(later.lowM3 < later.projectedM3 && later.projectedM3 < later.highM3).toBe(true);
  });

  it('says what is missing: not made yet, too short, failed; and shows nothing to who does not reach the point', async () => {
    const point = await addPoint(db);
    await addHours(db, point, 'FLOW', { values: madeSeries({ seed: 6, length: 48 }), until: hour });
    const states = async () => {
      const { trend, anomalies, forecast } = await ask(point);
      return [trend.state, anomalies.state, forecast.state];
    };
    expect(await states()).toEqual(['WAITING', 'WAITING', 'WAITING']);
    const analyseAtOnce = 'mutation ($id: ID!) { analyseCatchmentPoint(id: $id) { __typename } }';
    const foreign = await world.get(analyseAtOnce, testOutsider(), { id: point.id });
    expect(foreign).toEqual({ analyseCatchmentPoint: { __typename: 'NotFound' } });
    expect(await world.get(analyseAtOnce, viewerOf(point), { id: point.id })).toEqual({
      analyseCatchmentPoint: { __typename: 'CatchmentPoint' },
    });
    expect(await states()).toEqual(['NOT_ENOUGH_HISTORY', 'NOT_ENOUGH_HISTORY', 'NOT_ENOUGH_HISTORY']);
    const { trend, waterRightOutlook } = await ask(point);
    expect([trend.perMonth, trend.pValue, waterRightOutlook]).toEqual([null, null, null]);
    expect(await ask(point, testOutsider())).toBeNull();
  });

  it('is kept as failed where the thread is stuck, and tried again when the history changes; the others are made', async () => {
    const point = await addPoint(db);
    const stuck = createComputeThread<never, never>({
      script: new URL('../../../shared/src/threads/test-support/odd-thread.ts', import.meta.url),
      ...{ milliseconds: 1, heapMegabytes: 32 },
    });
    await addHours(db, point, 'FLOW', { values: madeSeries({ seed: 7, length: weeks(4) }), until: hour });
    const options = { now, pointIds: [point.id] };
    expect(await analyse({ client: db.client, thread: stuck }, 'anomalies', options)).toEqual({ made: 1, failed: 1 });
    expect(await find(point)).toEqual({ made: 0, failed: 0 });
    expect((await ask(point)).anomalies).toMatchObject({ state: 'FAILED', items: [] });
    await addHours(db, point, 'FLOW', { values: madeSeries({ seed: 7, length: weeks(4) }), until: hour });
    expect(await find(point)).toEqual({ made: 1, failed: 0 });
    expect((await ask(point)).anomalies.state).toBe('READY');
  });

  it('goes with its point', async () => {
    const point = await addPoint(db);
    await addHours(db, point, 'FLOW', { values: madeSeries({ seed: 8, length: weeks(3) }), until: hour });
    await find(point);
    await db.pool.query('UPDATE telemetry.catchment_points SET deleted_at = now() WHERE id = $1', [point.id]);
    const { log, clock } = world.deps;
    await forecastSeriesJob({ ...world.deps, thread }).handle(
      {},
      {
        ...{
          jobId: 'x',
          attempt: 0,
          clock,
          log,
          signal: new AbortController().signal,
          reportProgress: () => undefined,
        },
      },
    );
    expect(await db.client.seriesAnalysis.count({ where: { pointId: point.id } })).toBe(0);
  });
});

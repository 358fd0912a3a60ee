import { createServer } from 'node:net';
import { fixedClock } from '@cauce/shared/clock';
import { askSubgraph } from '@cauce/shared/test/ask-subgraph';
import { eventually } from '@cauce/shared/test/eventually';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import { testViewer } from '@cauce/shared/test/viewers';
import { Aedes } from 'aedes';
import { afterAll, describe, expect, it } from 'vitest';
import { readTelemetryEnv } from '../env.ts';
import { createMessageStore } from '../intake/message-store.ts';
import { createTelemetrySubgraph } from '../subgraph.ts';
import { addPoint, type TestPoint } from '../test-support/points.ts';
import { createFaultyLine, type DeviceSaying, simulatorScenarios } from './faulty-line.ts';
import { playDevice } from './play-device.ts';
import { readSimulatedDevices } from './simulated-devices.store.ts';
import { createSimulator } from './simulator.ts';

const db = await testDatabase();
const { deps } = await testDeps(db);
const store = createMessageStore(deps, 'cauce');
const broker = await Aedes.createBroker();
const server = createServer(broker.handle);
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
const url = typeof address === 'string' || address === null ? '' : `mqtt://127.0.0.1:${address.port}`;
afterAll(async () => {
  await new Promise<void>((resolve) => broker.close(resolve));
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

const start = Date.parse('2026-11-20T00:00:00Z');

/** A day of a device, five minutes apart. */
async function aDay(point: TestPoint): Promise<readonly DeviceSaying[]> {
  const device = (await readSimulatedDevices(db.pool)).find(({ pointId }) => pointId === point.id);
  if (device === undefined) throw new Error('The point has no device');
  const play = playDevice({ ...device, nominalLps: 40, countedAt: new Date(start) });
  return Array.from({ length: 288 }, (_, index) => play(new Date(start + index * 300_000)));
}

async function send(point: TestPoint, sayings: readonly DeviceSaying[]): Promise<void> {
  const messages = sayings.map((saying) => ({
    topic: `cauce/${point.code}/up`,
    payload: Buffer.from(JSON.stringify(saying)),
  }));
  for (let index = 0; index < messages.length; index += 50) await store(messages.slice(index, index + 50));
}

const storedOf = async (point: TestPoint) => {
  const { rows } = await db.pool.query<{ raw: string; volume: number }>(
    `SELECT (SELECT md5(string_agg(variable || measured_at || value, ',' ORDER BY variable, measured_at))
             FROM telemetry.raw_readings WHERE point_id = $1) AS raw,
            (SELECT round(sum(delta)::numeric, 3)::float8 FROM telemetry.measurements
             WHERE point_id = $1 AND variable = 'TOTAL') AS volume`,
    [point.id],
  );
  return rows[0];
};

describe('a simulated device', () => {
  it('leaves the same readings and the same volume when its line repeats, shuffles or delays them', async () => {
    const points = [await addPoint(db), await addPoint(db), await addPoint(db), await addPoint(db)];
    const [steady] = points;
    if (steady === undefined) throw new Error('No point');
    const truth = await aDay(steady);
    const counted = truth.map(({ values }) => values.pulses ?? 0);
    for (const [index, scenario] of (['STEADY', 'DUPLICATES', 'OUT_OF_ORDER', 'LATE_BURST'] as const).entries()) {
      const point = points[index] ?? steady;
      const line = createFaultyLine(scenario, 'test');
      await send(point, [...truth.flatMap((saying) => line.pass(saying)), ...line.rest()]);
      const stored = await storedOf(point);
      expect(stored).toEqual(await storedOf(steady));
      expect(stored?.volume).toBeCloseTo(((counted.at(-1) ?? 0) - (counted[0] ?? 0)) / 10, 3);
    }
  });

  it('with a bad clock has its absurd readings refused or held, and the others stored', async () => {
    const point = await addPoint(db);
    const line = createFaultyLine('BAD_CLOCK', 'test');
    const said = (await aDay(point)).flatMap((saying) => line.pass(saying));
    await send(point, said);
    const absurd = said.filter(({ ts }) => ts < '1990').length;
    const { rows } = await db.pool.query<{ letters: number; stored: number }>(
      `SELECT (SELECT count(*)::int FROM telemetry.dead_letters WHERE reason = 'IMPOSSIBLE_TIME' AND point_id = $1) AS letters,
              (SELECT count(*)::int FROM telemetry.raw_readings WHERE point_id = $1 AND variable = 'level'
                 AND measured_at BETWEEN '2026-11-20Z' AND '2026-11-21Z') AS stored`,
      [point.id],
    );
    expect(absurd).toBeGreaterThan(10);
    expect(rows[0]?.letters).toBe(absurd);
    expect(rows[0]?.stored).toBe(said.filter(({ ts }) => ts.startsWith('2026-11-20')).length);
  });
});

describe('createSimulator', () => {
  it('lets devices speak, behave in another way and be silent', async () => {
    const point = await addPoint(db);
    const heard: string[] = [];
    broker.on('publish', ({ topic }) => {
      if (topic === `cauce/${point.code}/up`) heard.push(topic);
    });
    const clock = fixedClock(new Date());
    const simulator = createSimulator({ url, topicRoot: 'cauce', pool: db.pool, clock, log: silentLog, seconds: 0.02 });
    expect(simulator.setScenario(point.id, 'DRIFT')).toBe(false);
    await simulator.start();
    await simulator.start();
    await eventually(() => heard.length > 3);
    expect(simulator.scenarios().get(point.id)).toBe('STEADY');
    for (const scenario of simulatorScenarios) expect(simulator.setScenario(point.id, scenario)).toBe(true);
    expect(simulator.scenarios().get(point.id)).toBe('BAD_CLOCK');
    await simulator.stop();
    expect(simulator.isRunning).toBe(false);
    const silent = heard.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard.length).toBe(silent);
    await simulator.start();
    expect(simulator.scenarios().get(point.id)).toBe('BAD_CLOCK');
    await eventually(() => heard.length > silent);
    await simulator.stop();
  });
});

describe('devices that are silent', () => {
  it('are played again when they fell silent with the others, or were played before; one silent for itself is not', async () => {
    const [near, far] = [await addPoint(db), await addPoint(db)];
    const newest = Date.now() + 86_400_000;
    const say = (point: TestPoint, agoMs: number) =>
      db.pool.query(
        `INSERT INTO telemetry.latest_measurements (point_id, variable, site_id, company_id, value, unit, measured_at, received_at)
         VALUES ($1, 'LEVEL', $2, $3, 1, 'm', $4, $4)`,
        [point.id, point.siteId, point.companyId, new Date(newest - agoMs)],
      );
    await say(near, 0);
    await say(far, 9 * 3_600_000);
    await db.pool.query(`UPDATE telemetry.catchment_points SET status = 'OFFLINE' WHERE id = ANY ($1)`, [
      [near.id, far.id],
    ]);
    const played = async (known: readonly string[]) => {
      const ids = (await readSimulatedDevices(db.pool, known)).map(({ pointId }) => pointId);
      return [near, far].map(({ id }) => ids.includes(id));
    };
    expect(await played([])).toEqual([true, false]);
    expect(await played([far.id])).toEqual([true, true]);
    await db.pool.query('DELETE FROM telemetry.latest_measurements WHERE point_id = ANY ($1)', [[near.id, far.id]]);
  });
});

describe('the controls', () => {
  const read = '{ simulator { isRunning devices { scenario point { code } } } }';
  const steer = (field: string) =>
    `mutation { ${field} { __typename ... on Simulator { isRunning devices { scenario point { code } } } ... on Failure { reason } } }`;
  const set = (pointId: string) => steer(`setSimulatorScenario(input: { pointId: "${pointId}", scenario: DRIFT })`);

  it('start, steer and stop the devices of the demo; who does not reach a point neither sees nor steers its device', async () => {
    const settings = { ...deps.settings, mqttUrl: url };
    const { get } = askSubgraph(createTelemetrySubgraph({ ...deps, settings }, readTelemetryEnv({})), db);
    const [own, other] = [await addPoint(db), await addPoint(db)];
    const viewer = testViewer({ companyIds: [own.companyId], siteIds: [own.siteId] });
    const device = (scenario: string) => [{ scenario, point: { code: own.code } }];
    expect(await get(steer('startSimulator'), viewer)).toEqual({
      startSimulator: { __typename: 'Simulator', isRunning: true, devices: device('STEADY') },
    });
    expect(await get(set(own.id), viewer)).toMatchObject({ setSimulatorScenario: { devices: device('DRIFT') } });
    expect(await get(set(other.id), viewer)).toMatchObject({ setSimulatorScenario: { __typename: 'NotFound' } });
    expect(await get(steer('stopSimulator'), viewer)).toMatchObject({ stopSimulator: { isRunning: false } });
    expect(await get(read, viewer)).toEqual({ simulator: { isRunning: false, devices: device('DRIFT') } });
    const { rows } = await db.pool.query(
      `SELECT company_id FROM access.audit_log WHERE action = 'telemetry.steerSimulator' ORDER BY at`,
    );
    expect(rows).toEqual([{ company_id: null }, { company_id: own.companyId }, { company_id: null }]);
  });

  it('are not there where nothing is simulated, and for nobody who may not write', async () => {
    const { get, refused } = askSubgraph(createTelemetrySubgraph(deps, readTelemetryEnv({})), db);
    const viewer = testViewer({ companyIds: 'all', siteIds: 'all' });
    expect(await get(read, viewer)).toEqual({ simulator: null });
    expect(await get(steer('startSimulator'), viewer)).toEqual({
      startSimulator: { __typename: 'Conflict', reason: 'NOT_IN_DEMO' },
    });
    const reader = { ...viewer, permissions: viewer.permissions.filter((held) => held !== 'telemetry:write') };
    for (const query of [steer('startSimulator'), steer('stopSimulator'), set('x')]) {
      expect(await refused(query, reader)).toBe('FORBIDDEN');
    }
  });
});

import { createServer } from 'node:net';
import { eventually } from '@cauce/shared/test/eventually';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { Aedes } from 'aedes';
import mqtt from 'mqtt';
import { afterAll, describe, expect, it } from 'vitest';
import { readTelemetryEnv } from '../env.ts';
import { createTelemetrySubgraph } from '../subgraph.ts';
import { addPoint, bodyOf } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';

const db = await testDatabase();
const world = await telemetryWorld(db);
world.startRelay();

const aedes = await Aedes.createBroker();
const server = createServer(aedes.handle);
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = server.address();
if (address === null || typeof address === 'string') throw new Error('No port');
const mqttUrl = `mqtt://127.0.0.1:${address.port}`;
afterAll(async () => {
  await new Promise<void>((resolve) => aedes.close(resolve));
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

function subgraphAt(mode: 'demo' | 'test', env: Readonly<Record<string, string>>) {
  const { deps } = world;
  const settings = { ...deps.settings, mode, mqttUrl };
  return createTelemetrySubgraph({ ...deps, log: silentLog, settings }, readTelemetryEnv(env));
}

describe('a running telemetry subgraph', () => {
  it('takes a reading from a device to a subscriber, with the point and the site that it belongs to', async () => {
    const point = await addPoint(db);
    const subgraph = subgraphAt('test', { TELEMETRY_MQTT_CLIENT_ID: 'live-a' });
    const stop = await subgraph.start?.();
    const viewer = testViewer({ companyIds: [point.companyId], siteIds: [point.siteId] });
    const live = await world.listen(
      `subscription ($ids: [ID!]) { measurementAdded(pointIds: $ids) {
        variable value unit measuredAt quality point { code latest { value } site { id } company { id } }
      } }`,
      viewer,
      { ids: [point.id] },
    );
    const { signal } = new AbortController();
    await eventually(async () => {
      const checks = (subgraph.health ?? []).map(({ check }) =>
        check(signal).then(
          () => true,
          () => false,
        ),
      );
      return (await Promise.all(checks)).every(Boolean);
    });
    const device = await mqtt.connectAsync(mqttUrl, { protocolVersion: 4 });
    const at = new Date();
    for (const [index, level] of [31.5, 32.5].entries()) {
      const body = bodyOf(new Date(at.getTime() + index), { level });
      await device.publishAsync(`cauce/${point.code}/up`, body, { qos: 1 });
      // What an earlier event has loaded is not shown again: `latest` is that of now.
      expect(await live.next()).toMatchObject({
        measurementAdded: {
          variable: 'LEVEL',
          value: level,
          unit: 'm',
          quality: 'GOOD',
          point: {
            code: point.code,
            latest: [{ value: level }],
            site: { id: point.siteId },
            company: { id: point.companyId },
          },
        },
      });
    }
    live.stop();
    await device.endAsync(true);
    await stop?.();
  });

  it('plays the demo’s devices over the broker, with counters that go on from where they stand', async () => {
    const point = await addPoint(db);
    await db.pool.query('UPDATE telemetry.catchment_points SET water_right_flow_lps = 50 WHERE id = $1', [point.id]);
    const subgraph = subgraphAt('demo', { TELEMETRY_MQTT_CLIENT_ID: 'live-b', TELEMETRY_SIMULATOR_SECONDS: '1' });
    await db.pool.query(
      `INSERT INTO telemetry.raw_readings (point_id, variable, measured_at, source_id, value) VALUES ($1, 'pulses', now() - interval '10 minutes', $2, 5000)`,
      [point.id, point.sourceId],
    );
    const stop = await subgraph.start?.();
    const counts = async () =>
      (
        await db.pool.query<{ value: number }>(
          `SELECT value FROM telemetry.raw_readings WHERE point_id = $1 AND variable = 'pulses' ORDER BY measured_at`,
          [point.id],
        )
      ).rows.map(({ value }) => value);
    await eventually(async () => (await counts()).length >= 3, { timeoutMs: 20_000, what: 'the device speaks' });
    await stop?.();
    const seen = await counts();
    expect(seen.every((value, index) => index === 0 || value >= (seen[index - 1] ?? 0))).toBe(true);
    const { rows } = await db.pool.query<{ variable: string }>(
      `SELECT variable::text FROM telemetry.latest_measurements WHERE point_id = $1 ORDER BY 1`,
      [point.id],
    );
    expect(rows.map(({ variable }) => variable)).toEqual(['FLOW', 'LEVEL', 'TOTAL']);
  });

  it('starts and stops without a broker', async () => {
    const { deps } = world;
    const stop = await createTelemetrySubgraph(deps, readTelemetryEnv({})).start?.();
    await stop?.();
    const away = createTelemetrySubgraph(
      { ...deps, settings: { ...deps.settings, mqttUrl: 'mqtt://127.0.0.1:1' } },
      readTelemetryEnv({ TELEMETRY_MQTT_CLIENT_ID: 'live-c' }),
    );
    const stopAway = await away.start?.();
    const [check] = away.health ?? [];
    await expect(check?.check(new AbortController().signal)).rejects.toThrow('not listened to');
    await stopAway?.();
  });
});

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { systemClock } from '@cauce/shared/clock';
import { eventually } from '@cauce/shared/test/eventually';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import mqtt from 'mqtt';
import { newClient } from 'sparkplug-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDevice } from '../test-support/device-providers.ts';
import { findMosquitto, type MosquittoBroker, startMosquitto } from '../test-support/mosquitto.ts';
import { addPoint, bodyOf, type TestPoint } from '../test-support/points.ts';
import { createMessageStore } from './message-store.ts';
import { startMqttIntake } from './mqtt-intake.ts';
import { runSparkplugHost } from './sparkplug/run-sparkplug-host.ts';

// Programs and libraries that were not written here, through a real Mosquitto into a real database.
describe.skipIf(findMosquitto() === null && process.env.CI !== 'true')('through Mosquitto', async () => {
  const db = await testDatabase();
  const { deps } = await testDeps(db);
  const ends: (() => unknown)[] = [];
  let broker: MosquittoBroker;

  const options = () => ({
    ...{ url: broker.url, store: createMessageStore(deps, 'cauce'), clock: systemClock, log: silentLog },
    ...{ metrics: deps.metrics, batchSize: 100, lingerMs: 5 },
  });

  beforeAll(async () => {
    broker = await startMosquitto();
    ends.push(() => broker.stop());
    for (const clientId of ['worker-1', 'worker-2']) {
      const intake = startMqttIntake({ ...options(), clientId, topicRoot: 'cauce', sharedGroup: 'workers', lanes: 2 });
      ends.push(intake.stop);
      const { signal } = new AbortController();
      await eventually(() =>
        intake.health.check(signal).then(
          () => true,
          () => false,
        ),
      );
    }
    ends.push(runSparkplugHost({ ...options(), hostId: 'test', locks: deps.locks }));
  });
  afterAll(async () => {
    for (const end of ends.toReversed()) await end();
  });

  const publish = async (topic: string, body: string, ...more: string[]) => {
    const { hostname, port } = new URL(broker.url);
    const args = ['-h', hostname, '-p', port, '-q', '1', '-t', topic, '-m', body, ...more];
    await promisify(execFile)('mosquitto_pub', args);
  };

  const rawOf = async (point: TestPoint) => {
    const { rows } = await db.pool.query<{ variable: string; value: number; message_id: string; source_id: string }>(
      'SELECT variable, value, message_id, source_id FROM telemetry.raw_readings WHERE point_id = $1 ORDER BY measured_at, variable',
      [point.id],
    );
    return rows;
  };
  const valuesOf = async (point: TestPoint) => (await rawOf(point)).map(({ variable, value }) => [variable, value]);
  const measured = async (point: TestPoint) => {
    const { rows } = await db.pool.query<{ variable: string; value: number }>(
      'SELECT variable::text, value FROM telemetry.measurements WHERE point_id = $1 ORDER BY measured_at, variable',
      [point.id],
    );
    return rows.map(({ variable, value }) => [variable, value]);
  };
  const reasonsOf = async (topic: string) => {
    const { rows } = await db.pool.query<{ reason: string; company_id: string | null }>(
      'SELECT reason, company_id FROM telemetry.dead_letters WHERE topic = $1',
      [topic],
    );
    return rows;
  };

  describe('mosquitto_pub', () => {
    it('is heard on our own topics, with and without the company, and stored once however many workers share the load', async () => {
      const point = await addPoint(db);
      const at = (second: number) => new Date(Date.now() - 60_000 + second * 1_000);
      const body = bodyOf(at(0), { level: 3 });
      await publish(`cauce/${point.code}/up`, body);
      await publish(`cauce/${point.companyId}/${point.code}/up`, bodyOf(at(1), { level: 4 }));
      await publish(`cauce/${point.code}/up`, body);
      await publish(`cauce/${point.code}/up`, bodyOf(at(2), { level: 5 }));
      await eventually(async () => (await rawOf(point)).length === 3);
      expect(await valuesOf(point)).toEqual([
        ['level', 3],
        ['level', 4],
        ['level', 5],
      ]);
    });

    it('that speaks as another company than the point’s is refused, and the point’s company does not see the letter', async () => {
      const point = await addPoint(db);
      const topic = `cauce/${randomUUID()}/${point.code}/up`;
      await publish(topic, bodyOf(new Date(), { level: 3 }));
      await eventually(async () => (await reasonsOf(topic)).length > 0);
      expect(await reasonsOf(topic)).toEqual([{ reason: 'WRONG_TENANT', company_id: null }]);
      expect(await rawOf(point)).toEqual([]);
    });

    it('brings a ChirpStack event, to the point whose provider has the application', async () => {
      const point = await addPoint(db);
      const devEui = 'a84041ffff123456';
      const channels = { pulses: 'TOTAL', 'probe.depth': 'LEVEL' } as const;
      await addDevice(db, point, { kind: 'CHIRPSTACK', scope: 'app-7', deviceId: devEui, channels });
      const event = (applicationId: string) =>
        JSON.stringify({
          deduplicationId: '3ac7e3c4-4401-4b8d-9386-a5c902f9202d',
          time: new Date(Date.now() - 60_000).toISOString(),
          deviceInfo: { tenantId: 't-1', applicationId, deviceName: 'pozo', devEui, tags: { site: 'norte' } },
          ...{ devAddr: '00189440', dr: 1, fCnt: 3, fPort: 2, data: 'AAHYZg==', confirmed: false, adr: true },
          object: { pulses: 120_934, probe: { depth: 31.5 } },
          rxInfo: [{ gatewayId: '0303030303030303', uplinkId: 1, rssi: -57, snr: 10.5, metadata: { region: 'au915' } }],
          txInfo: { frequency: 916_800_000 },
        });
      const uplink = event('app-7');
      await publish(`application/app-7/device/${devEui}/event/up`, uplink);
      await publish(`application/app-7/device/${devEui}/event/up`, uplink);
      const foreign = `application/app-8/device/${devEui}/event/up`;
      await publish(foreign, event('app-8'));
      await eventually(async () => (await reasonsOf(foreign)).length > 0 && (await rawOf(point)).length > 0);
      expect(await reasonsOf(foreign)).toEqual([{ reason: 'UNKNOWN_DEVICE', company_id: null }]);
      expect(await valuesOf(point)).toEqual([
        ['probe.depth', 31.5],
        ['pulses', 120_934],
      ]);
      expect(await measured(point)).toEqual([
        ['LEVEL', 31.5],
        ['TOTAL', 12_093.4],
      ]);
    });

    it('brings ThingsBoard telemetry; a device that two companies claim is nobody’s', async () => {
      const [point, rival] = [await addPoint(db), await addPoint(db)];
      const channels = { flow: 'FLOW' } as const;
      await addDevice(db, point, { kind: 'MQTT', scope: null, deviceId: 'meter-1', channels });
      await addDevice(db, point, { kind: 'MQTT', scope: null, deviceId: 'meter-2', channels });
      await addDevice(db, rival, { kind: 'MQTT', scope: null, deviceId: 'meter-2', channels });
      await publish(
        'v1/devices/meter-1/telemetry',
        JSON.stringify({ ts: Date.now() - 5_000, values: { flow: '12.5' } }),
      );
      await publish('v1/devices/meter-1/telemetry', JSON.stringify({ flow: 13 }));
      await publish('v1/devices/meter-2/telemetry', JSON.stringify({ flow: 99 }));
      await eventually(async () => (await rawOf(point)).length === 2);
      await eventually(async () => (await reasonsOf('v1/devices/meter-2/telemetry')).length > 0);
      expect(await measured(point)).toEqual([
        ['FLOW', 12.5],
        ['FLOW', 13],
      ]);
      expect(await reasonsOf('v1/devices/meter-2/telemetry')).toEqual([
        { reason: 'AMBIGUOUS_DEVICE', company_id: null },
      ]);
      expect(await rawOf(rival)).toEqual([]);
    });
  });

  describe('a Sparkplug B edge node of the Tahu library', () => {
    const edge = (name: string) => {
      const client = newClient({
        ...{
          serverUrl: broker.url,
          username: '',
          password: '',
          groupId: 'plant',
          edgeNode: name,
          clientId: `edge-${name}`,
        },
        version: 'spBv1.0',
      });
      ends.push(() => client.stop());
      return client;
    };
    const companyId = randomUUID();
    const device = { kind: 'SPARKPLUG', scope: 'plant' } as const;
    const metric = (name: string, value: number, timestamp: number) =>
      ({ name, type: 'Double', value, timestamp }) as const;

    it('is stored from its births on, device by device, historical values at their own time', async () => {
      const node = await addPoint(db, { companyId });
      const meter = await addPoint(db, { companyId });
      await addDevice(db, node, { ...device, deviceId: 'edge-1', channels: { 'Inputs/level': 'LEVEL' } });
      await addDevice(db, meter, { ...device, deviceId: 'edge-1/meter', channels: { count: 'TOTAL' } });
      const client = edge('edge-1');
      const t = Date.now() - 60_000;
      client.on('birth', () => {
        client.publishNodeBirth({ timestamp: t, metrics: [metric('Inputs/level', 3, t)] });
        const count = { name: 'count', type: 'UInt64', value: 5_000_000_000, timestamp: t } as const;
        client.publishDeviceBirth('meter', { timestamp: t, metrics: [count] });
        const later = { name: 'count', type: 'UInt64', value: 5_000_000_010, timestamp: t + 2_000 } as const;
        const old = { ...later, value: 5_000_000_005, timestamp: t + 1_000, isHistorical: true };
        client.publishDeviceData('meter', { timestamp: t + 3_000, metrics: [later, old] });
      });
      await eventually(async () => (await rawOf(meter)).length === 3 && (await rawOf(node)).length === 1);
      expect(await valuesOf(node)).toEqual([['Inputs/level', 3]]);
      expect(await valuesOf(meter)).toEqual([
        ['count', 5_000_000_000],
        ['count', 5_000_000_005],
        ['count', 5_000_000_010],
      ]);
    });

    it('is asked to be born again when its birth was missed, and understood from then on', async () => {
      const point = await addPoint(db, { companyId });
      await addDevice(db, point, { ...device, deviceId: 'edge-2', channels: { level: 'LEVEL' } });
      const client = edge('edge-2');
      const t = Date.now() - 60_000;
      let births = 0;
      client.on('ncmd', ({ metrics }) => {
        const asked = metrics?.some(({ name, value }) => name === 'Node Control/Rebirth' && value === true);
        if (asked !== true) return;
        births += 1;
        client.publishNodeBirth({ timestamp: t, metrics: [{ ...metric('level', 7, t + 500), alias: 9 }] });
        client.publishNodeData({
          timestamp: t,
          metrics: [{ type: 'Double', value: 8, alias: 9, timestamp: t + 1_000 }],
        });
      });
      // It says nothing of a birth, as after one that was sent before the host was there.
      await new Promise<void>((resolve) => client.on('birth', resolve));
      client.publishNodeData({ timestamp: t, metrics: [{ type: 'Double', value: 6, alias: 9, timestamp: t }] });
      await eventually(async () => (await rawOf(point)).length === 2);
      expect(births).toBe(1);
      expect(await valuesOf(point)).toEqual([
        ['level', 7],
        ['level', 8],
      ]);
      expect((await reasonsOf('spBv1.0/plant/NDATA/edge-2')).map(({ reason }) => reason)).toEqual(['BEFORE_BIRTH']);
    });

    it('whose messages are no protobuf is told in a letter, and the host goes on', async () => {
      await publish('spBv1.0/plant/NDATA/edge-3', 'not protobuf at all');
      await eventually(async () => (await reasonsOf('spBv1.0/plant/NDATA/edge-3')).length > 0);
      expect((await reasonsOf('spBv1.0/plant/NDATA/edge-3'))[0]?.reason).toBe('INVALID_PROTOBUF');
    });

    it('can see from the host’s state whether it is there', async () => {
      const watcher = await mqtt.connectAsync(broker.url);
      const states: string[] = [];
      watcher.on('message', (_topic, payload) => states.push(payload.toString()));
      const end = runSparkplugHost({ ...options(), hostId: 'other', locks: deps.locks });
      await watcher.subscribeAsync('spBv1.0/STATE/other', { qos: 1 });
      await eventually(() => states.length > 0);
      await end();
      // A retained message may come beside the same one as it is sent.
      await eventually(() => new Set(states).size > 1);
      expect([...new Set(states)].map((text) => JSON.parse(text))).toEqual([
        { online: true, timestamp: expect.any(Number) },
        { online: false, timestamp: expect.any(Number) },
      ]);
      await watcher.endAsync(true);
    });
  });
});

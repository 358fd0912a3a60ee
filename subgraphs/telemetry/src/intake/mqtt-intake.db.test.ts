import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { eventually } from '@cauce/shared/test/eventually';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testDeps } from '@cauce/shared/test/test-deps';
import { Aedes } from 'aedes';
import mqtt, { type MqttClient } from 'mqtt';
import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { measurementAdded } from '../events.ts';
import { findMosquitto, startMosquitto } from '../test-support/mosquitto.ts';
import { addPoint, bodyOf, type TestPoint } from '../test-support/points.ts';
import type { DeviceMessage } from './formats/message-format.ts';
import { createMessageStore, type StoreMessages } from './message-store.ts';
import { type MqttIntake, startMqttIntake } from './mqtt-intake.ts';

interface Broker {
  readonly url: string;
  stop(): Promise<void>;
}

const db = await testDatabase();
const world = await testDeps(db);
const { deps } = world;
const storeInDatabase = createMessageStore(deps, 'cauce');
const leftovers: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of leftovers.toReversed()) await end();
});

function startIntake(
  url: string,
  clientId: string,
  store: StoreMessages = storeInDatabase,
  batchSize = 200,
): MqttIntake {
  const { clock, metrics } = deps;
  const options = { url, clientId, topicRoot: 'cauce', sharedGroup: null, store, clock, log: silentLog, metrics };
  const intake = startMqttIntake({ ...options, lanes: 2, batchSize, lingerMs: 5 });
  leftovers.push(() => intake.stop());
  return intake;
}

async function connected(intake: MqttIntake): Promise<void> {
  const signal = new AbortController().signal;
  await eventually(
    () =>
      intake.health.check(signal).then(
        () => true,
        () => false,
      ),
    { what: 'the intake is connected' },
  );
}

async function connectDevice(url: string): Promise<MqttClient> {
  const client = await mqtt.connectAsync(url, { protocolVersion: 4 });
  leftovers.push(() => client.endAsync(true));
  return client;
}

const topicOf = (point: TestPoint) => `cauce/${point.code}/up`;
const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1_000);

async function count(sql: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(`SELECT (${sql})::int AS count`, [...values]);
  return rows[0]?.count ?? 0;
}
const rawCount = (point: TestPoint) =>
  count('SELECT count(*) FROM telemetry.raw_readings WHERE point_id = $1', [point.id]);

/** The same guarantees against whichever broker. */
function describeIntake(name: string, start: () => Promise<Broker>, readings: number): void {
  const startBroker = async () => {
    const broker = await start();
    leftovers.push(broker.stop);
    return broker;
  };
  describe(`the MQTT intake against ${name}`, () => {
    it('stores what a device sends and acknowledges it, so that the next start finds nothing left', async () => {
      const broker = await startBroker();
      const point = await addPoint(db);
      const first = startIntake(broker.url, 'worker-a');
      await connected(first);
      const device = await connectDevice(broker.url);
      for (let index = 0; index < 50; index += 1) {
        await device.publishAsync(topicOf(point), bodyOf(secondsAgo(500 - index), { level: index }), { qos: 1 });
      }
      await eventually(async () => (await rawCount(point)) === 50, { what: '50 readings are stored' });
      await first.stop();

      const seen: DeviceMessage[] = [];
      const second = startIntake(broker.url, 'worker-a', async (messages) => void seen.push(...messages));
      await connected(second);
      const last = bodyOf(secondsAgo(1), { level: 99 });
      await device.publishAsync(topicOf(point), last, { qos: 1 });
      await eventually(() => seen.length > 0, { what: 'a message arrives' });
      expect(seen.map(({ payload }) => payload.toString())).toEqual([last]);
      await second.stop();
      await broker.stop();
    });

    it('acknowledges nothing that is not committed: whoever comes next gets it all again', async () => {
      const broker = await startBroker();
      const point = await addPoint(db);
      const batches: number[] = [];
      // A database that takes nothing: every try fails.
      const first = startIntake(broker.url, 'worker-b', async (messages) => {
        batches.push(messages.length);
        throw new Error('The database is away');
      });
      await connected(first);
      const device = await connectDevice(broker.url);
      for (let index = 0; index < 30; index += 1) {
        await device.publishAsync(topicOf(point), bodyOf(secondsAgo(500 - index), { level: index }), { qos: 1 });
      }
      await eventually(() => batches.length >= 3, { what: 'it has tried three times' });
      await first.stop();
      expect(await rawCount(point)).toBe(0);

      const second = startIntake(broker.url, 'worker-b');
      await eventually(async () => (await rawCount(point)) === 30, { what: 'all 30 are stored' });
      await second.stop();
      await broker.stop();
    });

    it('loses nothing and doubles nothing when its process is killed twice under load', {
      timeout: 120_000,
    }, async () => {
      const broker = await startBroker();
      const point = await addPoint(db);
      let running = await spawnIntake(broker.url, 'worker-c');
      const device = await connectDevice(broker.url);
      const published = publishAll(device, point, readings);
      for (const share of [0.2, 0.55]) {
        await eventually(async () => (await rawCount(point)) > share * readings, {
          timeoutMs: 60_000,
          what: `${share} stored`,
        });
        await kill(running);
        running = await spawnIntake(broker.url, 'worker-c');
      }
      await published;
      await eventually(async () => (await rawCount(point)) >= readings, { timeoutMs: 60_000, what: 'all are stored' });
      await kill(running);

      expect(await rawCount(point)).toBe(readings);
      expect(
        await count('SELECT count(DISTINCT message_id) FROM telemetry.raw_readings WHERE point_id = $1', [point.id]),
      ).toBe(readings);
      expect(await count('SELECT count(*) FROM telemetry.measurements WHERE point_id = $1', [point.id])).toBe(readings);
      const told = await count(
        `SELECT coalesce(sum(jsonb_array_length(payload -> 'measurements')), 0) FROM platform.outbox
         WHERE topic = '${measurementAdded.name}' AND key = $1`,
        [point.id],
      );
      expect(told).toBe(readings);
      await broker.stop();
    });

    it('takes no more than it can hold while nothing can be stored, and goes on where it stopped', async () => {
      const broker = await startBroker();
      const point = await addPoint(db);
      let isAway = true;
      const first = startIntake(
        broker.url,
        'worker-f',
        async (messages) => {
          if (isAway) throw new Error('The database is away');
          await storeInDatabase(messages);
        },
        5,
      );
      await connected(first);
      const device = await connectDevice(broker.url);
      const sending = Array.from({ length: 400 }, (_, index) =>
        device.publishAsync(topicOf(point), bodyOf(secondsAgo(500 - index), { level: index }), { qos: 1 }),
      );
      await new Promise((resolve) => setTimeout(resolve, 300));
      isAway = false;
      await Promise.all(sending);
      await eventually(async () => (await rawCount(point)) === 400, { what: 'all 400 are stored' });
      await first.stop();
      await broker.stop();
    });

    it('waits through a database outage and stores everything afterwards', async () => {
      const broker = await startBroker();
      const point = await addPoint(db);
      const intake = startIntake(broker.url, 'worker-d');
      await connected(intake);
      const device = await connectDevice(broker.url);
      await cutDatabase(true);
      for (let index = 0; index < 300; index += 1) {
        await device.publishAsync(topicOf(point), bodyOf(secondsAgo(500 - index), { level: index }), { qos: 1 });
      }
      await new Promise((resolve) => setTimeout(resolve, 300));
      await cutDatabase(false);
      await eventually(async () => (await rawCount(point)) === 300, { timeoutMs: 20_000, what: 'all 300 are stored' });
      await intake.stop();
      await broker.stop();
    });
  });
}

/** The intake in a process of its own; resolves when it listens. */
async function spawnIntake(brokerUrl: string, clientId: string): Promise<ChildProcess> {
  const program = join(import.meta.dirname, '../test-support/intake-process.fixture.ts');
  const child = spawn(process.execPath, [program, db.url, brokerUrl, clientId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  leftovers.push(() => child.kill('SIGKILL'));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

/** As fast as the broker takes them, a thousand under way at a time, every tenth of them twice. */
async function publishAll(device: MqttClient, point: TestPoint, readings: number): Promise<void> {
  const startMs = Date.now() - readings * 1_000;
  let underWay: Promise<unknown>[] = [];
  for (let index = 0; index < readings; index += 1) {
    const body = bodyOf(new Date(startMs + index * 1_000), { level: index % 40 });
    for (let copy = 0; copy < (index % 10 === 0 ? 2 : 1); copy += 1) {
      underWay.push(device.publishAsync(topicOf(point), body, { qos: 1 }));
    }
    if (underWay.length < 1_000) continue;
    await Promise.all(underWay);
    underWay = [];
  }
  await Promise.all(underWay);
}

/** Ends every connection to this file's database and lets no new one in, or lets them in again. */
async function cutDatabase(isCut: boolean): Promise<void> {
  const url = new URL(db.url);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const admin = new Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS ${isCut ? 'false' : 'true'}`);
  if (isCut) await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [name]);
  await admin.end();
}

async function startAedes(): Promise<Broker> {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    url: `mqtt://127.0.0.1:${address.port}`,
    stop: async () => {
      await new Promise<void>((resolve) => aedes.close(resolve));
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

describeIntake('aedes', startAedes, 5_000);

describe.skipIf(findMosquitto() === null && process.env.CI !== 'true')('with mosquitto installed', () => {
  describeIntake('Mosquitto', () => startMosquitto(['max_inflight_messages 200']), 20_000);
});

describe('a reading on its way', () => {
  it('is on the bus within a second of being published', async () => {
    const broker = await startAedes();
    const point = await addPoint(db);
    const intake = startIntake(broker.url, 'worker-e');
    await connected(intake);
    world.startRelay();
    const stop = new AbortController();
    const events = deps.bus.subscribe(measurementAdded, { signal: stop.signal })[Symbol.asyncIterator]();
    const device = await connectDevice(broker.url);
    const tookMs: number[] = [];
    for (let index = 0; index < 20; index += 1) {
      const startedAt = performance.now();
      device.publish(topicOf(point), bodyOf(secondsAgo(100 - index), { level: index }), { qos: 1 });
      for (;;) {
        const event = await events.next();
        if (event.done === true || event.value.payload.pointId === point.id) break;
      }
      tookMs.push(performance.now() - startedAt);
    }
    stop.abort();
    expect(tookMs.toSorted((a, b) => a - b)[18]).toBeLessThan(1_000);
    await intake.stop();
    await broker.stop();
  });
});

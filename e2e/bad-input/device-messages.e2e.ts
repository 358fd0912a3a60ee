import { randomUUID } from 'node:crypto';
import { demoSites } from '@cauce/prisma/seed/demo-places';
import { demoPoints } from '@cauce/prisma/seed/telemetry/points';
import { eventually } from '@cauce/shared/test/eventually';
import mqtt, { type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { joinPlatform } from '../platform/shared-platform.ts';
import { endHolds, type Snapshot, takeSnapshot } from '../platform/snapshot.ts';

const point = demoPoints.find(({ site }) => site.id === demoSites.plantaNorte.id);
if (point === undefined) throw new Error('The demo has no catchment point');
const own = `cauce/${point.code}/up`;
const now = () => new Date().toISOString();

const platform = joinPlatform();
let device: MqttClient;
let before: Snapshot;

beforeAll(async () => {
  device = await mqtt.connectAsync(platform.mqttUrl);
  await endHolds(platform.pool);
  before = await takeSnapshot(platform.pool, ['telemetry.dead_letters', 'telemetry.dead_letter_days']);
});
afterAll(async () => {
  await device?.endAsync();
});

const malformed: readonly (readonly [title: string, reason: string, topic: string, payload: () => string | Buffer])[] =
  [
    ['no JSON', 'INVALID_JSON', own, () => '{"ts":'],
    ['nothing', 'INVALID_JSON', own, () => ''],
    ['bytes', 'INVALID_JSON', own, () => Buffer.from([0, 255, 1, 254])],
    ['a number', 'INVALID_MESSAGE', own, () => '7'],
    ['an empty list', 'INVALID_MESSAGE', own, () => '[]'],
    ['no time', 'INVALID_MESSAGE', own, () => JSON.stringify({ id: randomUUID(), values: { level: 1 } })],
    [
      'a time without a zone',
      'INVALID_MESSAGE',
      own,
      () => JSON.stringify({ ts: '2026-11-20T10:00:00', values: { level: 1 } }),
    ],
    ['no values', 'INVALID_MESSAGE', own, () => JSON.stringify({ ts: now(), values: {} })],
    [
      'values that are objects',
      'INVALID_MESSAGE',
      own,
      () => JSON.stringify({ ts: now(), values: { level: { $gt: 0 } } }),
    ],
    [
      'a zero byte in the name of a channel',
      'INVALID_MESSAGE',
      own,
      () => JSON.stringify({ ts: now(), values: { 'a\0b': 1 } }),
    ],
    [
      'the machinery of objects',
      'INVALID_MESSAGE',
      own,
      () => '{"__proto__":{"ts":"2026-11-20T10:00:00Z"},"constructor":1}',
    ],
    ['the year 1', 'IMPOSSIBLE_TIME', own, () => JSON.stringify({ ts: '0001-01-01T00:00:00Z', values: { level: 1 } })],
    [
      '2,001 readings at once',
      'TOO_MANY_READINGS',
      own,
      () => JSON.stringify(Array.from({ length: 2_001 }, () => ({ ts: now(), values: { level: 1 } }))),
    ],
    ['a value that is not a number', 'INVALID_JSON', own, () => `{"ts":"${now()}","values":{"level":NaN}}`],
    ['a value that no double holds', 'INVALID_MESSAGE', own, () => `{"ts":"${now()}","values":{"level":1e999}}`],
    [
      'the year 9999',
      'IMPOSSIBLE_TIME',
      own,
      () => JSON.stringify({ ts: '9999-12-31T23:59:59Z', values: { level: 1 } }),
    ],
    ['10 MB', 'MESSAGE_TOO_LARGE', own, () => Buffer.alloc(10 * 1024 * 1024, 'x')],
    [
      'the company of somebody else',
      'WRONG_TENANT',
      `cauce/${randomUUID()}/${point.code}/up`,
      () => JSON.stringify({ ts: now(), values: { level: 1 } }),
    ],
    [
      'a ChirpStack device that nobody has',
      'UNKNOWN_DEVICE',
      'application/none/device/0101010101010101/event/up',
      () =>
        JSON.stringify({
          deduplicationId: randomUUID(),
          time: now(),
          deviceInfo: { applicationId: 'none', devEui: '0101010101010101' },
          object: { level: 1 },
        }),
    ],
    [
      'no word of which ThingsBoard device speaks',
      'NO_DEVICE_IDENTITY',
      'v1/devices/me/telemetry',
      () => JSON.stringify({ level: 1 }),
    ],
    ['no Sparkplug protobuf', 'INVALID_PROTOBUF', 'spBv1.0/plant/NDATA/edge', () => 'not protobuf at all'],
    ['300 KB', 'MESSAGE_TOO_LARGE', own, () => `"${'x'.repeat(300 * 1024)}"`],
    [
      'a point that is not there',
      'UNKNOWN_POINT',
      'cauce/NOT-THERE/up',
      () => JSON.stringify({ ts: now(), values: { level: 1 } }),
    ],
    [
      'SQL for a point',
      'UNKNOWN_POINT',
      `cauce/'; DROP TABLE telemetry.raw_readings; --/up`,
      () => JSON.stringify({ ts: now(), values: { level: 1 } }),
    ],
  ];

const letters = async () => {
  const { rows } = await platform.pool.query<{ reason: string; topic: string }>(
    'SELECT reason, topic FROM telemetry.dead_letters ORDER BY received_at, id',
  );
  return rows;
};

it.each(malformed)('a message with %s is kept as a dead letter: %s', async (_title, reason, topic, payload) => {
  const known = (await letters()).length;
  await device.publishAsync(topic, payload(), { qos: 1 });
  await eventually(async () => (await letters()).length > known, { what: 'the dead letter' });
  expect((await letters()).slice(known)).toEqual([{ reason, topic }]);
});

it('nothing of what malformed messages say is stored', async () => {
  expect(await takeSnapshot(platform.pool, ['telemetry.dead_letters', 'telemetry.dead_letter_days'])).toEqual(before);
});

it('a bad reading among good ones is refused alone, and the device is heard on', async () => {
  const id = randomUUID();
  const body = [
    { id, ts: now(), values: { level: 12.5 } },
    { id: randomUUID(), ts: 'yesterday', values: { level: 1 } },
  ];
  await device.publishAsync(own, JSON.stringify(body), { qos: 1 });
  const stored = async () =>
    (await platform.pool.query('SELECT value FROM telemetry.raw_readings WHERE message_id = $1', [id])).rows;
  await eventually(async () => (await stored()).length > 0, { what: 'the good reading' });
  expect(await stored()).toEqual([{ value: 12.5 }]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMessageFormats } from './message-formats.ts';

const { read: readMessage } = createMessageFormats('cauce');
const now = new Date('2026-11-21T12:00:00Z');
const receivedAt = new Date('2026-11-21T11:59:58Z');
const read = (topic: string, body: unknown) =>
  readMessage({ topic, payload: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), receivedAt }, now);
const reasons = (topic: string, body: unknown) => read(topic, body).refusals.map(({ reason }) => reason);

const uplinkTopic = 'application/app-1/device/0101010101010101/event/up';
const uplink = {
  deduplicationId: '0f0e0d0c-0000-4000-8000-000000000001',
  time: '2026-01-01T00:00:00.000+00:00',
  deviceInfo: { tenantId: 't', applicationId: 'app-1', deviceName: 'pozo-1', devEui: '0101010101010101', tags: {} },
  fCnt: 42,
  fPort: 2,
  data: 'AAECAw==',
  object: { pulses: 120_934, battery: { volts: 3.6, isLow: false }, probes: [1.5, null] },
  rxInfo: [{ gatewayId: 'g', gwTime: '2026-01-01T00:00:01Z' }],
  txInfo: {},
};

describe('our own topics', () => {
  const body = { id: 'a', ts: '2026-01-01T00:00:00Z', values: { level: 1 } };

  it('name a point, and in the longer form the company that the sender speaks as', () => {
    const company = '0f0e0d0c-0000-4000-8000-000000000002';
    expect(read('cauce/POZO-1/up', body).address).toEqual({ kind: 'POINT', code: 'POZO-1', companyId: null });
    expect(read(`cauce/${company}/POZO-1/up`, body).address).toEqual({
      kind: 'POINT',
      code: 'POZO-1',
      companyId: company,
    });
  });

  it.each(['cauce//up', 'cauce/up', 'cauce/a/b/up', 'cauce/a/b/c/up', 'cauce/a\0/up', 'cauce/POZO-1/down', 'other/x'])(
    'of another form are refused: %j',
    (topic) => {
      expect(reasons(topic, body)).toEqual(['INVALID_TOPIC']);
    },
  );
});

describe('ChirpStack uplinks', () => {
  it('give the decoded values by their paths, under the event’s own time and id', () => {
    expect(read(uplinkTopic, uplink)).toEqual({
      address: { kind: 'DEVICE', protocol: 'CHIRPSTACK', scope: 'app-1', deviceId: '0101010101010101' },
      refusals: [],
      readings: [
        {
          id: uplink.deduplicationId,
          measuredAt: new Date('2026-01-01T00:00:00Z'),
          values: [
            { channel: 'pulses', value: 120_934, text: null },
            { channel: 'battery.volts', value: 3.6, text: null },
            { channel: 'battery.isLow', value: null, text: 'false' },
            { channel: 'probes.0', value: 1.5, text: null },
            { channel: 'probes.1', value: null, text: 'null' },
          ],
        },
      ],
    });
  });

  it('without a time of their own are of the earliest moment that a gateway heard them', () => {
    const rxInfo = [{ gwTime: '2026-01-01T00:00:03Z' }, { time: '2026-01-01T00:00:02Z' }];
    expect(read(uplinkTopic, { ...uplink, time: null, rxInfo }).readings[0]?.measuredAt).toEqual(
      new Date('2026-01-01T00:00:02Z'),
    );
    expect(reasons(uplinkTopic, { ...uplink, time: null, rxInfo: [] })).toEqual(['INVALID_MESSAGE']);
  });

  it.each([
    ['that no codec has decoded', { object: undefined }, 'NOT_DECODED'],
    [
      'of another device than the topic’s',
      { deviceInfo: { ...uplink.deviceInfo, devEui: 'f'.repeat(16) } },
      'WRONG_DEVICE',
    ],
    ['of another application', { deviceInfo: { ...uplink.deviceInfo, applicationId: 'app-2' } }, 'WRONG_DEVICE'],
    ['of the year 1', { time: '0001-01-01T00:00:00Z' }, 'IMPOSSIBLE_TIME'],
    ['without values', { object: {} }, 'INVALID_MESSAGE'],
    ['without an id', { deduplicationId: undefined }, 'INVALID_MESSAGE'],
  ])('%s are refused', (_title, change, reason) => {
    expect(reasons(uplinkTopic, { ...uplink, ...change })).toEqual([reason]);
  });
});

describe('ThingsBoard telemetry', () => {
  const topic = 'v1/devices/meter-7/telemetry';

  it('comes with a time and values, plain and measured when it arrives, or as a list of both', () => {
    const { address, readings, refusals } = read(topic, [
      { ts: 1_767_225_600_000, values: { pulses: '42' } },
      { flow: 2.5 },
    ]);
    expect(address).toEqual({ kind: 'DEVICE', protocol: 'MQTT', scope: null, deviceId: 'meter-7' });
    expect(refusals).toEqual([]);
    expect(readings.map(({ measuredAt, values }) => ({ measuredAt, values }))).toEqual([
      { measuredAt: new Date(1_767_225_600_000), values: [{ channel: 'pulses', value: 42, text: '42' }] },
      { measuredAt: receivedAt, values: [{ channel: 'flow', value: 2.5, text: null }] },
    ]);
  });

  it('is the same reading when it is sent again', () => {
    const of = () => read(topic, { ts: 1_767_225_600_000, values: { pulses: 42 } }).readings;
    expect(of()).toEqual(of());
  });

  it.each([
    ['of a device that the topic does not name', 'v1/devices/me/telemetry', { flow: 1 }, 'NO_DEVICE_IDENTITY'],
    ['with a number that no double holds', topic, '{"flow":1e400}', 'INVALID_MESSAGE'],
    ['with an absurd date', topic, { ts: 8.64e15, values: { flow: 1 } }, 'IMPOSSIBLE_TIME'],
    ['that is a number', topic, '7', 'INVALID_MESSAGE'],
    ['that is no JSON', topic, '{flow:1}', 'INVALID_JSON'],
    ['that is too large', topic, `"${'x'.repeat(300 * 1024)}"`, 'MESSAGE_TOO_LARGE'],
  ])('%s is refused', (_title, at, body, reason) => {
    expect(reasons(at, body)).toEqual([reason]);
  });
});

it('no message whatever makes a reader throw, and what it refuses has a reason', () => {
  const topic = fc.oneof(
    fc.constantFrom(
      'cauce/P/up',
      uplinkTopic,
      'v1/devices/a/telemetry',
      'spBv1.0/g/DDATA/e/d',
      'spBv1.0/g/DDATA/e/d/x',
    ),
    fc.string(),
  );
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc.jsonValue().map((value) => JSON.stringify({ ...uplink, object: value })),
    fc.jsonValue().map((value) => JSON.stringify({ ts: 1_767_225_600_000, values: value })),
  );
  fc.assert(
    fc.property(topic, body, (at, text) => {
      const { readings, refusals } = read(at, text);
      expect(readings.length + refusals.length).toBeGreaterThan(0);
      for (const { measuredAt, values } of readings) {
        expect(Number.isFinite(measuredAt.getTime())).toBe(true);
        for (const { value, channel } of values) {
          expect(value === null || Number.isFinite(value)).toBe(true);
          expect(channel).not.toMatch(/\p{C}/u);
        }
      }
    }),
    { numRuns: 300 },
  );
});

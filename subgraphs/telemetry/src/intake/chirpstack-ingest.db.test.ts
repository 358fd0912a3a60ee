import { randomUUID } from 'node:crypto';
import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { addDevice } from '../test-support/device-providers.ts';
import { addPoint } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';
import { createMessageStore } from './message-store.ts';

const db = await testDatabase();
const world = await telemetryWorld(db, { clock: fixedClock(new Date('2026-11-20T12:00:00Z')) });
const devEui = '0101010101010101';
const point = await addPoint(db);
await addDevice(db, point, {
  ...{ kind: 'CHIRPSTACK', scope: 'app-1', deviceId: devEui },
  channels: { counter: 'TOTAL' },
});
const server = testViewer({ companyIds: [point.companyId], siteIds: [point.siteId] });

const ingest = `mutation ($event: String!, $body: JSON!) {
  ingestChirpstackEvent(event: $event, body: $body) {
    __typename
    ... on IngestedChirpstackEvent { id outcome pointCode }
    ... on Failure { reason }
    ... on ValidationFailed { fields { path code } }
  }
}`;
const uplink = (changes: object = {}) => ({
  ...{ deduplicationId: randomUUID(), time: '2026-11-20T11:00:00.000Z', fCnt: 42, fPort: 2, data: 'AAECAw==' },
  deviceInfo: { tenantId: 't', applicationId: 'app-1', deviceName: 'pozo-1', devEui, tags: {} },
  object: { counter: 100 },
  ...changes,
});
const post = async (body: unknown, { event = 'up', viewer = server } = {}) =>
  (await world.get(ingest, viewer, { event, body })).ingestChirpstackEvent;
const count = async (sql: string, values: readonly unknown[] = []) =>
  Number((await db.pool.query<{ count: string }>(`SELECT count(*) AS count FROM ${sql}`, [...values])).rows[0]?.count);
const letters = async (companyId: string) =>
  (
    await db.pool.query<{ id: string; reason: string; topic: string | null }>(
      'SELECT id, reason, topic FROM telemetry.dead_letters WHERE company_id = $1 ORDER BY received_at, id',
      [companyId],
    )
  ).rows;

describe('an uplink that a ChirpStack server posts', () => {
  it('is stored once, however often and at once it is posted, and once if it comes over MQTT as well', async () => {
    const body = uplink();
    const answers = await Promise.all([1, 2, 3].map(() => post(body)));
    expect(answers.map((answer) => Reflect.get(Object(answer), 'outcome')).toSorted()).toEqual([
      ...['DUPLICATE', 'DUPLICATE', 'STORED'],
    ]);
    expect(answers[0]).toMatchObject({ id: body.deduplicationId, pointCode: point.code });
    const topic = `application/app-1/device/${devEui}/event/up`;
    const store = createMessageStore(world.deps, 'cauce');
    await store([{ topic, payload: Buffer.from(JSON.stringify(body)) }]);
    const other = uplink({ time: '2026-11-20T11:05:00.000Z' });
    await store([{ topic, payload: Buffer.from(JSON.stringify(other)) }]);
    expect(await post(other)).toMatchObject({ outcome: 'DUPLICATE' });
    expect(await count('telemetry.raw_readings WHERE point_id = $1', [point.id])).toBe(2);
    expect(await count(`access.audit_log WHERE action = 'telemetry.ingestChirpstackEvent'`)).toBe(2);
  });

  it('is refused under an id that brought something else', async () => {
    const body = uplink({ time: '2026-11-20T10:00:00.000Z' });
    expect(await post(body)).toMatchObject({ outcome: 'STORED' });
    expect(await post({ ...body, object: { counter: 101 } })).toMatchObject({ reason: 'ID_REUSED' });
    expect(await post(uplink({ time: body.time, object: { counter: 101 } }))).toMatchObject({ outcome: 'CONFLICT' });
  });

  it('of a device of another company is told like one that nobody has registered, and changes nothing', async () => {
    const before = await count('telemetry.raw_readings');
    const stranger = testOutsider();
    const foreign = await post(uplink(), { viewer: stranger });
    const unknown = await post(uplink({ deviceInfo: { applicationId: 'app-1', devEui: 'f'.repeat(16) } }));
    expect(foreign).toEqual({ __typename: 'NotFound', reason: 'NOT_FOUND' });
    expect(unknown).toEqual(foreign);
    expect(await count('telemetry.raw_readings')).toBe(before);
  });

  it('of a device that is not registered yet is kept, and read again once it is; never for another company', async () => {
    const late = await addPoint(db, { companyId: point.companyId, siteId: point.siteId });
    const devices = ['aa', 'bb'].map((pair) => pair.repeat(8));
    for (const eui of devices) await post(uplink({ deviceInfo: { applicationId: 'app-2', devEui: eui } }));
    const kept = (await letters(point.companyId)).filter(({ topic }) => topic?.startsWith('application/app-2/'));
    expect(kept.map(({ reason }) => reason)).toEqual(['UNKNOWN_DEVICE', 'UNKNOWN_DEVICE']);
    const channels = { counter: 'TOTAL' } as const;
    const stranger = await addPoint(db);
    await addDevice(db, late, { kind: 'CHIRPSTACK', scope: 'app-2', deviceId: devices[0] ?? '', channels });
    const retry =
      'mutation ($ids: [ID!]!) { retryDeadLetters(ids: $ids) { ... on RetriedDeadLetters { letters { resolvedAt } } } }';
    const everybody = testViewer({ companyIds: 'all', siteIds: 'all' });
    await world.get(retry, everybody, { ids: kept.map(({ id }) => id) });
    expect(await count('telemetry.raw_readings WHERE point_id = $1', [late.id])).toBe(1);
    // The other's application now belongs to somebody else.
    await db.pool.query(
      `UPDATE telemetry.providers SET connection = '{"scope":"gone"}' WHERE connection ->> 'scope' = 'app-2'`,
    );
    await addDevice(db, stranger, { kind: 'CHIRPSTACK', scope: 'app-2', deviceId: devices[1] ?? '', channels });
    await world.get(retry, everybody, { ids: kept.map(({ id }) => id) });
    expect(await count('telemetry.raw_readings WHERE point_id = $1', [stranger.id])).toBe(0);
  });

  it.each([
    ['that no codec has decoded', { object: undefined }, 'NOT_DECODED'],
    ['of an impossible time', { time: '0001-01-01T00:00:00Z' }, 'IMPOSSIBLE_TIME'],
    ['without an id', { deduplicationId: 'x' }, 'INVALID_MESSAGE'],
    ['whose device is none', { deviceInfo: { applicationId: 'a/#', devEui: 'x' } }, 'INVALID_MESSAGE'],
    ['with values that are no numbers of a channel', { object: { a: { b: [] } } }, 'INVALID_MESSAGE'],
  ])('%s is refused with the reason, and kept', async (_what, changes, code) => {
    const before = (await letters(point.companyId)).length;
    expect(await post(uplink(changes))).toEqual({
      ...{ __typename: 'ValidationFailed', reason: 'VALIDATION_FAILED', fields: [{ path: 'body', code }] },
    });
    const after = await letters(point.companyId);
    expect(after.length).toBe(before + 1);
    expect(after.some(({ reason }) => reason === code)).toBe(true);
  });
});

describe('what else a ChirpStack server posts', () => {
  it.each(['join', 'status', 'ack', 'txack', 'log', 'location', 'integration'])(
    '%s is taken and ignored',
    async (event) => {
      expect(await post({ deviceInfo: {} }, { event })).toEqual({
        ...{ __typename: 'IngestedChirpstackEvent', id: null, outcome: 'IGNORED', pointCode: null },
      });
    },
  );

  it('needs the permission to bring readings', async () => {
    const reader: typeof server = { ...server, permissions: ['telemetry:read'] };
    expect(await world.refused(ingest, reader, { event: 'up', body: uplink() })).toBe('FORBIDDEN');
  });
});

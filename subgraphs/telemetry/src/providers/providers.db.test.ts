import { randomUUID } from 'node:crypto';
import { eventually } from '@cauce/shared/test/eventually';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { afterAll, describe, expect, it } from 'vitest';
import { addPoint } from '../test-support/points.ts';
import { standInConnection } from '../test-support/provider-accounts.ts';
import { standInAccount, startProviderStandIn } from '../test-support/provider-stand-in.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';

const db = await testDatabase();
const now = Date.parse('2026-11-20T12:00:00Z');
const world = await telemetryWorld(db, { clock: { now: () => new Date(now) } });
const standIn = await startProviderStandIn(() => now);
afterAll(() => standIn.close());
const point = await addPoint(db);
const viewer = testViewer({ companyIds: [point.companyId], siteIds: [point.siteId] });
const { username, password, deviceToken } = standInAccount;

const save = `mutation ($input: SaveProviderInput!) {
  saveProvider(input: $input) {
    __typename
    ... on Provider { id name kind connection hasCredentials state lagSeconds updatedAt schedules { intervalSeconds }
      devices { deviceId lastSeenAt point { code } channels { channel variable unit multiplier isPulses } } }
    ... on Failure { reason }
    ... on ValidationFailed { fields { path code } }
  }
}`;
const saved = async (input: Record<string, unknown>) =>
  JSON.parse(JSON.stringify((await world.get(save, viewer, { input })).saveProvider));
const newProvider = (changes: Record<string, unknown> = {}) => ({
  ...{ companyId: point.companyId, name: `Twin ${randomUUID()}`, kind: 'TWIN' },
  connection: { baseUrl: `${standIn.url}/twin` },
  credentials: { username, password },
  devices: [
    {
      ...{ deviceId: 'd1', pointId: point.id },
      channels: [
        { channel: 'total', variable: 'TOTAL', isPulses: true },
        { channel: 'caudal', variable: 'FLOW', unit: 'm³/h' },
      ],
    },
  ],
  ...changes,
});
const sealedOf = async (id: string) =>
  (await db.client.provider.findUniqueOrThrow({ where: { id } })).credentialsEncrypted ?? '';
const test = `mutation ($id: ID!) { testProvider(id: $id) { __typename
  ... on ProviderTest { isWell steps { step outcome code message } } ... on Failure { reason } } }`;
const tested = async (id: string) => JSON.parse(JSON.stringify((await world.get(test, viewer, { id })).testProvider));

describe('saveProvider', () => {
  it('claims no device that speaks plain MQTT for another company, by its id or by another kind', async () => {
    const theirs = await addPoint(db);
    const mqtt = { kind: 'MQTT', connection: {}, credentials: null };
    const [device] = newProvider().devices;
    const claim = [{ ...device, deviceId: theirs.code }];
    expect(await saved(newProvider({ ...mqtt, devices: claim }))).toMatchObject({ reason: 'DEVICE_TAKEN' });
    const pulled = await saved(newProvider({ devices: claim }));
    const changed = { ...newProvider(mqtt), id: pulled.id, devices: null, credentials: {} };
    expect(await saved(changed)).toMatchObject({ reason: 'DEVICE_TAKEN' });
    expect(await saved(newProvider({ ...mqtt, devices: [{ ...device, deviceId: randomUUID() }] }))).toMatchObject({
      ...{ __typename: 'Provider', kind: 'MQTT' },
    });
  });

  it('registers an account with its devices, encrypts its credentials and shows them never again', async () => {
    const provider = await saved(newProvider());
    expect(provider).toMatchObject({
      ...{ __typename: 'Provider', kind: 'TWIN', hasCredentials: true, state: 'NEW', lagSeconds: null },
      schedules: [{ intervalSeconds: 300 }],
      devices: [
        {
          deviceId: 'd1',
          point: { code: point.code },
          channels: [
            { channel: 'caudal', variable: 'FLOW', unit: 'm³/h', multiplier: '0.277777778', isPulses: false },
            { channel: 'total', variable: 'TOTAL', unit: null, multiplier: '1', isPulses: true },
          ],
        },
      ],
    });
    const { rows: entries } = await db.pool.query(
      `SELECT action, company_id, after FROM access.audit_log WHERE entity_id = $1`,
      [provider.id],
    );
    expect(entries).toMatchObject([{ action: 'telemetry.saveProvider', company_id: point.companyId }]);
    const sealed = await sealedOf(provider.id);
    expect(sealed).toMatch(/^v1\./);
    for (const text of [JSON.stringify(provider), JSON.stringify(entries), sealed]) {
      expect(text).not.toContain(password);
      expect(text).not.toContain(username);
    }
  });

  it('keeps what is not given again, and sends credentials to no other address than they were given for', async () => {
    const { id, updatedAt } = await saved(newProvider());
    const sealed = await sealedOf(id);
    const again = newProvider({ id, credentials: null, name: 'Otro' });
    expect(await saved({ ...again, expectedUpdatedAt: '2026-01-01T00:00:00Z' })).toMatchObject({ reason: 'STALE' });
    expect(await saved({ ...again, expectedUpdatedAt: updatedAt })).toMatchObject({
      name: 'Otro',
      hasCredentials: true,
    });
    expect(await sealedOf(id)).toBe(sealed);
    const elsewhere = { baseUrl: 'http://127.0.0.1:9/twin' };
    expect(await saved({ ...again, connection: elsewhere })).toEqual({
      __typename: 'Conflict',
      reason: 'CREDENTIALS_NEEDED',
    });
    // A part of them does not carry the rest along.
    await saved({ ...again, connection: elsewhere, credentials: { username: 'x' } });
    await saved({ ...again, connection: { baseUrl: `${standIn.url}/twin` }, credentials: { username } });
    expect((await tested(id)).steps.find((step: { step: string }) => step.step === 'SIGN_IN')).toMatchObject({
      code: 'BAD_SETTINGS',
    });
  });

  it.each([
    ['an unknown setting', { connection: { baseUrl: 'https://a.example', pasword: 'x' } }, 'connection'],
    ['credentials in the address', { connection: { baseUrl: 'https://u:p@a.example' } }, 'connection.baseUrl'],
    ['no address', { connection: {} }, 'connection.baseUrl'],
    [
      'a device id that climbs',
      { devices: [{ deviceId: '..', pointId: point.id, channels: [{ channel: 'a', variable: 'LEVEL' }] }] },
      'devices.0.deviceId',
    ],
    [
      'a unit of another quantity',
      { devices: [{ deviceId: 'x', pointId: point.id, channels: [{ channel: 'a', variable: 'LEVEL', unit: 'bar' }] }] },
      'devices.0.channels.0.unit',
    ],
    ['a run each second', { intervalSeconds: 1 }, 'intervalSeconds'],
  ])('refuses %s at its field, and stores nothing', async (_name, changes, path) => {
    const input = newProvider(changes);
    expect(await saved(input)).toMatchObject({ __typename: 'ValidationFailed', fields: [{ path }] });
    expect(await db.client.provider.count({ where: { name: input.name } })).toBe(0);
  });

  it('refuses a name that is taken and a device that speaks for another point', async () => {
    const input = newProvider();
    const { id } = await saved(input);
    expect(await saved({ ...newProvider(), name: input.name })).toMatchObject({ reason: 'NAME_TAKEN' });
    const second = await addPoint(db, { companyId: point.companyId, siteId: point.siteId });
    const devices = [{ deviceId: 'd1', pointId: second.id, channels: [{ channel: 'a', variable: 'LEVEL' }] }];
    expect(await saved({ ...input, id, devices })).toMatchObject({ reason: 'DEVICE_OF_OTHER_POINT' });
  });

  it('registers devices that speak over MQTT; a ChirpStack application belongs to one provider', async () => {
    const chirpstack = {
      ...{ companyId: point.companyId, name: 'ChirpStack', kind: 'CHIRPSTACK', connection: { scope: 'app-1' } },
      devices: [
        {
          ...{ deviceId: 'A84041FFFF123456', pointId: point.id },
          channels: [{ channel: 'probe.depth', variable: 'LEVEL' }],
        },
      ],
    };
    expect(await saved(chirpstack)).toMatchObject({
      ...{ __typename: 'Provider', state: 'LISTENING', schedules: [] },
      devices: [{ deviceId: 'a84041ffff123456' }],
    });
    expect(await saved({ ...chirpstack, name: 'Other', devices: [] })).toMatchObject({
      ...{ __typename: 'Conflict', reason: 'NAME_TAKEN' },
    });
    expect(await saved({ ...chirpstack, connection: { scope: 'a/+' } })).toMatchObject({
      __typename: 'ValidationFailed',
      fields: [{ path: 'connection.scope' }],
    });
  });

  it('pauses and resumes, and says which', async () => {
    const { id } = await saved(newProvider());
    const toggle = (name: string) =>
      world.get(`mutation ($id: ID!) { result: ${name}(id: $id) { ... on Provider { state isActive } } }`, viewer, {
        id,
      });
    expect(await toggle('pauseProvider')).toEqual({ result: { state: 'PAUSED', isActive: false } });
    expect(await toggle('resumeProvider')).toEqual({ result: { state: 'NEW', isActive: true } });
    const { rows } = await db.pool.query(`SELECT action FROM access.audit_log WHERE entity_id = $1 ORDER BY id`, [id]);
    expect(rows.map(({ action }) => action)).toEqual([
      'telemetry.saveProvider',
      'telemetry.pauseProvider',
      'telemetry.resumeProvider',
    ]);
  });
});

describe('testProvider', () => {
  const outcomes = ({ steps }: { steps: { step: string; outcome: string; code: string | null }[] }) =>
    steps.map(({ step, outcome, code }) => `${step} ${code ?? outcome}`);

  it('says of each step what answered, and keeps no reading', async () => {
    standIn.add('d1', 'caudal', { at: now - 60_000, value: 9 });
    const { id } = await saved(newProvider());
    const well = await tested(id);
    expect(outcomes(well)).toEqual(['NAME OK', 'SIGN_IN OK', 'DEVICES OK', 'READING OK', 'UNITS NOT_TOLD', 'CLOCK OK']);
    expect(well.isWell).toBe(true);
    standIn.faults.skewMs = 600_000;
    expect(outcomes(await tested(id)).at(-1)).toBe('CLOCK CLOCK_SKEW');
    standIn.faults.skewMs = 0;
    const { rows } = await db.pool.query('SELECT FROM telemetry.raw_readings WHERE point_id = $1', [point.id]);
    expect(rows).toEqual([]);
  });

  it('tells a wrong unit, a wrong password, an unknown name and a provider that is down from each other', async () => {
    const devices = [
      { deviceId: 'd1', pointId: point.id, channels: [{ channel: 'caudal', variable: 'FLOW', unit: 'l/s' }] },
    ];
    const tago = await saved(
      newProvider({
        ...{ kind: 'TAGO', devices, connection: standInConnection(standIn, 'TAGO') },
        credentials: { deviceTokens: [{ name: 'd1', value: `${deviceToken}-d1` }] },
      }),
    );
    standIn.faults.unit = 'm3/h';
    expect(outcomes(await tested(tago.id))).toContain('UNITS WRONG_UNIT');
    standIn.faults.unit = null;
    const wrong = await saved(newProvider({ credentials: { username, password: 'another one' } }));
    const refused = await tested(wrong.id);
    expect(outcomes(refused)).toEqual(['NAME OK', 'SIGN_IN SIGN_IN_REFUSED']);
    expect(JSON.stringify(refused)).not.toContain('another one');
    const nowhere = await saved(newProvider({ connection: { baseUrl: 'http://nowhere.invalid' } }));
    expect(outcomes(await tested(nowhere.id))).toEqual(['NAME UNAVAILABLE']);
    standIn.faults.next = { status: 503, times: 9 };
    expect(outcomes(await tested((await saved(newProvider())).id))).toEqual(['NAME OK', 'SIGN_IN UNAVAILABLE']);
    standIn.faults.next = null;
  });

  it('tells of each step as it comes, and of nothing to who does not reach the provider', async () => {
    const { id } = await saved(newProvider());
    const follow =
      'subscription ($id: ID!) { providerTested(id: $id) { steps { step outcome } isDone isWell refused } }';
    const heard = await world.listen(follow, viewer, { id });
    const counts: number[] = [];
    for (;;) {
      const { providerTested: told } = JSON.parse(JSON.stringify(await heard.next()));
      counts.push(told.steps.length);
      if (!told.isDone) continue;
      expect(told).toMatchObject({ isWell: true, refused: null });
      break;
    }
    expect(counts).toEqual([1, 2, 3, 4, 5, 6, 6]);
    heard.stop();
    const stranger = testViewer({ companyIds: [randomUUID()], siteIds: [randomUUID()] });
    const refused = await world.listen(follow, stranger, { id });
    expect(await refused.next()).toMatchObject({ providerTested: { steps: [], isDone: true, refused: 'NOT_FOUND' } });
    refused.stop();
  });

  it('gives up a slow provider when its listener leaves, and audits what was asked until then', async () => {
    const { id } = await saved(newProvider());
    standIn.faults.slowMs = 20_000;
    const follow = 'subscription ($id: ID!) { providerTested(id: $id) { steps { step } isDone } }';
    const heard = await world.listen(follow, viewer, { id });
    expect(await heard.next()).toMatchObject({ providerTested: { steps: [{ step: 'NAME' }], isDone: false } });
    heard.stop();
    standIn.faults.slowMs = 0;
    await eventually(async () => {
      const entry = await db.pool.query<{ after: { isWell: boolean } }>(
        `SELECT after FROM access.audit_log WHERE action = 'telemetry.testProvider' AND entity_id = $1`,
        [id],
      );
      return entry.rows[0]?.after.isWell === false;
    });
  });
});

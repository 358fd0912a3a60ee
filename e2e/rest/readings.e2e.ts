import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { demoPoints } from '@cauce/prisma/seed/telemetry/points';
import { beforeAll, describe, expect, it } from 'vitest';
import { signIn } from '../platform/graph-client.ts';
import { joinPlatform } from '../platform/shared-platform.ts';
import { type RestClient, restClient } from './rest-client.ts';

const platform = joinPlatform();
const path = '/api/telemetry/readings';
const pointOf = (code: string) => {
  const point = demoPoints.find((one) => one.code === code);
  if (point === undefined) throw new Error(`The demo has no ${code}`);
  return point;
};
// A quantity that the demo's devices do not send, at a time before all of theirs.
const own = pointOf('NORTE-POZO-2').code;
const foreign = pointOf('QUILLAY-POZO-1').code;
let ribera: RestClient;
let quillay: RestClient;
let reader: RestClient;
let key: string;

beforeAll(async () => {
  ribera = await keyOf('gerente', ['telemetry:ingest']);
  quillay = await keyOf('quillay', ['telemetry:ingest']);
  reader = await keyOf('gerente', ['telemetry:read']);
});

async function keyOf(account: string, permissions: readonly string[]): Promise<RestClient> {
  const person = await signIn(platform, account);
  const { data, errors } = await person.ask(
    'mutation($input: CreateApiKeyInput!) { createApiKey(input: $input) { ... on CreatedApiKey { secret } ... on Failure { message } } }',
    { input: { name: 'Registrador', permissions } },
  );
  const secret = Reflect.get(Object(data?.createApiKey), 'secret');
  if (typeof secret !== 'string') throw new Error(JSON.stringify({ data, errors }));
  key = secret;
  return restClient(platform, { 'x-api-key': secret });
}

const reading = (changes: object = {}) => ({
  ...{ id: randomUUID(), pointCode: own, measuredAt: '2024-03-01T12:00:00Z' },
  values: [{ channel: `e2e-${randomUUID()}`, value: 12.5 }],
  ...changes,
});
const post = (client: RestClient, body: unknown) => client(path, { method: 'POST', body });

/** Begins a request of a size and reads its answer: nothing is sent after it, because the door has closed by then. */
function announced(start: string, size: number): Promise<{ readonly status: number; readonly body: object }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': size, 'x-api-key': key };
    const asked = request(`${platform.url}${path}`, { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => {
        asked.destroy();
        resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
      });
    });
    asked.on('error', reject);
    asked.write(start);
  });
}

async function batchesOf(id: string): Promise<number> {
  const { rows } = await platform.pool.query(
    `SELECT count(*)::int AS count FROM telemetry.ingest_batches WHERE message_key LIKE '%:' || $1`,
    [id],
  );
  return rows[0]?.count ?? 0;
}

describe('readings that are pushed over HTTP with a key', () => {
  it('are stored once however often the request comes, and another one under its id is refused', async () => {
    const id = randomUUID();
    const readings = [reading(), reading({ measuredAt: '2024-03-01T12:05:00Z' })];
    const answers = await Promise.all([1, 2, 3].map(() => post(ribera, { id, readings })));
    for (const { status, body } of answers) {
      expect({ status, body }).toEqual({
        status: 200,
        body: { id, received: 2, stored: 2, duplicates: 0, conflicts: 0, rejected: [] },
      });
    }
    expect(await batchesOf(id)).toBe(1);
    const other = await post(ribera, { id, readings: [reading()] });
    expect({ status: other.status, ...other.body }).toMatchObject({ status: 409, reason: 'ID_REUSED' });
    expect(await batchesOf(id)).toBe(1);
  });

  it('go nowhere with the key of another company, which learns nothing of the point', async () => {
    const unknown = await post(quillay, { id: randomUUID(), readings: [reading({ id: 'r', pointCode: 'NOBODY' })] });
    const others = await post(quillay, { id: randomUUID(), readings: [reading({ id: 'r' })] });
    expect(others.body.rejected).toEqual([{ id: 'r', reason: 'UNKNOWN_POINT' }]);
    expect({ ...others.body, id: null }).toEqual({ ...unknown.body, id: null });
    const both = await post(ribera, {
      id: randomUUID(),
      readings: [reading(), reading({ id: 'far', pointCode: foreign })],
    });
    expect(both.body).toMatchObject({ received: 2, stored: 1, rejected: [{ id: 'far', reason: 'UNKNOWN_POINT' }] });
  });

  it('need the permission to bring them', async () => {
    const { status, body } = await post(reader, { id: randomUUID(), readings: [reading()] });
    expect({ status, ...body }).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  });

  it('are kept out by the time that they claim, and the rest of their request is stored', async () => {
    const { body } = await post(ribera, {
      id: randomUUID(),
      readings: [
        reading(),
        ...['0001-01-01', '9999-12-31'].map((day) => reading({ id: day, measuredAt: `${day}T00:00:00Z` })),
      ],
    });
    expect(body).toMatchObject({
      ...{ received: 3, stored: 1 },
      rejected: [
        { id: '0001-01-01', reason: 'IMPOSSIBLE_TIME' },
        { id: '9999-12-31', reason: 'IMPOSSIBLE_TIME' },
      ],
    });
  });

  it.each([
    ['a value that is not a number', 'NaN', 400, []],
    ['a value that no double holds', '1e999', 422, ['readings.0.values.0.value']],
    ['a number as text', '"12.5"', 422, ['readings.0.values.0.value']],
    ['nothing for a number', 'null', 422, ['readings.0.values.0.value']],
  ])('are refused as a whole with %s, and leave no batch', async (_what, value, status, fields) => {
    const id = randomUUID();
    const body = JSON.stringify({ id, readings: [reading({ values: [{ channel: 'level', value: 'HERE' }] })] });
    const answer = await post(ribera, body.replace('"HERE"', value));
    expect(answer.status).toBe(status);
    const { errors = [] } = answer.body as { errors?: readonly { field: string }[] };
    expect(errors.map(({ field }) => field)).toEqual(fields);
    expect(await batchesOf(id)).toBe(0);
  });

  it('are refused by the size that they announce, before they are read: 10 MB', async () => {
    const size = 10 * 1024 * 1024;
    const { status, body } = await announced(JSON.stringify({ id: randomUUID(), readings: [reading()] }), size);
    expect({ status, ...body }).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });
});

describe('a ChirpStack server that posts its events with a key', () => {
  const chirpstack = '/api/telemetry/chirpstack';
  const body = { deduplicationId: randomUUID(), time: '2024-03-01T12:00:00Z', object: { pulses: 1 } };
  const uplink = { ...body, deviceInfo: { applicationId: randomUUID(), devEui: '0101010101010101' }, fCnt: 1 };
  const event = (client: RestClient, kind: string, given: unknown) =>
    client(`${chirpstack}?event=${kind}`, { method: 'POST', body: given });

  it('is told of each what became of it: taken, ignored, unknown, unreadable, or not allowed', async () => {
    const save = `mutation ($input: SaveProviderInput!) { saveProvider(input: $input) { __typename ... on Failure { reason } } }`;
    const channels = [{ channel: 'pulses', variable: 'TOTAL', isPulses: true }];
    const person = await signIn(platform, 'gerente');
    const { id: pointId, company_id: companyId } = (
      await platform.pool.query('SELECT id, company_id FROM telemetry.catchment_points WHERE code = $1', [own])
    ).rows[0];
    const { applicationId: scope, devEui } = uplink.deviceInfo;
    const devices = [{ deviceId: devEui, pointId, channels }];
    const input = { companyId, name: `LoRaWAN ${scope}`, kind: 'CHIRPSTACK', connection: { scope }, devices };
    const { data } = await person.ask(save, { input });
    expect(data).toEqual({ saveProvider: { __typename: 'Provider' } });
    const stored = await event(ribera, 'up', uplink);
    expect({ status: stored.status, ...stored.body }).toEqual({
      ...{ status: 200, id: uplink.deduplicationId, outcome: 'STORED', pointCode: own },
    });
    expect((await event(ribera, 'up', uplink)).body).toMatchObject({ outcome: 'DUPLICATE' });
    expect((await event(ribera, 'join', { devAddr: '00189440' })).body).toMatchObject({ outcome: 'IGNORED' });
    const foreign = await event(quillay, 'up', uplink);
    expect({ status: foreign.status, ...foreign.body }).toMatchObject({ status: 404 });
    const bytes = await event(ribera, 'up', { ...uplink, object: undefined });
    expect({ status: bytes.status, ...bytes.body }).toMatchObject({
      ...{ status: 422, errors: [{ field: 'body', code: 'NOT_DECODED' }] },
    });
    expect((await event(reader, 'up', uplink)).status).toBe(403);
  });
});

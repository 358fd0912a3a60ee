import { randomUUID } from 'node:crypto';
import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { createMessageStore } from '../intake/message-store.ts';
import { runReprocess } from '../reprocess/run-reprocess.ts';
import { addPoint, bodyOf } from '../test-support/points.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';

const db = await testDatabase();
const now = new Date('2026-11-20T12:00:00Z');
const world = await telemetryWorld(db, { clock: fixedClock(now) });
const companyId = randomUUID();
const siteId = randomUUID();
const manager = testViewer({ companyIds: [companyId], siteIds: [siteId] });

const create = `mutation ($input: CreateCatchmentPointInput!) {
  createCatchmentPoint(input: $input) {
    __typename
    ... on CatchmentPoint { id code sourceKind status samplingMinutes timeZone waterRightFlowLps updatedAt variables { variable unit pulsesPerLiter calibrationFactor } }
    ... on Conflict { reason }
    ... on NotFound { entity }
    ... on ValidationFailed { fields { path code } }
  }
}`;
const well = {
  code: 'NUEVO-1',
  name: 'Pozo nuevo',
  type: 'WELL',
  siteId,
  companyId,
  waterRightFlowLps: '12.5',
  variables: [
    { variable: 'TOTAL', pulsesPerLiter: '1000', calibrationFactor: '1.023' },
    { variable: 'LEVEL', maxValue: 90 },
  ],
};

async function rows<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  return (await db.pool.query<Row>(sql, [...values])).rows;
}

describe('createCatchmentPoint', () => {
  it('registers a point whose device can send at once, with its audit entry and event', async () => {
    const { createCatchmentPoint: point } = await world.get(create, manager, { input: well });
    expect(point).toMatchObject({
      __typename: 'CatchmentPoint',
      code: 'NUEVO-1',
      sourceKind: 'GROUNDWATER',
      status: 'ACTIVE',
      samplingMinutes: 60,
      timeZone: 'America/Santiago',
      waterRightFlowLps: '12.5',
      variables: [
        { variable: 'LEVEL', unit: 'm' },
        { variable: 'TOTAL', unit: 'm3', pulsesPerLiter: '1000', calibrationFactor: '1.023' },
      ],
    });
    const body = bodyOf('2026-11-20T11:00:00Z', { pulses: 1_000_000, level: 3 });
    await createMessageStore(world.deps, 'cauce')([{ topic: 'cauce/NUEVO-1/up', payload: Buffer.from(body) }]);
    expect(await rows('SELECT variable::text, value FROM telemetry.latest_measurements ORDER BY 1')).toEqual([
      { variable: 'LEVEL', value: 3 },
      { variable: 'TOTAL', value: 1.023 },
    ]);
    expect(
      await rows(
        `SELECT actor_id, entity_type, site_id FROM access.audit_log WHERE action = 'telemetry.createCatchmentPoint'`,
      ),
    ).toEqual([{ actor_id: manager.id, entity_type: 'CatchmentPoint', site_id: siteId }]);
    expect(
      await rows(
        `SELECT site_id, payload ->> 'pointCode' AS code FROM platform.outbox WHERE topic = 'telemetry.pointStatusChanged'`,
      ),
    ).toEqual([{ site_id: siteId, code: 'NUEVO-1' }]);
  });

  it.each([
    ['a code that is taken', {}, { __typename: 'Conflict', reason: 'CODE_TAKEN' }],
    [
      'a sensor below the bottom',
      { code: 'NUEVO-2', wellDepthM: 50, sensorDepthM: 51 },
      { __typename: 'ValidationFailed', fields: [{ path: 'sensorDepthM', code: 'DEEPER_THAN_WELL' }] },
    ],
    [
      'a code that is no topic level',
      { code: 'a/b', name: '' },
      {
        __typename: 'ValidationFailed',
        fields: [
          { path: 'code', code: 'INVALID_FORMAT' },
          { path: 'name', code: 'TOO_SMALL' },
        ],
      },
    ],
  ])('refuses %s as data, and writes nothing', async (_name, change, expected) => {
    const before = await rows('SELECT id FROM telemetry.catchment_points');
    expect(await world.get(create, manager, { input: { ...well, ...change } })).toEqual({
      createCatchmentPoint: expected,
    });
    expect(await rows('SELECT id FROM telemetry.catchment_points')).toEqual(before);
  });

  it('refuses to give a site points of two companies', async () => {
    const input = { ...well, code: 'NUEVO-3', companyId: randomUUID() };
    expect(await world.get(create, testAdmin(), { input })).toEqual({
      createCatchmentPoint: { __typename: 'Conflict', reason: 'SITE_OF_OTHER_COMPANY' },
    });
  });
});

describe('updateCatchmentPoint', () => {
  const update = `mutation ($input: UpdateCatchmentPointInput!) {
    updateCatchmentPoint(input: $input) { __typename ... on CatchmentPoint { name status standard wellDepthM updatedAt } ... on Conflict { reason } ... on ValidationFailed { fields { path } } }
  }`;

  it('changes what is given, empties what is null, leaves the rest, and keeps before and after', async () => {
    const point = await addPoint(db, { companyId, siteId });
    await db.pool.query(`UPDATE telemetry.catchment_points SET standard = 'MAYOR', well_depth_m = 80 WHERE id = $1`, [
      point.id,
    ]);
    const input = { id: point.id, name: 'Pozo renombrado', standard: null, status: 'MAINTENANCE' };
    expect(await world.get(update, manager, { input })).toMatchObject({
      updateCatchmentPoint: { name: 'Pozo renombrado', status: 'MAINTENANCE', standard: null, wellDepthM: 80 },
    });
    const [entry] = await rows<{ before: { name: string }; after: { name: string } }>(
      `SELECT before, after FROM access.audit_log WHERE action = 'telemetry.updateCatchmentPoint' AND entity_id = $1`,
      [point.id],
    );
    expect([entry?.before.name, entry?.after.name]).toEqual(['Pozo', 'Pozo renombrado']);
    expect(
      await rows(
        `SELECT payload ->> 'status' AS status FROM platform.outbox WHERE topic = 'telemetry.pointStatusChanged' AND key = $1`,
        [point.id],
      ),
    ).toEqual([{ status: 'MAINTENANCE' }]);
  });

  it('refuses a change to a point that somebody else has changed since', async () => {
    const point = await addPoint(db, { companyId, siteId });
    const seen = await rows<{ updated_at: Date }>('SELECT updated_at FROM telemetry.catchment_points WHERE id = $1', [
      point.id,
    ]);
    const expectedUpdatedAt = seen[0]?.updated_at.toISOString();
    const first = await world.get(update, manager, { input: { id: point.id, name: 'Primero', expectedUpdatedAt } });
    expect(first).toMatchObject({ updateCatchmentPoint: { name: 'Primero' } });
    expect(await world.get(update, manager, { input: { id: point.id, name: 'Segundo', expectedUpdatedAt } })).toEqual({
      updateCatchmentPoint: { __typename: 'Conflict', reason: 'STALE' },
    });
  });

  it('checks a new sensor depth against the well that is stored', async () => {
    const point = await addPoint(db, { companyId, siteId });
    await db.pool.query('UPDATE telemetry.catchment_points SET well_depth_m = 80 WHERE id = $1', [point.id]);
    expect(await world.get(update, manager, { input: { id: point.id, sensorDepthM: 81 } })).toEqual({
      updateCatchmentPoint: { __typename: 'ValidationFailed', fields: [{ path: 'sensorDepthM' }] },
    });
  });
});

describe('what speaks for a point', () => {
  const update = `mutation ($input: UpdateCatchmentPointInput!) {
    updateCatchmentPoint(input: $input) { __typename
      ... on CatchmentPoint { variables { variable } devices { id deviceId isActive provider { id } channels { channel variable } } reprocessRuns { id variables cause: reason } }
      ... on Failure { reason } ... on ValidationFailed { fields { path code } } }
  }`;
  const change = async (input: Readonly<Record<string, unknown>>, viewer = manager) =>
    JSON.parse(JSON.stringify((await world.get(update, viewer, { input })).updateCatchmentPoint));
  const providerOf = async (owner: string, name: string = randomUUID()) => {
    const [row] = await rows<{ id: string }>(
      `INSERT INTO telemetry.providers (company_id, name, kind, connection) VALUES ($1, $2, 'CHIRPSTACK', jsonb_build_object('scope', $2::text)) RETURNING id`,
      [owner, name],
    );
    return row?.id ?? '';
  };
  const channels = [{ channel: 'nivel', variable: 'LEVEL' }];
  const send = (code: string, values: Readonly<Record<string, number>>) =>
    createMessageStore(
      world.deps,
      'cauce',
    )([{ topic: `cauce/${code}/up`, payload: Buffer.from(bodyOf('2026-11-20T11:00:00Z', values)) }]);

  it('is its own device and those of its company’s providers, which no other point can take', async () => {
    const providerId = await providerOf(companyId);
    const devices = [{ providerId, deviceId: 'A84041FFFF000001', channels }];
    const made = await world.get(create, manager, { input: { ...well, code: 'EQUIPOS-1', devices } });
    expect(made.createCatchmentPoint).toMatchObject({ code: 'EQUIPOS-1' });
    const id = String(Reflect.get(Object(made.createCatchmentPoint), 'id'));
    const after = await change({ id, newDevices: [{ providerId, deviceId: 'a84041ffff000002', channels }] });
    expect(after).toMatchObject({ __typename: 'CatchmentPoint' });
    expect(after.devices).toMatchObject([
      { deviceId: 'EQUIPOS-1', provider: null, isActive: true },
      { deviceId: 'a84041ffff000001', provider: { id: providerId }, channels },
      { deviceId: 'a84041ffff000002' },
    ]);
    expect(await world.get(create, manager, { input: { ...well, code: 'EQUIPOS-2', devices } })).toMatchObject({
      createCatchmentPoint: { reason: 'DEVICE_TAKEN' },
    });
    const other = await addPoint(db, { companyId, siteId });
    const taken = [{ providerId, deviceId: 'a84041ffff000002', channels }];
    expect(await change({ id: other.id, newDevices: taken })).toMatchObject({ reason: 'DEVICE_TAKEN' });
    expect(await change({ id, newDevices: taken })).toMatchObject({ reason: 'DEVICE_TAKEN' });
    const [, { id: deviceId }] = after.devices;
    const silenced = await change({ id, deviceStates: [{ id: deviceId, isActive: false }] });
    expect(silenced.devices.map((device: { isActive: boolean }) => device.isActive)).toEqual([true, false, true]);
    expect(await change({ id: other.id, deviceStates: [{ id: deviceId, isActive: true }] })).toMatchObject({
      reason: 'NOT_FOUND',
    });
  });

  it('is never a device of another company’s provider, which is told like one that is not there', async () => {
    const point = await addPoint(db, { companyId, siteId });
    const elsewhere = randomUUID();
    const foreign = { providerId: await providerOf(elsewhere), deviceId: 'x', channels };
    const missing = { ...foreign, providerId: randomUUID() };
    const told = await Promise.all([foreign, missing].map((device) => change({ id: point.id, newDevices: [device] })));
    expect(told).toEqual([told[0], told[0]]);
    expect(told[0]).toMatchObject({ reason: 'NOT_FOUND' });
    const both = testViewer({ companyIds: [companyId, elsewhere], siteIds: [siteId] });
    expect(await change({ id: point.id, newDevices: [foreign] }, both)).toMatchObject({
      reason: 'POINT_OF_OTHER_COMPANY',
    });
  });

  it('is nobody else’s that speaks plain MQTT under the same id: who comes second is refused', async () => {
    const theirs = await addPoint(db);
    const [provider] = await rows<{ id: string }>(
      `INSERT INTO telemetry.providers (company_id, name, kind) VALUES ($1, 'Propios', 'MQTT') RETURNING id`,
      [theirs.companyId],
    );
    await db.pool.query(
      `INSERT INTO telemetry.reading_sources (point_id, provider_id, device_id) VALUES ($1, $2, 'NUEVO-9')`,
      [theirs.id, provider?.id],
    );
    expect(await world.get(create, manager, { input: { ...well, code: 'NUEVO-9' } })).toMatchObject({
      createCatchmentPoint: { reason: 'DEVICE_TAKEN' },
    });
  });

  it.each([
    ['its own device', null],
    ['a device of our broker that a provider stands for', 'MQTT'],
  ])('may say something new by %s: what was sent of it before is measured as well', async (_what, kind) => {
    const point = await addPoint(db, { companyId, siteId, variables: ['FLOW'] });
    if (kind !== null)
      await db.pool.query(
        `WITH made AS (INSERT INTO telemetry.providers (company_id, name, kind) VALUES ($1, $2, 'MQTT') RETURNING id)
         UPDATE telemetry.reading_sources SET provider_id = made.id FROM made WHERE point_id = $3`,
        [companyId, randomUUID(), point.id],
      );
    await send(point.code, { flow: 3, ph: 7.1 });
    const after = await change({ id: point.id, newVariables: [{ variable: 'PH' }] });
    expect(after.variables).toEqual([{ variable: 'FLOW' }, { variable: 'PH' }]);
    expect(after.reprocessRuns).toMatchObject([{ variables: ['PH'], cause: 'CONSTANTS' }]);
    const options = { now: () => now, signal: AbortSignal.timeout(60_000), report: () => undefined };
    await runReprocess(db, after.reprocessRuns[0].id, options);
    expect(
      await rows('SELECT value FROM telemetry.measurements WHERE point_id = $1 AND variable = $2', [point.id, 'PH']),
    ).toEqual([{ value: 7.1 }]);
  });

  it.each([
    [
      'a quantity that it measures',
      { newVariables: [{ variable: 'FLOW' }] },
      'newVariables.0.variable',
      'ALREADY_MEASURED',
    ],
    [
      'a channel that carries something else',
      { newVariables: [{ variable: 'PH', channel: 'flow' }] },
      'newVariables.0.channel',
      'CHANNEL_TAKEN',
    ],
  ])('is not given %s', async (_what, changes, path, code) => {
    const point = await addPoint(db, { companyId, siteId });
    expect(await change({ id: point.id, ...changes })).toMatchObject({ fields: [{ path, code }] });
  });

  it('keeps what it said: another meter is counted again, and the zone of its days stays', async () => {
    const point = await addPoint(db, { companyId, siteId, meterDigits: 6 });
    expect(await change({ id: point.id, timeZone: 'UTC', meterDigits: 5 })).toMatchObject({ reprocessRuns: [] });
    await send(point.code, { pulses: 10 });
    expect(await change({ id: point.id, timeZone: 'America/Santiago' })).toMatchObject({
      fields: [{ path: 'timeZone', code: 'HAS_READINGS' }],
    });
    expect(await change({ id: point.id, timeZone: 'UTC', meterDigits: 7 })).toMatchObject({
      reprocessRuns: [{ variables: ['TOTAL'], cause: 'CONSTANTS' }],
    });
    expect(await change({ id: point.id, name: 'Otro' })).toMatchObject({ reprocessRuns: [{}] });
  });

  it('is changed by one of two who save at once, and the other is told', async () => {
    const point = await addPoint(db, { companyId, siteId });
    const told = await Promise.all(
      (['PH', 'PRESSURE'] as const).map((variable) => change({ id: point.id, newVariables: [{ variable }] })),
    );
    const isStale = (one: { reason?: string }) => one.reason === 'STALE';
    const added = await rows(
      `SELECT variable FROM telemetry.point_variables WHERE point_id = $1 AND variable IN ('PH', 'PRESSURE')`,
      [point.id],
    );
    expect(added.length).toBe(told.filter((one) => !isStale(one)).length);
  });
});

describe('catchmentPoints', () => {
  const listed = testViewer({ companyIds: 'all', siteIds: [randomUUID()] });
  const [listedSite] = listed.siteIds === 'all' ? [] : listed.siteIds;
  const page = `query ($first: Int, $after: String, $filter: CatchmentPointFilter, $orderBy: CatchmentPointOrder) {
    catchmentPoints(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { code } }
    }
  }`;
  interface Answer {
    readonly catchmentPoints: {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
      readonly edges: readonly { readonly node: { readonly code: string } }[];
    };
  }
  const read = async (variables: Readonly<Record<string, unknown>>): Promise<Answer['catchmentPoints']> => {
    const result = await world.ask(page, listed, variables);
    expect(result.errors).toBeUndefined();
    const data: Answer = JSON.parse(JSON.stringify(result.data));
    return data.catchmentPoints;
  };
  const codes = ['L-01', 'L-02', 'L-03', 'L-04', 'L-05', 'L_06%'];

  it('pages through all points once, in either order, also when all have one name', async () => {
    if (listedSite === undefined) throw new Error('No site');
    for (const code of codes) await addPoint(db, { code, siteId: listedSite });
    for (const [orderBy, expected] of [
      ['NAME_ASC', codes],
      ['CODE_DESC', codes.toReversed()],
    ] as const) {
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const { edges, pageInfo, totalCount } = await read({ first: 4, after, orderBy });
        expect(totalCount).toBe(6);
        seen.push(...edges.map(({ node }) => node.code));
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      } while (after !== null);
      expect(orderBy === 'NAME_ASC' ? seen.toSorted() : seen).toEqual(expected);
    }
  });

  it.each([
    ['part of a code in any case', { search: 'l-0' }, 5],
    ['a percent sign, which means itself', { search: '%' }, 1],
    ['an underscore, which means itself', { search: 'l_' }, 1],
    ['an id that is none', { siteIds: ["'; DROP TABLE x"] }, 0],
    ['a state', { statuses: ['OFFLINE'] }, 0],
    ['points without open alerts', { hasOpenAlerts: false, types: ['WELL'] }, 6],
  ])('filters by %s', async (_name, filter, expected) => {
    expect((await read({ filter })).totalCount).toBe(expected);
  });

  it('refuses a cursor that it did not make, and a page that is too long', async () => {
    expect(await world.refused(page, listed, { after: 'eyJhIjoxfQ' })).toBe('BAD_USER_INPUT');
    expect(await world.refused(page, listed, { first: 201 })).toBe('BAD_USER_INPUT');
  });

  it('asks for id or code, not both', async () => {
    expect(await world.refused('{ catchmentPoint { code } }', listed)).toBe('BAD_USER_INPUT');
    expect(await world.refused('{ catchmentPoint(id: "1", code: "L-01") { code } }', listed)).toBe('BAD_USER_INPUT');
    expect(await world.get('{ catchmentPoint(code: "L-01") { code } }', listed)).toEqual({
      catchmentPoint: { code: 'L-01' },
    });
  });
});

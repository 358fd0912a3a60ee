import { randomUUID } from 'node:crypto';
import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { alertRaised, measurementAdded, pointStatusChanged } from './events.ts';
import { balanceSchema, saveSchema } from './test-support/telemetry-schemas.ts';
import { telemetryWorld } from './test-support/telemetry-world.ts';
import { addCompanyWater } from './test-support/two-companies.ts';

const db = await testDatabase();
const now = new Date('2026-11-20T12:00:00Z');
const world = await telemetryWorld(db, { clock: fixedClock(now) });
const own = await addCompanyWater(db, 'A');
const other = await addCompanyWater(db, 'B');
const outsider = testOutsider();
/** Reaches the company of A and none of its sites: what hangs on a site stays hidden. */
const siteless = testViewer({ companyIds: [own.companyId], siteIds: [] });

/** Everything that a query can be asked, with the other company's ids wherever one fits. */
const everything = `query ($id: ID!, $code: String!, $site: ID!, $company: ID!, $alert: ID!, $slot: ID!, $refs: [_Any!]!) {
  list: catchmentPoints { totalCount edges { node { code } } }
  bySite: catchmentPoints(filter: { siteIds: [$site] }) { totalCount edges { node { code } } }
  byCompany: catchmentPoints(filter: { companyIds: [$company], search: "POZO", hasOpenAlerts: true }) { totalCount edges { node { code } } }
  byId: catchmentPoint(id: $id) { code }
  byCode: catchmentPoint(code: $code) { code }
  alerts { totalCount edges { node { id point { code } } } }
  alertsOf: alerts(filter: { pointIds: [$id], siteIds: [$site] }) { totalCount edges { node { id } } }
  complianceSubmissions { totalCount edges { node { voucher attempts { outcome } } } }
  ledgerOf: complianceSubmissions(filter: { pointIds: [$id] }) { totalCount edges { node { voucher } } }
  complianceCalendar(pointId: $id, month: "2026-11") { days { counts { count } } }
  complianceCalendars(siteId: $site, month: "2026-11") { point { code } registrations { sourceCode } days { counts { count } } }
  complianceSubmission(id: $slot) { voucher explanation(language: es) voucherLink { createdAt } }
  regulatorAccounts(companyId: $company) { username }
  providers { name state lagSeconds devices { deviceId point { code } } }
  _entities(representations: $refs) {
    ... on CatchmentPoint { code latest { value } trend(variable: FLOW) { state perMonth } anomalies(variable: FLOW) { items { observed } } forecast(variable: FLOW) { points { expected } } waterRightOutlook { usedM3 } series(variable: LEVEL, range: { from: "2026-11-20", to: "2026-11-20" }) { points { value } } openAlerts { id } lastSubmission { voucher } }
    ... on Site { catchmentPoints { code } openAlerts { id } waterUse(range: { from: "2026-11-01", to: "2026-11-30" }) { volumeM3 points grantedYearlyM3 measuredAt days { volumeM3 } } }
    ... on Company { waterUse(range: { from: "2026-11-01", to: "2026-11-30" }) { volumeM3 points measuredAt days { volumeM3 } } }
  }
}`;

const idsOf = ({ point, siteId, companyId, alertId, submissionId }: typeof own) => ({
  slot: submissionId,
  id: point.id,
  code: point.code,
  site: siteId,
  company: companyId,
  alert: alertId,
  refs: [
    { __typename: 'CatchmentPoint', id: point.id },
    { __typename: 'CatchmentPoint', code: point.code },
    { __typename: 'Site', id: siteId },
    { __typename: 'Company', id: companyId },
  ],
});

const nothing = { totalCount: 0, edges: [] };

describe('a viewer of one company', () => {
  it('sees its own water through every door, so that the refusals below mean something', async () => {
    const data = await world.get(everything, own.viewer, idsOf(own));
    expect(data).toMatchObject({
      list: { totalCount: 1, edges: [{ node: { code: 'A-POZO-1' } }] },
      byCompany: { totalCount: 1 },
      byId: { code: 'A-POZO-1' },
      byCode: { code: 'A-POZO-1' },
      alerts: { totalCount: 1, edges: [{ node: { point: { code: 'A-POZO-1' } } }] },
      complianceSubmissions: { totalCount: 1, edges: [{ node: { voucher: 'VOUCHER-A' } }] },
      complianceCalendars: [{ point: { code: 'A-POZO-1' }, registrations: [{ sourceCode: 'DGA' }] }],
      complianceSubmission: { voucher: 'VOUCHER-A' },
      providers: [{ name: 'Twin A' }],
      _entities: [
        {
          code: 'A-POZO-1',
          latest: [{ value: 31.5 }, { value: 500 }],
          series: { points: [{ value: 31.5 }] },
          openAlerts: [{}],
        },
        { code: 'A-POZO-1', lastSubmission: { voucher: 'VOUCHER-A' } },
        { catchmentPoints: [{ code: 'A-POZO-1' }], openAlerts: [{}], waterUse: { volumeM3: 25, points: 1 } },
        { waterUse: { volumeM3: 25, points: 1, days: [{ volumeM3: 25 }] } },
      ],
    });
  });

  it.each([
    ['its own viewer, asking for the other company', () => own.viewer],
    ['a viewer of nothing at all', () => outsider],
  ])('answers %s with nothing of it: no row, no count, no sum', async (_name, viewer) => {
    const data = await world.get(everything, viewer(), idsOf(other));
    expect(JSON.stringify(data)).not.toMatch(/B-POZO|VOUCHER-B|Twin B/);
    const noWater = { volumeM3: 0, points: 0, measuredAt: null, days: [] };
    expect(data).toMatchObject({
      bySite: nothing,
      byCompany: nothing,
      byId: null,
      byCode: null,
      alertsOf: nothing,
      ledgerOf: nothing,
      complianceCalendar: null,
      complianceCalendars: [],
      complianceSubmission: null,
      regulatorAccounts: [],
      _entities: [
        null,
        null,
        { catchmentPoints: [], openAlerts: [], waterUse: { ...noWater, grantedYearlyM3: null } },
        { waterUse: noWater },
      ],
    });
  });

  it('hides points from who reaches their company and not their site', async () => {
    const data = await world.get(everything, siteless, idsOf(own));
    expect(data).toMatchObject({ list: nothing, byId: null, alerts: nothing, complianceSubmissions: nothing });
    expect(data).toMatchObject({ complianceCalendars: [], complianceSubmission: null });
    expect(data._entities).toMatchObject([
      null,
      null,
      { catchmentPoints: [] },
      { waterUse: { volumeM3: 0, points: 0 } },
    ]);
  });

  it('cannot change what is out of its reach, and is told that it is not there', async () => {
    const result = await world.get(
      `mutation ($alert: ID!, $point: ID!, $site: ID!, $company: ID!, $ownSite: ID!, $code: String!) {
        acknowledgeAlert(input: { alertId: $alert }) { __typename }
        updateCatchmentPoint(input: { id: $point, name: "Mío" }) { __typename }
        analyseCatchmentPoint(id: $point) { __typename }
        there: createCatchmentPoint(input: { code: "X-1", name: "Nuevo", type: WELL, siteId: $site, companyId: $company, variables: [{ variable: LEVEL }] }) { __typename }
        mixed: createCatchmentPoint(input: { code: "X-2", name: "Nuevo", type: WELL, siteId: $ownSite, companyId: $company, variables: [{ variable: LEVEL }] }) { __typename }
        taken: createCatchmentPoint(input: { code: $code, name: "Nuevo", type: WELL, siteId: $site, companyId: $company, variables: [{ variable: LEVEL }] }) { __typename }
        ingestReadings(input: { id: "r1", readings: [{ id: "x", pointCode: $code, measuredAt: "2026-11-20T11:00:00Z", values: [{ channel: "level", value: 1 }] }] }) {
          ... on IngestedReadings { stored rejected { id reason } }
        }
      }`,
      own.viewer,
      {
        alert: other.alertId,
        point: other.point.id,
        site: other.siteId,
        company: other.companyId,
        ownSite: own.siteId,
        code: other.point.code,
      },
    );
    const notFound = { __typename: 'NotFound' };
    expect(result).toEqual({
      acknowledgeAlert: notFound,
      updateCatchmentPoint: notFound,
      analyseCatchmentPoint: notFound,
      there: notFound,
      mixed: notFound,
      taken: notFound,
      ingestReadings: { stored: 0, rejected: [{ id: 'x', reason: 'UNKNOWN_POINT' }] },
    });
    const { rows } = await db.pool.query(
      `SELECT (SELECT name FROM telemetry.catchment_points WHERE id = $1) AS name,
              (SELECT status::text FROM telemetry.alerts WHERE id = $2) AS status,
              (SELECT count(*)::int FROM telemetry.raw_readings WHERE point_id = $1) AS readings,
              (SELECT count(*)::int FROM telemetry.catchment_points) AS points`,
      [other.point.id, other.alertId],
    );
    expect(rows).toEqual([{ name: 'Pozo', status: 'OPEN', readings: 0, points: 2 }]);
  });

  it('cannot change, pause, test or feed from a provider out of its reach, nor lead one of its own to a foreign point', async () => {
    const { rows: providers } = await db.pool.query<{ id: string; company_id: string }>(
      'SELECT id::text, company_id::text FROM telemetry.providers ORDER BY name',
    );
    const idOf = (companyId: string) => providers.find((row) => row.company_id === companyId)?.id;
    const before = await db.client.provider.findMany({ orderBy: { name: 'asc' } });
    const result = await world.get(
      `mutation ($foreign: ID!, $company: ID!, $ownCompany: ID!, $point: ID!) {
        changed: saveProvider(input: { id: $foreign, name: "Mío", kind: TWIN, connection: { baseUrl: "https://mine.example" } }) { __typename }
        added: saveProvider(input: { companyId: $company, name: "Mío", kind: SAMPLE }) { __typename }
        fed: saveProvider(input: { companyId: $ownCompany, name: "Mío", kind: SAMPLE, devices: [{ deviceId: "x", pointId: $point, channels: [{ channel: "a", variable: LEVEL }] }] }) { __typename }
        pauseProvider(id: $foreign) { __typename }
        resumeProvider(id: $foreign) { __typename }
        testProvider(id: $foreign) { __typename }
      }`,
      own.viewer,
      {
        foreign: idOf(other.companyId),
        company: other.companyId,
        ownCompany: own.companyId,
        point: other.point.id,
      },
    );
    const notFound = { __typename: 'NotFound' };
    expect(result).toEqual({
      changed: notFound,
      added: notFound,
      fed: notFound,
      pauseProvider: notFound,
      resumeProvider: notFound,
      testProvider: notFound,
    });
    expect(await db.client.provider.findMany({ orderBy: { name: 'asc' } })).toEqual(before);
  });

  it('sees no device of a provider whose point is out of its reach, though it reaches the company', async () => {
    await db.pool.query(
      `INSERT INTO telemetry.reading_sources (point_id, provider_id, device_id)
       SELECT $1, id, 'dev-secret-1' FROM telemetry.providers WHERE company_id = $2`,
      [own.point.id, own.companyId],
    );
    const query = '{ providers { name devices { deviceId point { code } } } }';
    const device = { deviceId: 'dev-secret-1', point: { code: 'A-POZO-1' } };
    expect(await world.get(query, own.viewer)).toEqual({ providers: [{ name: 'Twin A', devices: [device] }] });
    expect(await world.get(query, siteless)).toEqual({ providers: [{ name: 'Twin A', devices: [] }] });
  });

  it('hears of its own events and of no other, also when it asks for them', async () => {
    const both = [own, other];
    const ids = { points: both.map(({ point }) => point.id), sites: both.map(({ siteId }) => siteId) };
    const measurements = await world.listen(
      'subscription ($points: [ID!]!) { measurementAdded(pointIds: $points) { value point { code } } }',
      own.viewer,
      { points: ids.points },
    );
    const latest = await world.listen(
      'subscription ($points: [ID!]!) { latestMeasurementsChanged(pointIds: $points) { value point { code } } }',
      own.viewer,
      { points: ids.points },
    );
    const alerts = await world.listen(
      'subscription ($sites: [ID!]!) { alertRaised(siteIds: $sites) { id } }',
      own.viewer,
      { sites: ids.sites },
    );
    const states = await world.listen('subscription { pointStatusChanged { code } }', own.viewer);
    const added = {
      variable: 'LEVEL',
      value: 1,
      unit: 'm',
      measuredAt: now.toISOString(),
      quality: 'GOOD',
      flags: [],
    } as const;
    // The other company's events first: the listener must pass over them.
    for (const { point, siteId, companyId, alertId } of [other, own]) {
      const event = { siteId, companyId, key: point.id, occurredAt: now.toISOString() };
      await world.deps.bus.publish([
        {
          ...event,
          id: randomUUID(),
          topic: measurementAdded.name,
          payload: { pointId: point.id, pointCode: point.code, measurements: [added] },
        },
        { ...event, id: randomUUID(), topic: alertRaised.name, payload: { alertId, pointId: point.id } },
        { ...event, id: randomUUID(), topic: pointStatusChanged.name, payload: { pointId: point.id } },
      ]);
    }
    expect(await measurements.next()).toEqual({ measurementAdded: { value: 1, point: { code: 'A-POZO-1' } } });
    expect(await latest.next()).toEqual({
      latestMeasurementsChanged: [{ value: 1, point: { code: 'A-POZO-1' } }],
    });
    expect(await alerts.next()).toEqual({ alertRaised: { id: own.alertId } });
    expect(await states.next()).toEqual({ pointStatusChanged: { code: 'A-POZO-1' } });
    for (const listener of [measurements, latest, alerts, states]) listener.stop();
  });
});

describe('schemas', async () => {
  const companies = [
    ['A', own],
    ['B', other],
  ] as const;
  const ids = new Map<string, string>();
  for (const [name, { companyId, viewer }] of companies) {
    ids.set(name, await saveSchema(world, viewer, { ...balanceSchema, companyId, name: `Esquema ${name}` }));
  }
  const [ownId, otherId] = [ids.get('A'), ids.get('B')];
  const days = 'range: { from: "2026-11-20", to: "2026-11-20" }';
  const ask = `query ($id: ID!, $company: ID!, $code: String!, $point: ID!, $refs: [_Any!]!, $input: PreviewTelemetrySchemaInput!) {
    telemetrySchemas { totalCount edges { node { name company { id } points { code } } } }
    of: telemetrySchemas(filter: { companyIds: [$company], search: "ESQUEMA" }) { totalCount edges { node { name } } }
    telemetrySchema(id: $id) { name quantities { name } calculatedFields { expression } validationRules { expression } points { code } }
    catchmentPoint(code: $code) { schemas { name } groups(schemaId: $id, ${days}) { totalCount edges { node { values { value } } } } }
    previewTelemetrySchema(input: $input, pointId: $point) { ... on TelemetrySchemaPreview { groups { values { value } } } }
    _entities(representations: $refs) { ... on CatchmentPoint { schemas { name } groups(schemaId: $id, ${days}) { totalCount } } }
  }`;
  const { name: _, type: _type, ...input } = { ...balanceSchema, interval: 'MINUTES_30' };
  const variables = ({ companyId, point }: typeof own, id: string | undefined) => ({
    ...{ id, company: companyId, code: point.code, point: point.id, input },
    refs: [{ __typename: 'CatchmentPoint', id: point.id }],
  });

  it('are seen by who reaches the company, with the groups of points within reach', async () => {
    expect(await world.get(ask, own.viewer, variables(own, ownId))).toMatchObject({
      telemetrySchemas: { totalCount: 1, edges: [{ node: { name: 'Esquema A' } }] },
      of: { totalCount: 1 },
      telemetrySchema: { name: 'Esquema A' },
      catchmentPoint: { schemas: [{ name: 'Esquema A' }], groups: { totalCount: 0 } },
      // The counter's reading of 10:00 closes the half hour before it.
      previewTelemetrySchema: {
        groups: [{ values: [{}, {}, { value: 31.5 }, {}, {}] }, { values: [{}, { value: 25 }, {}, {}, {}] }],
      },
      _entities: [{ schemas: [{ name: 'Esquema A' }], groups: { totalCount: 0 } }],
    });
  });

  it('are not there for anybody else: no name, no count, no value', async () => {
    for (const viewer of [own.viewer, outsider]) {
      const data = await world.get(ask, viewer, variables(other, otherId));
      expect(JSON.stringify(data)).not.toContain('Esquema B');
      expect(data).toMatchObject({
        ...{ of: nothing, telemetrySchema: null, catchmentPoint: null },
        ...{ previewTelemetrySchema: { groups: null }, _entities: [null] },
      });
    }
  });

  it('are not borrowed: a foreign schema has no groups of an own point', async () => {
    const data = await world.get(ask, own.viewer, variables(own, otherId));
    expect(data).toMatchObject({ telemetrySchema: null, catchmentPoint: { groups: null } });
  });

  it('cannot be made, changed, moved, led to foreign points or removed from outside', async () => {
    const before = await db.client.telemetrySchema.findMany({ orderBy: { name: 'asc' } });
    const result = await world.get(
      `mutation ($made: SaveTelemetrySchemaInput!, $changed: SaveTelemetrySchemaInput!, $led: SaveTelemetrySchemaInput!, $moved: SaveTelemetrySchemaInput!, $id: ID!) {
        made: saveTelemetrySchema(input: $made) { __typename }
        changed: saveTelemetrySchema(input: $changed) { __typename }
        led: saveTelemetrySchema(input: $led) { __typename }
        moved: saveTelemetrySchema(input: $moved) { __typename }
        deleteTelemetrySchema(id: $id) { __typename }
      }`,
      own.viewer,
      {
        made: { ...balanceSchema, companyId: other.companyId },
        changed: { ...balanceSchema, id: otherId, name: 'Mío' },
        led: { ...balanceSchema, companyId: own.companyId, isForAllPoints: false, pointIds: [other.point.id] },
        moved: { ...balanceSchema, id: ownId, companyId: other.companyId },
        id: otherId,
      },
    );
    const notFound = { __typename: 'NotFound' };
    const conflict = { __typename: 'Conflict' };
    expect(result).toEqual({
      ...{ made: notFound, changed: notFound, led: notFound, moved: conflict },
      deleteTelemetrySchema: notFound,
    });
    expect(await db.client.telemetrySchema.findMany({ orderBy: { name: 'asc' } })).toEqual(before);
  });
});

describe('permissions', () => {
  it.each([
    ['telemetry:read', '{ catchmentPoints { totalCount } }'],
    ['telemetry:read', '{ variables { kind } }'],
    ['telemetry:read', '{ telemetrySchemas { totalCount } }'],
    ['telemetry:read', '{ telemetrySchema(id: "x") { name } }'],
    ['telemetry:read', '{ expressionLanguage { longest } }'],
    [
      'telemetry:read',
      '{ previewTelemetrySchema(input: { interval: HOUR, quantities: [], calculatedFields: [], validationRules: [] }) { __typename } }',
    ],
    [
      'telemetry:write',
      'mutation { saveTelemetrySchema(input: { name: "x", type: CUSTOM, interval: HOUR, quantities: [], calculatedFields: [], validationRules: [] }) { __typename } }',
    ],
    ['telemetry:write', 'mutation { deleteTelemetrySchema(id: "x") { __typename } }'],
    ['telemetry:write', 'mutation { acknowledgeAlert(input: { alertId: "x" }) { __typename } }'],
    ['telemetry:write', 'mutation { saveProvider(input: { name: "x", kind: TWIN }) { __typename } }'],
    ['telemetry:write', 'mutation { testProvider(id: "x") { __typename } }'],
    ['telemetry:write', 'mutation { analyseCatchmentPoint(id: "x") { __typename } }'],
    ['telemetry:write', 'mutation { pauseProvider(id: "x") { __typename } }'],
    ['telemetry:write', 'mutation { resumeProvider(id: "x") { __typename } }'],
    ['compliance:submit', 'mutation { submitCompliance(input: { submissionId: "x" }) { __typename } }'],
    [
      'compliance:submit',
      'mutation { resolveSubmission(input: { submissionId: "x", decision: DISMISSED, reason: "x" }) { __typename } }',
    ],
    ['compliance:submit', 'mutation { requestLiveCompliance(registrationId: "x") { __typename } }'],
    ['compliance:submit', 'mutation { approveLiveCompliance(registrationId: "x") { __typename } }'],
    ['compliance:submit', 'mutation { quietCompliance(registrationId: "x", mode: OFF) { __typename } }'],
    [
      'compliance:submit',
      'mutation { saveComplianceRegistration(input: { pointId: "x", sourceCode: "DGA", identifiers: {} }) { __typename } }',
    ],
    ['telemetry:read', '{ complianceRegistrations(pointId: "x") { id } }'],
    ['telemetry:ingest', 'mutation { ingestReadings(input: { id: "x", readings: [] }) { __typename } }'],
  ])('refuse who lacks %s with FORBIDDEN', async (permission, query) => {
    const viewer = { ...own.viewer, permissions: own.viewer.permissions.filter((held) => held !== permission) };
    expect(await world.refused(query, viewer)).toBe('FORBIDDEN');
  });

  it('never show credentials, nor secrets that somebody put beside them', async () => {
    const data = await world.get('{ providers { connection hasCredentials } }', own.viewer);
    expect(data.providers).toMatchObject([{ hasCredentials: true, connection: { password: '[redacted]' } }]);
    expect(JSON.stringify(data)).not.toMatch(/sealed|hunter22|abcdef123456/);
  });
});

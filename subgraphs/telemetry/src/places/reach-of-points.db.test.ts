import { randomUUID } from 'node:crypto';
import { fixedClock } from '@cauce/shared/clock';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { addPoint } from '../test-support/points.ts';
import { balanceSchema } from '../test-support/telemetry-schemas.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';

const db = await testDatabase();
const world = await telemetryWorld(db, { clock: fixedClock(new Date('2026-11-20T12:00:00Z')) });

/** One company with two sites, somebody who reaches it whole, and somebody who reaches one site. */
async function twoSites() {
  const north = await addPoint(db);
  const south = await addPoint(db, { companyId: north.companyId });
  const { companyId } = north;
  const companyIds = [companyId];
  const guard = { companyId, name: 'Guardia', email: 'guardia@ribera.example' };
  const { id } = await db.client.notificationRecipient.create({ data: guard });
  return {
    ...{ north, south, companyId },
    telling: { name: 'Todo', events: ['ALERT_OPENED'], channels: ['EMAIL'], recipientIds: [id] },
    whole: testViewer({ companyIds, siteIds: [north.siteId, south.siteId] }),
    partial: testViewer({ companyIds, siteIds: [north.siteId] }),
  };
}

const saves = {
  saveRule: 'SaveRuleInput',
  saveNotificationRecipient: 'SaveNotificationRecipientInput',
  saveNotificationRule: 'SaveNotificationRuleInput',
  saveTelemetrySchema: 'SaveTelemetrySchemaInput',
  saveProvider: 'SaveProviderInput',
} as const;
type Save = keyof typeof saves;
type Viewer = ReturnType<typeof testViewer>;

async function save(
  field: Save,
  viewer: Viewer,
  input: object,
): Promise<{ id?: string; reason?: string; kind: string }> {
  const kind = field.slice('save'.length);
  const answer = await world.get(
    `mutation ($input: ${saves[field]}!) { saved: ${field}(input: $input) {
      kind: __typename ... on ${kind} { id } ... on Conflict { reason } } }`,
    viewer,
    { input },
  );
  return JSON.parse(JSON.stringify(answer.saved));
}

async function idOf(field: Save, viewer: Viewer, input: object): Promise<string> {
  const { id, ...failure } = await save(field, viewer, input);
  if (id === undefined) throw new Error(JSON.stringify(failure));
  return id;
}

const refused = { kind: 'Conflict', reason: 'NOT_ALL_SITES' };
const absent = { kind: 'NotFound' };
const rangeRule = { kind: 'RANGE', name: 'Rango' };
const turno = { name: 'Turno', email: 'turno@ribera.example' };

describe('who reaches some sites of a company', () => {
  it('sees what holds for all of it, and changes none of that', async () => {
    const { companyId, whole, partial, telling } = await twoSites();
    const inputs = {
      saveRule: { companyId, ...rangeRule },
      saveNotificationRecipient: { companyId, ...turno },
      saveNotificationRule: { companyId, ...telling },
      saveTelemetrySchema: { companyId, ...balanceSchema },
    };
    for (const field of [
      'saveRule',
      'saveNotificationRecipient',
      'saveNotificationRule',
      'saveTelemetrySchema',
    ] as const) {
      expect([field, await save(field, partial, inputs[field])]).toEqual([field, refused]);
      const id = await idOf(field, whole, inputs[field]);
      expect([field, await save(field, partial, { ...inputs[field], id })]).toEqual([field, refused]);
      expect(await save(field, whole, { ...inputs[field], id })).toMatchObject({ id });
    }
    const seen = await world.get(
      `{ rules { name } notificationRecipients { name } notificationRules { name } telemetrySchemas { edges { node { name } } } }`,
      partial,
    );
    expect(seen).toMatchObject({
      ...{ rules: [{ name: 'Rango' }], notificationRecipients: [{ name: 'Guardia' }, { name: 'Turno' }] },
      ...{ notificationRules: [{ name: 'Todo' }], telemetrySchemas: { edges: [{ node: { name: 'Balance' } }] } },
    });
    const ids = await db.pool.query<{ recipient: string; rule: string; schema: string }>(
      `SELECT (SELECT id::text FROM telemetry.notification_recipients WHERE company_id = $1 AND name = 'Turno') AS recipient,
        (SELECT id::text FROM telemetry.notification_rules WHERE company_id = $1) AS rule,
        (SELECT id::text FROM telemetry.telemetry_schemas WHERE company_id = $1) AS schema`,
      [companyId],
    );
    const removing = `mutation ($recipient: ID!, $rule: ID!, $schema: ID!) {
      a: deleteNotificationRecipient(id: $recipient) { kind: __typename ... on Conflict { reason } }
      b: deleteNotificationRule(id: $rule) { kind: __typename ... on Conflict { reason } }
      c: deleteTelemetrySchema(id: $schema) { kind: __typename ... on Conflict { reason } } }`;
    expect(await world.get(removing, partial, ids.rows[0])).toEqual({ a: refused, b: refused, c: refused });
  });

  it('says what holds for their own site and points, and sees nothing of the others’', async () => {
    const { north, south, companyId, whole, partial, telling } = await twoSites();
    const { id: pointId } = north;
    expect(await save('saveRule', partial, { pointId, ...rangeRule })).toMatchObject({ kind: 'Rule' });
    const theirs = await idOf('saveRule', whole, { pointId: south.id, ...rangeRule, name: 'Sur' });
    expect(await save('saveRule', partial, { id: theirs, pointId: south.id, ...rangeRule })).toEqual(absent);
    const site = { companyId, ...telling, siteId: north.siteId, name: 'Norte' };
    expect(await save('saveNotificationRule', partial, site)).toMatchObject({ kind: 'NotificationRule' });
    const other = { ...site, siteId: south.siteId, name: 'Sur' };
    const told = await idOf('saveNotificationRule', whole, other);
    expect(await save('saveNotificationRule', partial, { ...other, id: told })).toEqual(absent);
    const named = { companyId, ...balanceSchema, isForAllPoints: false };
    const own = await idOf('saveTelemetrySchema', partial, { ...named, name: 'Norte', pointIds: [pointId] });
    expect(
      await save('saveTelemetrySchema', partial, { ...named, id: own, name: 'Mío', pointIds: [pointId] }),
    ).toMatchObject({
      id: own,
    });
    expect(await save('saveTelemetrySchema', partial, { ...named, id: own, isForAllPoints: true })).toEqual(refused);
    const both = await idOf('saveTelemetrySchema', whole, { ...named, pointIds: [pointId, south.id] });
    expect(await save('saveTelemetrySchema', partial, { ...named, id: both, pointIds: [pointId] })).toEqual(refused);
    expect(await world.get('{ rules { name } notificationRules { name } }', partial)).toEqual({
      rules: [{ name: 'Rango' }],
      notificationRules: [{ name: 'Norte' }],
    });
  });

  it('changes an account while it speaks for their own points only', async () => {
    const { north, south, companyId, whole, partial } = await twoSites();
    const device = (pointId: string) => ({
      ...{ deviceId: randomUUID(), pointId, channels: [{ channel: 'level', variable: 'LEVEL' }] },
    });
    const account = { companyId, name: 'Equipos', kind: 'MQTT', connection: {} };
    const id = await idOf('saveProvider', partial, { ...account, devices: [device(north.id)] });
    expect(await save('saveProvider', partial, { ...account, id, name: 'Otro nombre' })).toMatchObject({ id });
    await idOf('saveProvider', whole, { ...account, id, devices: [device(south.id)] });
    expect(await save('saveProvider', partial, { ...account, id })).toEqual(refused);
    const pause = 'mutation ($id: ID!) { pauseProvider(id: $id) { kind: __typename ... on Conflict { reason } } }';
    expect(await world.get(pause, partial, { id })).toEqual({ pauseProvider: refused });
  });

  it('reads what was told of their own site, and not of another', async () => {
    const { north, south, companyId, whole, partial, telling } = await twoSites();
    const ruleOf = ({ siteId }: typeof north) =>
      idOf('saveNotificationRule', whole, { companyId, ...telling, siteId, name: siteId });
    const tell = async (subject: string, ruleId: string | null) =>
      db.pool.query(
        `INSERT INTO telemetry.notification_deliveries (company_id, rule_id, event, channel, address, idempotency_key, subject, body)
         VALUES ($1, $2, 'COMPLIANCE_REVIEW', 'EMAIL', 'a@ribera.example', $3, $4, '')`,
        [companyId, ruleId, randomUUID(), subject],
      );
    await tell('Norte', await ruleOf(north));
    await tell('Sur', await ruleOf(south));
    await tell('Todos', null);
    const log = '{ notificationDeliveries { totalCount edges { node { subject } } } }';
    expect(await world.get(log, partial)).toEqual({
      notificationDeliveries: { totalCount: 1, edges: [{ node: { subject: 'Norte' } }] },
    });
    expect(await world.get(log, whole)).toMatchObject({ notificationDeliveries: { totalCount: 3 } });
  });
});

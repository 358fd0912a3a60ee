import { randomUUID } from 'node:crypto';
import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { beforeEach, describe, expect, it } from 'vitest';
import { addPoint, type TestPoint } from '../test-support/points.ts';
import { addRegulatedPoint } from '../test-support/regulated-point.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';
import type { CarriedMessage, Carrier, CarrierOutcome } from './carriers/carrier.ts';
import type { Carriers } from './carriers/create-carriers.ts';
import { planSummaries } from './daily-summary.ts';
import { createSendNotifications } from './send-notifications.ts';
import { tellOfAlert } from './tell-of-alerts.ts';

const db = await testDatabase();
let now = new Date('2026-11-20T15:00:00Z');
const world = await telemetryWorld(db, { clock: { now: () => now } });
const point = await addPoint(db);
const viewer = testViewer({ companyIds: [point.companyId], siteIds: [point.siteId] });

/** A carrier of another system stands behind our interface; what it does with a message is the test's to say. */
const carried: CarriedMessage[] = [];
let outcome: (message: CarriedMessage) => Promise<CarrierOutcome> = async () => ({ kind: 'sent' });
const carrier: Carrier = {
  send: async (message) => {
    carried.push(message);
    return outcome(message);
  },
  close: () => {},
};
const carriers: Carriers = { EMAIL: carrier, SMS: carrier, WEBHOOK: null };
const sender = createSendNotifications(world.deps, carriers);
const run = { jobId: 'j', attempt: 0, clock: world.deps.clock, log: silentLog, reportProgress: () => {} };
const send = () => sender.handle({}, { ...run, signal: new AbortController().signal });

const idle = { clock: world.deps.clock, jobs: { enqueue: async () => null } };
const tell = (alertId: string, status?: 'RESOLVED' | 'ACKNOWLEDGED') =>
  db.client.$transaction((tx) =>
    tellOfAlert(
      idle,
      sender,
      {
        ...{ id: '1', topic: 't', companyId: null, siteId: null, key: 'k', occurredAt: now.toISOString() },
        payload: { alertId, pointId: point.id, ...(status === undefined ? {} : { status }) },
      },
      tx,
    ),
  );

const saveRecipient = `mutation ($input: SaveNotificationRecipientInput!) { saveNotificationRecipient(input: $input) {
  __typename ... on NotificationRecipient { id name email hasWebhook language digest } ... on Failure { reason }
  ... on ValidationFailed { fields { path code } } } }`;
const saveRule = `mutation ($input: SaveNotificationRuleInput!) { saveNotificationRule(input: $input) {
  __typename ... on NotificationRule { id name recipients { name } } ... on Failure { reason } } }`;
const ask = async (query: string, variables: Record<string, unknown>, who = viewer) =>
  JSON.parse(JSON.stringify(await world.get(query, who, variables)));

async function recipient(changes: Record<string, unknown> = {}): Promise<string> {
  const name = `Turno ${randomUUID()}`;
  const input = { companyId: point.companyId, name, email: `${randomUUID()}@planta.example`, ...changes };
  return (await ask(saveRecipient, { input })).saveNotificationRecipient.id;
}
async function rule(recipientIds: readonly string[], changes: Record<string, unknown> = {}): Promise<string> {
  const events = ['ALERT_OPENED', 'ALERT_RESOLVED'];
  const input = {
    companyId: point.companyId,
    name: randomUUID(),
    events,
    channels: ['EMAIL'],
    recipientIds,
    ...changes,
  };
  return (await ask(saveRule, { input })).saveNotificationRule.id;
}
async function alert(of: TestPoint = point, severity: 'WARNING' | 'CRITICAL' | 'INFO' = 'WARNING'): Promise<string> {
  const { companyId } = of;
  const broken = await db.client.rule.create({
    data: { companyId, kind: 'RANGE', name: 'Caudal alto', severity, createdBy: viewer.userId },
  });
  const { id } = await db.client.alert.create({
    data: { pointId: of.id, ruleId: broken.id, siteId: of.siteId, companyId, severity, openedAt: now, lastSeenAt: now },
  });
  return id;
}
const deliveriesTo = (recipientId: string) =>
  db.client.notificationDelivery.findMany({
    where: { recipientId },
    orderBy: [{ createdAt: 'asc' }, { event: 'asc' }],
  });
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};

beforeEach(async () => {
  now = new Date('2026-11-20T15:00:00Z');
  outcome = async () => ({ kind: 'sent' });
  carried.length = 0;
  await db.pool.query('DELETE FROM telemetry.notification_deliveries');
  await db.pool.query('DELETE FROM telemetry.notification_rules');
});

describe('an episode', () => {
  it('is told once to each recipient and channel, however many rules match and however often its event comes', async () => {
    const someone = await recipient({ phone: '+56900000001' });
    await rule([someone], { channels: ['EMAIL', 'SMS'] });
    await rule([someone], { pointId: point.id });
    const id = await alert();
    await tell(id);
    await tell(id);
    await Promise.all([send(), send(), send()]);
    expect(carried.map(({ to }) => to).toSorted()).toEqual([
      '+56900000001',
      expect.stringContaining('@planta.example'),
    ]);
    expect((await deliveriesTo(someone)).map(({ status }) => status)).toEqual(['SENT', 'SENT']);
    expect(carried[0]?.subject).toBe(`Atención: ${point.code}, Caudal alto`);
  });
  it('that is over before it was told is told to nobody; one that was told is told to be over, in their language', async () => {
    const [awake, asleep] = [
      await recipient({ language: 'en' }),
      await recipient({ quietFromMinute: 8 * 60, quietToMinute: 20 * 60 }),
    ];
    await rule([awake, asleep]);
    const id = await alert();
    await tell(id);
    await send();
    expect((await deliveriesTo(asleep)).map(({ status }) => status)).toEqual(['PENDING']);
    later(30);
    await db.client.alert.update({ where: { id }, data: { status: 'RESOLVED', resolvedAt: now } });
    await tell(id, 'RESOLVED');
    await send();
    expect((await deliveriesTo(asleep)).map(({ event, status }) => [event, status])).toEqual([
      ['ALERT_OPENED', 'SUPPRESSED'],
    ]);
    expect(carried.map(({ subject }) => subject)).toEqual([
      `Attention: ${point.code}, Caudal alto`,
      `Resolved: ${point.code}`,
    ]);
  });
  it('that is critical wakes people; what is below the rule, elsewhere or switched off tells nobody', async () => {
    const asleep = await recipient({ quietFromMinute: 8 * 60, quietToMinute: 20 * 60, digest: 'DAILY' });
    await rule([asleep]);
    await rule([asleep], { siteId: point.siteId, minimumSeverity: 'CRITICAL' });
    await tell(await alert(point, 'INFO'));
    await tell(await alert(await addPoint(db)));
    await rule([await recipient({ isActive: false })]);
    await tell(await alert(point, 'CRITICAL'));
    await send();
    expect(carried.map(({ subject }) => subject)).toEqual([`Crítico: ${point.code}, Caudal alto`]);
  });
  it('waits for the others of a digest and goes out with them as one message', async () => {
    const someone = await recipient({ digest: 'HOURLY' });
    await rule([someone]);
    await tell(await alert());
    later(10);
    await tell(await alert(point, 'WARNING'));
    await send();
    // The first was ready at the full hour and went out at once; the next waits for the next hour.
    expect(carried).toHaveLength(1);
    await tell(await alert());
    later(55);
    await send();
    expect(carried).toHaveLength(2);
    expect(carried[1]?.subject).toBe('2 novedades de sus puntos de captación');
  });
});

describe('a message that does not get through', () => {
  it('is tried again with longer and longer pauses, then given up with its reason, and can be sent again by hand', async () => {
    const someone = await recipient();
    await rule([someone]);
    await tell(await alert());
    outcome = async () => ({ kind: 'failed', error: 'TIMEOUT', isFinal: false });
    for (const minutes of [0, 1, 3, 11, 31, 121, 361, 1_000]) {
      later(minutes);
      await send();
    }
    expect(carried).toHaveLength(7);
    const [failed] = await deliveriesTo(someone);
    expect(failed).toMatchObject({ status: 'FAILED', attempts: 7, error: 'TIMEOUT', nextAttemptAt: null });
    outcome = async () => ({ kind: 'sent' });
    const retry = `mutation ($id: ID!) { retryNotification(id: $id) { __typename ... on Failure { reason } } }`;
    expect(await ask(retry, { id: failed?.id })).toMatchObject({
      retryNotification: { __typename: 'NotificationDelivery' },
    });
    await send();
    expect((await deliveriesTo(someone))[0]?.status).toBe('SENT');
    expect(await ask(retry, { id: failed?.id })).toMatchObject({ retryNotification: { reason: 'NOT_ENDED' } });
  });
  it('is given up by itself, not with what joined it in a digest since', async () => {
    const someone = await recipient({ digest: 'HOURLY' });
    await rule([someone]);
    outcome = async () => ({ kind: 'failed', error: 'TIMEOUT', isFinal: false });
    await tell(await alert());
    for (const minutes of [0, 1, 3, 11, 31, 121]) {
      later(minutes);
      await send();
    }
    later(330);
    await tell(await alert());
    later(60);
    await send();
    expect((await deliveriesTo(someone)).map(({ status, attempts }) => [status, attempts])).toEqual([
      ['FAILED', 7],
      ['PENDING', 1],
    ]);
  });
  it('keeps to the quiet hours when it is tried again, unless it is critical', async () => {
    const asleep = await recipient({ quietFromMinute: 22 * 60, quietToMinute: 7 * 60, timeZone: 'America/Santiago' });
    await rule([asleep]);
    outcome = async () => ({ kind: 'failed', error: 'TIMEOUT', isFinal: false });
    now = new Date('2026-11-21T00:59:45Z');
    await tell(await alert());
    await tell(await alert(point, 'CRITICAL'));
    await send();
    const next = (await deliveriesTo(asleep)).map(({ nextAttemptAt }) => nextAttemptAt?.toISOString());
    expect(next.toSorted()).toEqual(['2026-11-21T01:00:15.000Z', '2026-11-21T10:00:00.000Z']);
  });
  it('is taken over when its worker died, under the same id, and the dead one settles nothing any more', async () => {
    const someone = await recipient();
    await rule([someone]);
    await tell(await alert());
    let revive = () => {};
    outcome = () =>
      new Promise((resolve) => (revive = () => resolve({ kind: 'failed', error: 'LATE', isFinal: true })));
    const dead = send();
    await expect.poll(() => carried.length).toBe(1);
    later(3);
    outcome = async () => ({ kind: 'sent' });
    await send();
    revive();
    await dead;
    expect(carried.map(({ id }) => id)).toEqual([carried[0]?.id, carried[0]?.id]);
    expect((await deliveriesTo(someone))[0]).toMatchObject({ status: 'SENT', error: null });
  });
  it('is kept to be read where its channel has no carrier', async () => {
    const someone = await recipient({ webhookUrl: 'https://chat.example/hooks/secret' });
    await rule([someone], { channels: ['WEBHOOK'] });
    await tell(await alert());
    await send();
    const [kept] = await deliveriesTo(someone);
    expect(kept).toMatchObject({ status: 'KEPT', address: 'webhook' });
  });
});

describe('the daily summary', () => {
  it('goes out once, when it is eight where the points are, for the points of its rule', async () => {
    const someone = await recipient();
    await rule([someone], { events: ['DAILY_SUMMARY'] });
    now = new Date('2026-11-21T10:55:00Z');
    expect(await planSummaries(db.client, now)).toBe(0);
    now = new Date('2026-11-21T11:05:00Z');
    expect(await planSummaries(db.client, now)).toBe(1);
    expect(await planSummaries(db.client, now)).toBe(0);
    await send();
    expect(carried[0]?.subject).toMatch(/^Resumen del 20 de noviembre/);
    expect(carried[0]?.body).toContain('Puntos al día: 1 de 1');
  });
});

describe('the ledger in the summary', () => {
  it('has a voucher once it is accepted, where the regulator cannot be asked back too, and needs who skipped it', async () => {
    const secretBox = createSecretBox(world.deps.settings.encryptionKey);
    const slotTimes = ['13', '14', '15', '16'].map((hour) => new Date(`2026-11-20T${hour}:00:00Z`));
    const { point: owing, slots } = await addRegulatedPoint(db, secretBox, 'https://sma.example', { slotTimes });
    for (const [index, status] of ['SENT', 'VERIFIED', 'SKIPPED', 'DUE'].entries())
      await db.pool.query(
        'UPDATE telemetry.compliance_submissions SET status = $2::telemetry.submission_status WHERE id = $1',
        [slots[index], status],
      );
    const who = testViewer({ companyIds: [owing.companyId], siteIds: [owing.siteId] });
    const input = { companyId: owing.companyId, name: randomUUID(), email: 'turno@planta.example' };
    const { id } = (await ask(saveRecipient, { input }, who)).saveNotificationRecipient;
    const daily = { companyId: owing.companyId, name: 'Diario', events: ['DAILY_SUMMARY'], channels: ['EMAIL'] };
    await ask(saveRule, { input: { ...daily, recipientIds: [id] } }, who);
    now = new Date('2026-11-21T11:05:00Z');
    await planSummaries(db.client, now);
    const [summary] = await deliveriesTo(id);
    expect(summary?.body).toContain('Envíos al regulador: 2 con comprobante, 1 en curso, 1 por revisar');
  });
});

describe('who is told of what', () => {
  const list = `{ notificationRecipients { id } notificationRules { id } notificationDeliveries { edges { node { id } } } }`;
  it('is seen and changed by nobody out of reach', async () => {
    const someone = await recipient();
    const mine = await rule([someone]);
    await tell(await alert());
    const outsider = testOutsider();
    expect(await ask(list, {}, outsider)).toEqual({
      notificationRecipients: [],
      notificationRules: [],
      notificationDeliveries: { edges: [] },
    });
    const changed = { id: someone, name: 'Otro', email: 'otro@planta.example' };
    expect((await ask(saveRecipient, { input: changed }, outsider)).saveNotificationRecipient.reason).toBe('NOT_FOUND');
    const foreign = {
      companyId: (outsider.companyIds as string[])[0],
      name: 'x',
      events: ['ALERT_OPENED'],
      channels: ['EMAIL'],
    };
    const stolen = { input: { ...foreign, recipientIds: [someone] } };
    expect((await ask(saveRule, stolen, outsider)).saveNotificationRule.reason).toBe('NOT_FOUND');
    const [delivery] = await deliveriesTo(someone);
    for (const [field, id] of [
      ['deleteNotificationRule', mine],
      ['deleteNotificationRecipient', someone],
      ['retryNotification', delivery?.id],
    ]) {
      const query = `mutation ($id: ID!) { ${field}(id: $id) { ... on Failure { reason } } }`;
      expect((await ask(query, { id }, outsider))[field ?? '']).toEqual({ reason: 'NOT_FOUND' });
    }
    expect((await ask(list, {})).notificationRules).toHaveLength(1);
  });
  it('keeps the URL of a hook to itself, and refuses who cannot be reached or sleeps the whole day', async () => {
    const input = { companyId: point.companyId, name: randomUUID(), webhookUrl: 'https://chat.example/hooks/s3cret' };
    const saved = (await ask(saveRecipient, { input })).saveNotificationRecipient;
    expect(saved).toMatchObject({ hasWebhook: true, email: null });
    const { rows } = await db.pool.query(
      'SELECT to_json(n)::text AS row FROM telemetry.notification_recipients n WHERE id = $1',
      [saved.id],
    );
    expect(rows[0]?.row).not.toContain('s3cret');
    const { rows: audits } = await db.pool.query(
      'SELECT to_json(a)::text AS row FROM access.audit_log a WHERE entity_id = $1',
      [saved.id],
    );
    expect(audits).toHaveLength(1);
    expect(audits[0]?.row).not.toContain('s3cret');
    const nobody = { companyId: point.companyId, name: 'Nadie' };
    expect((await ask(saveRecipient, { input: nobody })).saveNotificationRecipient.fields).toEqual([
      { path: 'email', code: 'REQUIRED' },
    ]);
    const asleep = { ...nobody, email: 'a@planta.example', quietFromMinute: 60, quietToMinute: 60 };
    expect((await ask(saveRecipient, { input: asleep })).saveNotificationRecipient.__typename).toBe('ValidationFailed');
  });
});

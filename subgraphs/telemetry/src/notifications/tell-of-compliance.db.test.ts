import { randomUUID } from 'node:crypto';
import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { silentLog } from '@cauce/shared/test/silent-log';
import { testDatabase } from '@cauce/shared/test/test-database';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { dga } from '../compliance/regulators/dga.ts';
import { startDgaStandIn } from '../test-support/dga-stand-in.ts';
import { ledgerRuns } from '../test-support/ledger-runs.ts';
import { addRegulatedPoint, type RegulatedPoint } from '../test-support/regulated-point.ts';
import { noFaults } from '../test-support/regulator-server.ts';
import { telemetryWorld } from '../test-support/telemetry-world.ts';
import type { CarriedMessage, Carrier } from './carriers/carrier.ts';
import { planSummaries } from './daily-summary.ts';
import { createSendNotifications } from './send-notifications.ts';
import { startTellingOfCompliance, tellOfCompliance } from './tell-of-compliance.ts';

const db = await testDatabase();
const begin = new Date('2026-11-20T12:05:00Z');
let now = begin;
const world = await telemetryWorld(db, { clock: { now: () => now } });
const secretBox = createSecretBox(world.deps.settings.encryptionKey);
const standIn = await startDgaStandIn(() => now.getTime());
const runs = ledgerRuns(db, world.deps, secretBox, () => now, standIn.faults);
const carried: CarriedMessage[] = [];
const carrier: Carrier = {
  send: async (message) => {
    carried.push(message);
    return { kind: 'sent' };
  },
  close: () => {},
};
const sender = createSendNotifications(world.deps, { EMAIL: carrier, SMS: carrier, WEBHOOK: carrier });
const consumer = startTellingOfCompliance(world.deps, sender);
afterAll(async () => {
  await consumer.stop();
  await runs.close();
  await standIn.close();
});
const slotTimes = [new Date('2026-11-20T12:00:00Z')];
const owed = (options: object = {}) => addRegulatedPoint(db, secretBox, standIn.url, { slotTimes, ...options });

beforeEach(() => {
  now = begin;
  carried.length = 0;
  Object.assign(standIn.faults, noFaults(), { withoutVoucher: 0 });
});

describe('what a regulator refuses or leaves open', () => {
  it('is told in the language of who asked for it, over mail, text message and hook, once however often it is heard of', async () => {
    const regulated = await owed();
    const [ana, ben] = [
      await told(regulated, 'es', ['COMPLIANCE_REVIEW']),
      await told(regulated, 'en', ['COMPLIANCE_REVIEW']),
    ];
    standIn.faults.withoutVoucher = 1;
    await runs.send(regulated, dga);
    await settled(regulated, 6);
    for (const row of await eventsOf(regulated)) await tellAgain(row);
    await deliver();
    expect(carried).toHaveLength(6);
    const mail = (to: string) => carried.find((message) => message.to === to);
    expect(mail(`${ana}@planta.example`)).toMatchObject({ subject: `Envío por revisar: ${regulated.point.code}` });
    expect(mail(`${ana}@planta.example`)?.body).toContain('20 de noviembre, 08:00 (GMT-4)');
    expect(mail(`${ana}@planta.example`)?.body).toContain('lo aceptó sin dar un comprobante.');
    expect(mail(`${ben}@planta.example`)?.body).toContain('accepted it without giving a voucher.');
    expect(carried.map(({ to }) => to).filter((to) => to.startsWith('https://'))).toHaveLength(2);
  });

  it('is told at the first refusal to who asked for refusals, and when it is given up to who decides', async () => {
    const regulated = await owed({ maximumAttempts: 2 });
    const ana = await told(regulated, 'es', ['COMPLIANCE_REJECTED'], ['EMAIL']);
    const eva = await told(regulated, 'es', ['COMPLIANCE_REVIEW'], ['EMAIL']);
    const body = '{"status":"99","message":"Caudal fuera de rango"}';
    standIn.faults.next = { status: 400, isKept: false, body, times: 2 };
    await runs.send(regulated, dga);
    await settled(regulated, 1);
    now = new Date(now.getTime() + 25 * 3_600_000);
    await runs.send(regulated, dga);
    await settled(regulated, 2);
    await deliver();
    expect(carried.map(({ to }) => to)).toEqual([`${ana}@planta.example`, `${eva}@planta.example`]);
    expect(carried[0]?.body).toContain('La DGA');
    expect(carried[0]?.body).toContain(
      'lo rechazó: «Caudal fuera de rango»; se envía otra vez después del 21 de noviembre',
    );
    expect(carried[1]?.body).toContain('ya no se envía otra vez por sí solo.\nEspera la decisión');
  });

  it('is told once to who asked for both, when it is refused for good at once', async () => {
    const regulated = await owed({ maximumAttempts: 1 });
    await told(regulated, 'es', ['COMPLIANCE_REJECTED', 'COMPLIANCE_REVIEW'], ['EMAIL']);
    standIn.faults.next = { status: 400, isKept: false, body: '{"status":"99","message":"No"}', times: 1 };
    await runs.send(regulated, dga);
    await settled(regulated, 1);
    await deliver();
    expect(carried.map(({ subject }) => subject)).toEqual([`Envío rechazado: ${regulated.point.code}`]);
  });

  it('is told once for a point that is stopped, however many slots that holds up, and to nobody elsewhere', async () => {
    const regulated = await owed({
      slotTimes: ['09', '10', '11'].map((hour) => new Date(`2026-11-20T${hour}:00:00Z`)),
    });
    const other = await owed({ slotTimes: [] });
    await told(regulated, 'es', ['COMPLIANCE_REJECTED'], ['EMAIL']);
    await told(other, 'es', ['COMPLIANCE_REJECTED'], ['EMAIL']);
    const body = '{"status":"400","message":"Usuario no es el informante registrado en la Obra"}';
    standIn.faults.next = { status: 400, isKept: false, body, times: 1 };
    await runs.send(regulated, dga);
    await settled(regulated, 1);
    await deliver();
    expect(carried.map(({ subject }) => subject)).toEqual([`Envíos detenidos: ${regulated.point.code}`]);
    expect(carried[0]?.body).toContain(
      'no acepta envíos de este punto: «Usuario no es el informante registrado en la Obra».',
    );
  });

  it('is not told when a person has settled it before', async () => {
    const regulated = await owed({ status: 'NEEDS_REVIEW' });
    await told(regulated, 'es', ['COMPLIANCE_REVIEW'], ['EMAIL']);
    const [id] = regulated.slots;
    await db.pool.query(`UPDATE telemetry.compliance_submissions SET status = 'SKIPPED' WHERE id = $1`, [id]);
    await tellAgain({
      submissionId: id,
      pointId: regulated.point.id,
      status: 'NEEDS_REVIEW',
      previousStatus: 'SENDING',
    });
    expect(await planned(regulated)).toBe(0);
  });
});

describe('the daily report', () => {
  it('goes out once at seven where the points are, with what each owed yesterday, and not where nothing was owed', async () => {
    const regulated = await owed({ slotTimes: [11, 12, 13].map((hour) => new Date(`2026-11-20T${hour}:00:00Z`)) });
    const idle = await owed({ slotTimes: [] });
    await told(regulated, 'es', ['COMPLIANCE_REPORT'], ['EMAIL']);
    await told(idle, 'es', ['COMPLIANCE_REPORT'], ['EMAIL']);
    standIn.faults.withoutVoucher = 1;
    await runs.send(regulated, dga);
    // Summer time: seven in Santiago is ten in UTC.
    expect(await planSummaries(db.client, new Date('2026-11-21T09:55:00Z'))).toBe(0);
    now = new Date('2026-11-21T10:05:00Z');
    expect(await planSummaries(db.client, now)).toBe(1);
    expect(await planSummaries(db.client, now)).toBe(0);
    await deliver();
    expect(carried.map(({ subject }) => subject)).toEqual(['Cumplimiento del 20 de noviembre: 1 por atender']);
    expect(carried[0]?.body).toBe(`Pozo (${regulated.point.code}): 1 de 3 con comprobante, 1 en curso, 1 por atender`);
  });
});

/** Somebody of the point's company who is told of these events; answers the first part of their address. */
async function told(
  { point }: RegulatedPoint,
  language: 'es' | 'en',
  events: ('COMPLIANCE_REJECTED' | 'COMPLIANCE_REVIEW' | 'COMPLIANCE_REPORT')[],
  channels: ('EMAIL' | 'SMS' | 'WEBHOOK')[] = ['EMAIL', 'SMS', 'WEBHOOK'],
): Promise<string> {
  const [id, name] = [randomUUID(), `turno-${randomUUID().slice(0, 8)}`];
  const hook = secretBox.seal(`https://chat.example/${name}`, `notification-recipient:${id}`);
  const reached = { email: `${name}@planta.example`, phone: '+56900000001', webhookUrlEncrypted: hook };
  await db.client.notificationRecipient.create({
    data: { id, companyId: point.companyId, name, language, ...reached },
  });
  await db.client.notificationRule.create({
    data: { companyId: point.companyId, name, events, channels, recipients: { create: { recipientId: id } } },
  });
  return name;
}

const planned = ({ point }: RegulatedPoint) =>
  db.client.notificationDelivery.count({ where: { companyId: point.companyId } });

/** Until every event of the ledger was read, and so many messages are planned. */
async function settled(regulated: RegulatedPoint, messages: number): Promise<void> {
  const unread = async () => {
    const { rows } = await db.pool.query(
      `SELECT 1 FROM platform.outbox o WHERE topic = 'telemetry.complianceSubmissionChanged' AND NOT EXISTS
         (SELECT FROM platform.consumed_events c WHERE c.event_id = o.id AND c.consumer = 'telemetry.compliance-notices')`,
    );
    return rows.length;
  };
  await expect.poll(unread, { timeout: 10_000 }).toBe(0);
  expect(await planned(regulated)).toBe(messages);
}

async function eventsOf({ point }: RegulatedPoint): Promise<unknown[]> {
  const { rows } = await db.pool.query<{ payload: unknown }>(
    `SELECT payload FROM platform.outbox WHERE topic = 'telemetry.complianceSubmissionChanged' AND company_id = $1`,
    [point.companyId],
  );
  expect(rows.length).toBeGreaterThan(1);
  return rows.map(({ payload }) => payload);
}

async function tellAgain(payload: unknown): Promise<void> {
  const event = {
    id: '1',
    topic: 't',
    companyId: null,
    siteId: null,
    key: 'k',
    occurredAt: now.toISOString(),
    payload,
  };
  const idle = { clock: world.deps.clock, jobs: { enqueue: async () => null } };
  await db.client.$transaction((tx) => tellOfCompliance(idle, sender, event, tx));
}

async function deliver(): Promise<void> {
  const run = { jobId: 'j', attempt: 0, clock: world.deps.clock, log: silentLog, reportProgress: () => {} };
  await sender.handle({}, { ...run, signal: new AbortController().signal });
}

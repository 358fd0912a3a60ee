import { createHmac } from 'node:crypto';
import { systemClock } from '@cauce/shared/clock';
import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { defineTopic } from '@cauce/shared/events/domain-event';
import { appendEvents } from '@cauce/shared/events/outbox';
import { createHttpClient } from '@cauce/shared/http/create-http-client';
import type { HttpClient } from '@cauce/shared/http/http-client';
import { eventually } from '@cauce/shared/test/eventually';
import { silentLog } from '@cauce/shared/test/silent-log';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { createAccessDeps } from '../access-deps.ts';
import { accessWorld } from '../test/access-world.ts';
import { httpReceiver } from '../test/http-receiver.ts';
import { createDeliverWebhook } from './deliver-webhook.ts';
import { claimDelivery } from './delivery.store.ts';
import { secretContext } from './send-delivery.ts';
import { createSweepDeliveries } from './sweep-deliveries.ts';

const world = await accessWorld();
const { db, test } = world;
const receiver = await httpReceiver();
const company = await world.makeCompany();
const plant = await world.makeSite(company);
const owner = await world.makeUser({ role: 'MANAGER', companies: [company], sites: [plant] });
const box = createSecretBox(test.deps.settings.encryptionKey);
const topic = 'telemetry.alertRaised';
const secret = 'whsec_of-the-test';

let now = Date.now();
const clock = { now: () => new Date(now) };
const worker = (http: HttpClient = test.deps.http) =>
  createDeliverWebhook(createAccessDeps({ ...test.deps, clock, http }), { timeoutMs: 300 });
const run = { jobId: 'j', attempt: 0, clock: systemClock, log: silentLog, signal: new AbortController().signal };
const deliver = (deliveryId: string, job = worker()) =>
  job.handle({ deliveryId }, { ...run, reportProgress: () => {} });

const makeWebhook = async (url = `${receiver.url}/hook`) => {
  const data = { url, companyId: company.id, topics: [topic], createdBy: owner.id, secretEncrypted: '' };
  const { id } = await db.client.webhook.create({ data });
  return db.client.webhook.update({
    where: { id },
    data: { secretEncrypted: box.seal(secret, secretContext(id)) },
  });
};
let lastEvent = 0n;
const makeDelivery = async (webhookId: string) => {
  const eventId = ++lastEvent;
  const body = {
    ...{ id: String(eventId), topic, occurredAt: '2026-11-20T12:00:00.000Z', key: 'k' },
    ...{ companyId: company.id, siteId: plant.id, data: { nombre: 'Pozo Ñuble', nivel: 35.2 } },
  };
  return db.client.webhookDelivery.create({
    data: { webhookId, eventId, topic, payload: body, createdAt: clock.now() },
  });
};
const deliveryOf = (id: string) => db.client.webhookDelivery.findUniqueOrThrow({ where: { id } });
const webhookOf = (id: string) => db.client.webhook.findUniqueOrThrow({ where: { id } });
const dayMs = 24 * 60 * 60 * 1000;

beforeEach(() => {
  receiver.requests.length = 0;
  receiver.answerWith((response) => response.end('ok'));
});

describe('a delivery', () => {
  it('arrives with a signature over time and raw body, an event name and an id', async () => {
    const webhook = await makeWebhook();
    const { id, payload } = await makeDelivery(webhook.id);
    await deliver(id);
    const [request] = receiver.requests;
    expect(request?.path).toBe('/hook');
    expect(JSON.parse(request?.body ?? '')).toEqual(payload);
    expect(request?.headers).toMatchObject({
      'content-type': 'application/json',
      'cauce-event': topic,
      'cauce-delivery': id,
    });
    const [, time, mac] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request?.headers['cauce-signature'])) ?? [];
    expect(Number(time)).toBe(Math.floor(now / 1000));
    expect(mac).toBe(createHmac('sha256', secret).update(`${time}.${request?.body}`).digest('hex'));
    expect(await deliveryOf(id)).toMatchObject({
      ...{
        status: 'DELIVERED',
        attempts: 1,
        responseStatus: 200,
        responseBody: 'ok',
        error: null,
        nextAttemptAt: null,
      },
      deliveredAt: clock.now(),
    });
  });

  it('is put aside again when the receiver fails, with the time of the next try and a job for it', async () => {
    receiver.answerWith((response) => response.writeHead(503).end('x'.repeat(5_000)));
    const { id } = await makeDelivery((await makeWebhook()).id);
    await deliver(id);
    const failed = await deliveryOf(id);
    expect(failed).toMatchObject({ status: 'FAILED', attempts: 1, responseStatus: 503, deliveredAt: null });
    expect(failed.responseBody).toHaveLength(1_000);
    const pauseMs = (failed.nextAttemptAt?.getTime() ?? 0) - now;
    expect(pauseMs).toBeGreaterThanOrEqual(27_000);
    expect(pauseMs).toBeLessThanOrEqual(33_000);
    const { rows } = await db.pool.query(
      `SELECT start_after FROM pgboss.job WHERE name = 'access.deliver-webhook' AND data->'input'->>'deliveryId' = $1`,
      [id],
    );
    expect(rows).toEqual([{ start_after: failed.nextAttemptAt }]);
  });

  it('is put aside when the receiver hangs, hangs up, or is not there', async () => {
    const webhook = await makeWebhook();
    const hanging = await makeDelivery(webhook.id);
    receiver.answerWith(() => {});
    await deliver(hanging.id);
    expect(await deliveryOf(hanging.id)).toMatchObject({ status: 'FAILED', error: 'TIMEOUT', responseStatus: null });
    const cut = await makeDelivery(webhook.id);
    receiver.answerWith((response) => response.destroy());
    await deliver(cut.id);
    expect(await deliveryOf(cut.id)).toMatchObject({ status: 'FAILED', error: 'NETWORK' });
    const nowhere = await makeDelivery((await makeWebhook('http://127.0.0.1:1/')).id);
    await deliver(nowhere.id);
    expect(await deliveryOf(nowhere.id)).toMatchObject({ status: 'FAILED', error: 'NETWORK' });
  });

  it('follows no redirect', async () => {
    receiver.answerWith((response) => response.writeHead(307, { location: `${receiver.url}/elsewhere` }).end());
    const { id } = await makeDelivery((await makeWebhook()).id);
    await deliver(id);
    expect(receiver.requests.map(({ path }) => path)).toEqual(['/hook']);
    expect(await deliveryOf(id)).toMatchObject({ status: 'FAILED', responseStatus: 307 });
  });

  it('is given up after eight tries, and never tried again by itself', async () => {
    receiver.answerWith((response) => response.writeHead(500).end());
    const webhook = await makeWebhook();
    const { id } = await makeDelivery(webhook.id);
    for (let n = 0; n < 10; n++) await deliver(id);
    expect(await deliveryOf(id)).toMatchObject({ status: 'DEAD', attempts: 8, nextAttemptAt: null });
    expect(await webhookOf(webhook.id)).toMatchObject({ failureCount: 1, isActive: true });
  });

  it('that a worker left when it died is sent again under the same id', async () => {
    const { id } = await makeDelivery((await makeWebhook()).id);
    // The worker that died had taken it in hand; whether it was sent, nobody knows.
    await claimDelivery(db, id, clock.now());
    expect(await deliveryOf(id)).toMatchObject({ status: 'SENDING', attempts: 1 });
    await deliver(id);
    expect(receiver.requests.map(({ headers }) => headers['cauce-delivery'])).toEqual([id]);
    expect(await deliveryOf(id)).toMatchObject({ status: 'DELIVERED', attempts: 2 });
  });

  it('is sent once by two workers who have it at the same time, and not at all after it arrived', async () => {
    const { id } = await makeDelivery((await makeWebhook()).id);
    await Promise.all([deliver(id), deliver(id), deliver(id)]);
    await deliver(id);
    expect(receiver.requests).toHaveLength(1);
  });

  it('is not sent any more when its owner has lost the right, or the webhook is off', async () => {
    const [first, second] = [await makeWebhook(), await makeWebhook()];
    const [late, off] = [await makeDelivery(first.id), await makeDelivery(second.id)];
    await db.client.userSite.deleteMany({ where: { userId: owner.id } });
    await deliver(late.id);
    await db.client.userSite.create({ data: { userId: owner.id, siteId: plant.id } });
    await db.client.webhook.update({ where: { id: second.id }, data: { isActive: false } });
    await deliver(off.id);
    for (const { id } of [late, off]) {
      expect(await deliveryOf(id)).toMatchObject({ status: 'DEAD', error: 'NOT_ALLOWED', responseStatus: null });
    }
    expect(receiver.requests).toEqual([]);
    expect(await webhookOf(first.id)).toMatchObject({ failureCount: 0 });
  });

  it('never reaches an address inside, be it written or hidden behind a name', async () => {
    const closed = createHttpClient({
      log: silentLog,
      metrics: test.deps.metrics,
      isPrivateNetworkAllowed: false,
      lookup: (_name, _options, callback) => callback(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    afterAll(() => closed.close());
    const port = new URL(receiver.url).port;
    for (const url of [
      receiver.url,
      `http://localhost:${port}/`,
      `http://partner.example:${port}/`,
      'http://169.254.169.254/',
    ]) {
      const { id } = await makeDelivery((await makeWebhook(url)).id);
      await deliver(id, worker(closed));
      expect(await deliveryOf(id), url).toMatchObject({
        status: 'FAILED',
        error: 'PRIVATE_ADDRESS',
        responseBody: null,
      });
    }
    expect(receiver.requests).toEqual([]);
  });
});

describe('a webhook that fails', () => {
  const giveUp = async (webhookId: string) => {
    const { id } = await makeDelivery(webhookId);
    for (let n = 0; n < 8; n++) await deliver(id);
  };

  it('is turned off after five days, not before, and the log says so', async () => {
    receiver.answerWith((response) => response.writeHead(500).end());
    const webhook = await makeWebhook();
    await giveUp(webhook.id);
    now += 4 * dayMs;
    await giveUp(webhook.id);
    expect(await webhookOf(webhook.id)).toMatchObject({ isActive: true, failureCount: 2 });
    now += 1 * dayMs + 1;
    await giveUp(webhook.id);
    expect(await webhookOf(webhook.id)).toMatchObject({ isActive: false, failureCount: 3, disabledAt: clock.now() });
    const [entry] = await db.client.auditEntry.findMany({ where: { entityId: webhook.id } });
    expect(entry).toMatchObject({ action: 'access.disableWebhook', actorKind: 'SYSTEM', companyId: company.id });
  });

  it('has its days counted from the last delivery that arrived', async () => {
    const webhook = await makeWebhook();
    receiver.answerWith((response) => response.writeHead(500).end());
    await giveUp(webhook.id);
    now += 4 * dayMs;
    receiver.answerWith((response) => response.end());
    // Minutes later, the breaker of the failing receiver would have closed again.
    const later = createHttpClient({ log: silentLog, metrics: test.deps.metrics, isPrivateNetworkAllowed: true });
    afterAll(() => later.close());
    await deliver((await makeDelivery(webhook.id)).id, worker(later));
    expect(await webhookOf(webhook.id)).toMatchObject({ failureCount: 0 });
    now += 4 * dayMs;
    receiver.answerWith((response) => response.writeHead(500).end());
    await giveUp(webhook.id);
    expect(await webhookOf(webhook.id)).toMatchObject({ isActive: true, failureCount: 1 });
  });

  it('is turned off at once by 410 Gone', async () => {
    receiver.answerWith((response) => response.writeHead(410).end());
    const webhook = await makeWebhook();
    const { id } = await makeDelivery(webhook.id);
    await deliver(id);
    expect(await deliveryOf(id)).toMatchObject({ status: 'DEAD', attempts: 1, responseStatus: 410 });
    expect(await webhookOf(webhook.id)).toMatchObject({ isActive: false });
  });
});

describe('from an event to its receiver', () => {
  it('takes a moment: outbox, fan-out, job, request; and a lost job is found again', async () => {
    const { subgraph } = world;
    await test.startJobs(subgraph.jobs);
    const stop = await subgraph.start?.();
    const webhook = await makeWebhook();
    const alertRaised = defineTopic<{ level: string }>(topic, { isPublic: true });
    const scope = { companyId: company.id, siteId: plant.id, key: 'alert-1' };
    await db.client.$transaction((tx) =>
      appendEvents(tx, [{ topic: alertRaised, ...scope, occurredAt: new Date(), payload: { level: 'HIGH' } }]),
    );
    await eventually(() => receiver.requests.some(({ body }) => body.includes('alert-1')), { timeoutMs: 15_000 });
    const delivered = () => db.client.webhookDelivery.count({ where: { webhookId: webhook.id, status: 'DELIVERED' } });
    await eventually(async () => (await delivered()) === 1);
    await stop?.();

    const lost = await makeDelivery(webhook.id);
    await db.client.webhookDelivery.update({ where: { id: lost.id }, data: { nextAttemptAt: new Date(now - dayMs) } });
    const sweep = createSweepDeliveries(createAccessDeps({ ...test.deps, clock }), worker());
    await sweep.handle({}, { ...run, reportProgress: () => {} });
    await eventually(async () => (await delivered()) === 2, { timeoutMs: 15_000 });
  });
});

import type { User } from '@cauce/prisma/client';
import type { DomainEvent } from '@cauce/shared/events/domain-event';
import { describe, expect, it } from 'vitest';
import { accessWorld, type NewUser } from '../test/access-world.ts';
import { insertDeliveries } from './webhook-reach.ts';
import { webhookTopics } from './webhook-topics.ts';

const world = await accessWorld();
const { db, makeUser } = world;
const company = await world.makeCompany();
const other = await world.makeCompany();
const [plant, clinic] = [await world.makeSite(company), await world.makeSite(company, 'CLINIC')];
const foreign = await world.makeSite(other);
const [topic] = webhookTopics.filter(({ name }) => name === 'telemetry.alertRaised');
if (topic === undefined) throw new Error('No such topic');

let lastId = 0;
const event = (given: Partial<DomainEvent>): DomainEvent => ({
  id: String(++lastId),
  topic: topic.name,
  key: 'alert',
  companyId: company.id,
  siteId: null,
  occurredAt: '2026-11-20T12:00:00.000Z',
  payload: { level: 'HIGH' },
  ...given,
});
const makeWebhook = (
  owner: User,
  given: { companyId?: string; siteIds?: string[]; topics?: string[]; isActive?: boolean } = {},
) =>
  db.client.webhook.create({
    data: {
      url: 'https://x.example',
      secretEncrypted: 's',
      topics: [topic.name],
      companyId: company.id,
      createdBy: owner.id,
      ...given,
    },
  });
/** Whether the webhook hears of the event; every webhook of this file is asked at once. */
const hears = async (webhook: { id: string }, given: Partial<DomainEvent>) => {
  const happened = event(given);
  await db.client.$transaction((tx) => insertDeliveries(tx, happened, topic, new Date()));
  return (
    (await db.client.webhookDelivery.count({ where: { webhookId: webhook.id, eventId: BigInt(happened.id) } })) === 1
  );
};
const owner = (given: NewUser = {}) => makeUser({ role: 'MANAGER', companies: [company], sites: [plant], ...given });

const ofCompany = { companyId: company.id, siteId: null };
const ofPlant = { companyId: company.id, siteId: plant.id };
const ofClinic = { companyId: company.id, siteId: clinic.id };

describe('a webhook hears', () => {
  it('of its company and of the sites its owner reaches, and of nothing else', async () => {
    const webhook = await makeWebhook(await owner());
    expect(await hears(webhook, ofCompany)).toBe(true);
    expect(await hears(webhook, ofPlant)).toBe(true);
    expect(await hears(webhook, { companyId: null, siteId: plant.id })).toBe(true);
    expect(await hears(webhook, ofClinic)).toBe(false);
    expect(await hears(webhook, { companyId: other.id })).toBe(false);
    expect(await hears(webhook, { companyId: null, siteId: foreign.id })).toBe(false);
    expect(await hears(webhook, { companyId: null, siteId: null })).toBe(false);
  });

  it('only of its sites when it names any', async () => {
    const webhook = await makeWebhook(await owner({ sites: [plant, clinic] }), { siteIds: [clinic.id] });
    expect(await hears(webhook, ofClinic)).toBe(true);
    expect(await hears(webhook, ofPlant)).toBe(false);
    expect(await hears(webhook, ofCompany)).toBe(false);
  });

  it('of its company only, although its owner is an ADMIN who reaches all', async () => {
    const webhook = await makeWebhook(await makeUser({ role: 'ADMIN' }));
    expect(await hears(webhook, ofClinic)).toBe(true);
    expect(await hears(webhook, { companyId: other.id, siteId: foreign.id })).toBe(false);
  });

  it('nothing more once its owner has lost the right', async () => {
    const user = await owner();
    const webhook = await makeWebhook(user);
    const [change, undo] = [
      async (data: object) => {
        await db.client.user.update({ where: { id: user.id }, data });
        return hears(webhook, ofPlant);
      },
      () =>
        db.client.user.update({
          where: { id: user.id },
          data: { isActive: true, role: 'MANAGER', passwordChangedAt: new Date() },
        }),
    ];
    expect(await change({ isActive: false })).toBe(false);
    await undo();
    expect(await change({ passwordChangedAt: null })).toBe(false);
    await undo();
    expect(await hears(webhook, ofPlant)).toBe(true);
    await db.client.userSite.deleteMany({ where: { userId: user.id } });
    expect(await hears(webhook, ofPlant)).toBe(false);
    await db.client.userSite.create({ data: { userId: user.id, siteId: plant.id } });
    await db.client.userCompany.deleteMany({ where: { userId: user.id } });
    expect(await hears(webhook, ofPlant)).toBe(false);
  });

  it('no topic that it was not made for, and nothing while it is off', async () => {
    const user = await owner();
    expect(await hears(await makeWebhook(user, { topics: ['telemetry.measurementAdded'] }), ofPlant)).toBe(false);
    expect(await hears(await makeWebhook(user, { isActive: false }), ofPlant)).toBe(false);
  });

  it('no topic that the role of its owner may not read', async () => {
    const webhook = await makeWebhook(await owner());
    const audit = { ...topic, permission: 'audit:read' as const };
    const happened = event(ofPlant);
    await db.client.$transaction((tx) => insertDeliveries(tx, happened, audit, new Date()));
    expect(await db.client.webhookDelivery.count({ where: { webhookId: webhook.id } })).toBe(0);
  });

  it('of each event once, however often it comes, and gets its body as it was', async () => {
    const webhook = await makeWebhook(await owner());
    const happened = event({ ...ofPlant, key: 'alert-7', payload: { nombre: 'Pozo Ñuble', n: 0.1 } });
    const inserted = [];
    for (let n = 0; n < 2; n++) {
      inserted.push(await db.client.$transaction((tx) => insertDeliveries(tx, happened, topic, new Date())));
    }
    expect(inserted[1]).toEqual([]);
    const [delivery] = await db.client.webhookDelivery.findMany({ where: { webhookId: webhook.id } });
    expect(delivery).toMatchObject({ status: 'PENDING', attempts: 0 });
    const { payload, ...rest } = happened;
    expect(delivery?.payload).toEqual({ ...rest, data: payload });
  });
});

import type { Viewer } from '@cauce/shared/auth/viewer';
import { testAdmin } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { accessWorld } from '../test/access-world.ts';
import { webhookTopics } from './webhook-topics.ts';

const world = await accessWorld({ settings: { isPrivateNetworkAllowed: false } });
const { answer, db, errorCode, makeUser, viewerFor } = world;
const company = await world.makeCompany();
const other = await world.makeCompany();
const [plant, clinic] = [await world.makeSite(company), await world.makeSite(company, 'CLINIC')];
const foreign = await world.makeSite(other);
const owner = await makeUser({ role: 'MANAGER', companies: [company], sites: [plant, clinic] });
const viewer = viewerFor(owner, { companies: [company], sites: [plant, clinic] });
const colleague = viewerFor(await makeUser({ role: 'MANAGER', companies: [company], sites: [plant] }), {
  companies: [company],
  sites: [plant],
});
const key: Viewer = { ...viewer, kind: 'apiKey', id: 'key', role: null, siteIds: [plant.id] };

const failures =
  '... on Failure { reason } ... on ValidationFailed { fields { path code } } ... on NotFound { entity }';
const shown = 'id url description topics company { id } sites { id } owner { id } isActive disabledAt failureCount';

interface Answered {
  readonly secret: string;
  readonly webhook: { readonly id: string };
}

const mutate = async (mutation: string, input: object, selection: string, by: Viewer) => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ${selection} ${failures} } }`;
  const { [mutation]: answered } = await answer<Record<string, Answered>>(query, { input }, { viewer: by });
  if (answered === undefined) throw new Error('No answer');
  return answered;
};
const given = (more: object = {}) => ({
  companyId: company.id,
  url: 'https://partner.example/hook',
  topics: ['telemetry.alertRaised'],
  ...more,
});
const create = (more: object = {}, by: Viewer = viewer) =>
  mutate('createWebhook', given(more), `... on CreatedWebhook { secret webhook { ${shown} } }`, by);
const update = (id: string, more: object, by: Viewer = viewer) =>
  mutate('updateWebhook', { id, ...more }, `... on Webhook { ${shown} }`, by);
const remove = (id: string, by: Viewer = viewer) => mutate('deleteWebhook', { id }, '... on DeletedWebhook { id }', by);
const redeliver = (deliveryId: string, by: Viewer = viewer) =>
  mutate('redeliverWebhook', { deliveryId }, '... on WebhookDelivery { id status attempts }', by);
const list = async (by: Viewer, filter: object = {}) => {
  const query =
    'query ($filter: WebhookFilterInput) { webhooks(filter: $filter) { totalCount edges { node { id } } } }';
  const { webhooks } = await answer<{ webhooks: { totalCount: number; edges: { node: { id: string } }[] } }>(
    query,
    { filter },
    { viewer: by },
  );
  expect(webhooks.totalCount).toBe(webhooks.edges.length);
  return webhooks.edges.map(({ node }) => node.id);
};
let lastEvent = 0n;
const makeDelivery = (webhookId: string, siteId: string | null = null, status: 'DEAD' | 'FAILED' = 'DEAD') => {
  const eventId = ++lastEvent;
  const body = {
    ...{ id: `${eventId}`, topic: 't', occurredAt: '', key: 'k' },
    companyId: company.id,
    siteId,
    data: 1,
  };
  return db.client.webhookDelivery.create({
    data: { webhookId, eventId, topic: 't', payload: body, status, attempts: 8 },
  });
};

describe('createWebhook', () => {
  it('shows the secret once and keeps it sealed', async () => {
    const created = await create({ siteIds: [plant.id], description: 'Para el panel' });
    expect(created).toMatchObject({
      __typename: 'CreatedWebhook',
      secret: expect.stringMatching(/^whsec_[\w-]{43}$/),
      webhook: {
        ...{ url: 'https://partner.example/hook', description: 'Para el panel', topics: ['telemetry.alertRaised'] },
        ...{ company: { id: company.id }, sites: [{ id: plant.id }], owner: { id: owner.id } },
        ...{ isActive: true, disabledAt: null, failureCount: 0 },
      },
    });
    const { rows } = await db.pool.query(`SELECT string_agg(w::text, '') || (SELECT string_agg(a::text, '')
      FROM access.audit_log a) AS all FROM access.webhooks w`);
    expect(rows[0].all).not.toContain(created.secret.slice('whsec_'.length));
  });

  it('refuses addresses inside, plain ones, and topics there are none of', async () => {
    const fields = async (more: object) => Reflect.get(await create(more), 'fields');
    expect(await fields({ url: 'https://127.0.0.1/x' })).toEqual([{ path: 'url', code: 'PRIVATE_ADDRESS' }]);
    expect(await fields({ url: 'http://partner.example' })).toEqual([{ path: 'url', code: 'NOT_HTTPS' }]);
    expect(await fields({ topics: ['access.viewerChanged'] })).toEqual([{ path: 'topics.0', code: 'UNKNOWN_TOPIC' }]);
    expect(await fields({ topics: [] })).toMatchObject([{ path: 'topics' }]);
    expect(await fields({ companyId: 'x' })).toMatchObject([{ path: 'companyId' }]);
  });

  it('gives no more than its maker holds: neither company, nor site, nor topic', async () => {
    expect(await create({ companyId: other.id })).toMatchObject({ __typename: 'NotFound', entity: 'Company' });
    expect(await create({ siteIds: [foreign.id] })).toMatchObject({ __typename: 'NotFound', entity: 'Site' });
    const blind = {
      ...viewer,
      permissions: viewer.permissions.filter((permission) => permission !== 'telemetry:read'),
    };
    expect(await create({}, blind)).toMatchObject({ __typename: 'GrantExceedsOwn', reason: 'TOPIC' });
  });

  it("made with a key is kept to the key's sites, since its owner may reach more", async () => {
    const { webhook } = await create({}, key);
    expect(await db.client.webhook.findUniqueOrThrow({ where: { id: webhook.id } })).toMatchObject({
      siteIds: [plant.id],
    });
    expect(await create({ siteIds: [clinic.id] }, key)).toMatchObject({ __typename: 'NotFound', entity: 'Site' });
    expect(await create({}, { ...key, siteIds: [] })).toMatchObject({ fields: [{ path: 'siteIds' }] });
  });

  it('stops at twenty for one owner in one company', async () => {
    const busy = viewerFor(await makeUser({ role: 'MANAGER', companies: [company] }), { companies: [company] });
    for (let n = 0; n < 20; n++) await create({}, busy);
    expect(await create({}, busy)).toMatchObject({ __typename: 'Conflict', reason: 'TOO_MANY_WEBHOOKS' });
  });

  it('needs webhooks:write', async () => {
    const analyst = viewerFor(await makeUser({ role: 'ANALYST', companies: [company] }), { companies: [company] });
    const query = 'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { __typename } }';
    expect(await errorCode(query, { input: given() }, { viewer: analyst })).toBe('FORBIDDEN');
  });
});

describe('a webhook', () => {
  it('is seen and changed by its owner and by who reaches everything, by nobody else', async () => {
    const { webhook } = await create();
    expect(await list(viewer)).toContain(webhook.id);
    expect(await list(testAdmin(), { topic: 'telemetry.alertRaised', isActive: true })).toContain(webhook.id);
    expect(await list(colleague)).toEqual([]);
    for (const by of [colleague, key]) {
      expect(await update(webhook.id, { url: 'https://evil.example' }, by)).toMatchObject({ __typename: 'NotFound' });
      expect(await remove(webhook.id, by)).toMatchObject({ __typename: 'NotFound' });
    }
    expect(await update(webhook.id, { description: 'De la administración' }, testAdmin())).toMatchObject({
      description: 'De la administración',
      url: 'https://partner.example/hook',
      owner: { id: owner.id },
    });
  });

  it('of a key is seen by the key, and others of its owner are not', async () => {
    const { webhook: wide } = await create();
    const { webhook: narrow } = await create({ siteIds: [plant.id] });
    const seen = await list(key);
    expect(seen).toContain(narrow.id);
    expect(seen).not.toContain(wide.id);
  });

  it('is changed field by field under the rules of its making', async () => {
    const { webhook } = await create();
    const changed = { url: 'https://partner.example/v2', topics: ['inventory.stockChanged'] };
    expect(await update(webhook.id, { ...changed, siteIds: [clinic.id] })).toMatchObject({
      ...changed,
      sites: [{ id: clinic.id }],
    });
    expect(await update(webhook.id, { url: 'https://localhost/' })).toMatchObject({
      fields: [{ code: 'PRIVATE_ADDRESS' }],
    });
    expect(await update(webhook.id, { topics: ['x.y'] })).toMatchObject({ fields: [{ code: 'UNKNOWN_TOPIC' }] });
    expect(await update(webhook.id, { siteIds: [foreign.id] })).toMatchObject({ entity: 'Site' });
    expect(await update(webhook.id, {})).toMatchObject({ url: changed.url, topics: changed.topics });
  });

  it('that is turned on again starts without its failures', async () => {
    const { webhook } = await create();
    const failed = { isActive: false, disabledAt: new Date(), failureCount: 7 };
    await db.client.webhook.update({ where: { id: webhook.id }, data: failed });
    expect(await update(webhook.id, { isActive: true })).toMatchObject({
      isActive: true,
      disabledAt: null,
      failureCount: 0,
    });
  });

  it('goes with its deliveries', async () => {
    const { webhook } = await create();
    await makeDelivery(webhook.id);
    expect(await remove(webhook.id)).toMatchObject({ __typename: 'DeletedWebhook', id: webhook.id });
    expect(await remove(webhook.id)).toMatchObject({ __typename: 'NotFound', entity: 'Webhook' });
    expect(await db.client.webhookDelivery.count({ where: { webhookId: webhook.id } })).toBe(0);
  });

  it('can be had for what is listed, with what it needs', async () => {
    const { webhookTopics: listed } = await answer<{ webhookTopics: { name: string; permission: string }[] }>(
      '{ webhookTopics { name permission description } }',
      {},
      { viewer },
    );
    expect(listed).toEqual(webhookTopics);
  });
});

describe('webhookDeliveries', () => {
  const deliveries = async (filter: object, by: Viewer = viewer) => {
    const query = `query ($filter: WebhookDeliveryFilterInput) { webhookDeliveries(filter: $filter) {
      totalCount edges { node { id payload webhook { id } status } } } }`;
    interface Listed {
      readonly totalCount: number;
      readonly edges: readonly { readonly node: { readonly id: string; readonly payload: unknown } }[];
    }
    return (await answer<{ webhookDeliveries: Listed }>(query, { filter }, { viewer: by })).webhookDeliveries;
  };

  it('are listed newest first, by webhook, topic and status', async () => {
    const { webhook } = await create();
    const [first, second] = [await makeDelivery(webhook.id), await makeDelivery(webhook.id, null, 'FAILED')];
    const all = await deliveries({ webhookId: webhook.id });
    expect(all.totalCount).toBe(2);
    expect(all.edges.map(({ node }) => node.id)).toEqual([second.id, first.id]);
    expect(all.edges[0]?.node).toMatchObject({ webhook: { id: webhook.id }, status: 'FAILED' });
    expect((await deliveries({ webhookId: webhook.id, statuses: ['DEAD'], topic: 't' })).totalCount).toBe(1);
    expect((await deliveries({ webhookId: webhook.id }, colleague)).totalCount).toBe(0);
    expect((await deliveries({ webhookId: 'x' })).totalCount).toBe(0);
  });

  it('do not show what was told of a site that who asks does not reach any more', async () => {
    const { webhook } = await create();
    await makeDelivery(webhook.id, clinic.id);
    const payload = async (by: Viewer) => (await deliveries({ webhookId: webhook.id }, by)).edges[0]?.node.payload;
    expect(await payload(viewer)).toMatchObject({ siteId: clinic.id });
    expect(await payload({ ...viewer, siteIds: [plant.id] })).toBeNull();
  });
});

describe('redeliverWebhook', () => {
  it('sends what arrived or was given up once more, under the same id, with new tries and a job', async () => {
    const { webhook } = await create();
    const { id } = await makeDelivery(webhook.id);
    expect(await redeliver(id)).toMatchObject({ id, status: 'PENDING', attempts: 0 });
    const { rowCount } = await db.pool.query(
      `SELECT 1 FROM pgboss.job WHERE name = 'access.deliver-webhook' AND data->'input'->>'deliveryId' = $1`,
      [id],
    );
    expect(rowCount).toBe(1);
    expect(await redeliver(id)).toMatchObject({ __typename: 'Conflict', reason: 'STILL_TRYING' });
  });

  it('does so once for two who ask at once', async () => {
    const { id } = await makeDelivery((await create()).webhook.id);
    const answers = await Promise.all([redeliver(id), redeliver(id)]);
    expect(answers.map((answered) => Reflect.get(answered, '__typename')).sort()).toEqual([
      'Conflict',
      'WebhookDelivery',
    ]);
  });

  it('refuses what is not there for who asks, and what would go nowhere', async () => {
    const { webhook } = await create();
    const { id } = await makeDelivery(webhook.id, clinic.id);
    for (const by of [colleague, { ...viewer, siteIds: [plant.id] }]) {
      expect(await redeliver(id, by)).toMatchObject({ __typename: 'NotFound', entity: 'WebhookDelivery' });
    }
    expect(await redeliver('x')).toMatchObject({ __typename: 'NotFound' });
    await update(webhook.id, { isActive: false });
    expect(await redeliver(id)).toMatchObject({ __typename: 'Conflict', reason: 'WEBHOOK_OFF' });
  });
});

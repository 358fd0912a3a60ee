import { createHash } from 'node:crypto';
import { recordAudit } from '@cauce/shared/audit/audit';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { eventually } from '@cauce/shared/test/eventually';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { accessWorld } from './test/access-world.ts';

const world = await accessWorld();
const { answer, db, makeUser, scope, viewerFor } = world;

/** Company B: everything in it is a secret of its own. */
const b = await world.makeCompany('Secreta');
const [bPlant, bOffice] = [await world.makeSite(b, 'PLANT', 'Secreta'), await world.makeSite(b, 'OFFICE', 'Secreta')];
const bUser = await makeUser({ role: 'MANAGER', name: 'Secreta', companies: [b], sites: [bPlant, bOffice] });
const asB = viewerFor(bUser, { companies: [b], sites: [bPlant, bOffice] });
const bKey = await db.client.apiKey.create({
  data: {
    userId: bUser.id,
    name: 'Secreta',
    prefix: 'SecretaSecre',
    hash: 'h',
    companyIds: [b.id],
    siteIds: [bPlant.id],
  },
});
const bText = 'query Secreta { me { id } }';
const bDocument = await db.client.apiKeyDocument.create({
  data: { keyId: bKey.id, hash: createHash('sha256').update(bText).digest('hex'), text: bText },
});
const bWebhook = await db.client.webhook.create({
  data: {
    ...{ companyId: b.id, url: 'https://secreta.example', secretEncrypted: 's', createdBy: bUser.id },
    topics: ['telemetry.alertRaised'],
  },
});
const bDelivery = await db.client.webhookDelivery.create({
  data: {
    ...{ webhookId: bWebhook.id, eventId: 1n, topic: 'secreta.topic', status: 'DEAD' },
    payload: { id: '1', topic: 't', occurredAt: '', key: 'k', companyId: b.id, siteId: null, data: 'Secreta' },
  },
});
await db.client.$transaction((tx) =>
  recordAudit(tx, scope({ viewer: asB }), { action: 'secreta.act', entityType: 'X', entityId: 'x', companyId: b.id }),
);

/** Company A, and three who belong to it: a manager, a program, and an ADMIN's program that is kept to it. */
const a = await world.makeCompany('Propia');
const aPlant = await world.makeSite(a, 'PLANT', 'Propia');
const aUser = await makeUser({ role: 'MANAGER', companies: [a], sites: [aPlant] });
const reach = { companies: [a], sites: [aPlant] };
const manager = viewerFor(aUser, reach);
const key: Viewer = { ...manager, kind: 'apiKey', id: 'a-key', role: null };
const narrowAdmin: Viewer = {
  ...testViewer({ role: 'ADMIN', companyIds: [a.id], siteIds: [aPlant.id] }),
  userId: aUser.id,
};
const viewers: readonly (readonly [string, Viewer])[] = [
  ['a manager of company A', manager],
  ["a program of company A's manager", key],
  ['an ADMIN who is kept to company A', narrowAdmin],
];

const secrets = [b, bPlant, bOffice, bUser, bKey, bWebhook, bDelivery].map(({ id }) => id);
const leaks = (text: string) =>
  [...secrets, 'Secreta', 'secreta', bUser.email].filter((secret) => text.includes(secret));

describe.each(viewers)('%s', (_who, viewer) => {
  const ask = async (query: string, variables: Record<string, unknown> = {}) => world.ask(query, variables, { viewer });

  it('finds company B in no list and no count', async () => {
    const lists = {
      companies: ['{ name }', 1],
      sites: ['{ name company { name } }', 1],
      users: ['{ name email companies { name } sites { name } }', 1],
      apiKeys: ['{ name prefix owner { name } companies { name } }', 0],
      webhooks: ['{ url company { name } owner { name } }', 0],
      webhookDeliveries: ['{ payload webhook { url } }', 0],
      auditLog: ['{ action actor { name } company { name } }', 0],
    } as const;
    for (const [list, [fields, count]] of Object.entries(lists)) {
      const { data, errors } = await ask(`{ ${list}(first: 200) { totalCount edges { node { id ${fields} } } } }`);
      const text = JSON.stringify({ data, errors });
      expect(leaks(text), list).toEqual([]);
      if (errors === undefined) expect(data, list).toMatchObject({ [list]: { totalCount: count } });
      else expect(errors[0]?.extensions.code, list).toBe('FORBIDDEN');
    }
  });

  it('finds nothing of it by asking for it', async () => {
    const filters = [
      `{ sites(filter: { companyIds: ["${b.id}"] }) { totalCount } }`,
      `{ sites(filter: { search: "Secreta" }) { totalCount } }`,
      `{ companies(filter: { search: "Secreta" }) { totalCount } }`,
      `{ users(filter: { companyId: "${b.id}" }) { totalCount } }`,
      `{ users(filter: { search: "Secreta" }) { totalCount } }`,
      `{ apiKeys(filter: { userId: "${bUser.id}" }) { totalCount } }`,
      `{ webhooks(filter: { companyId: "${b.id}" }) { totalCount } }`,
      `{ webhookDeliveries(filter: { webhookId: "${bWebhook.id}" }) { totalCount } }`,
    ];
    for (const query of filters) {
      const { data, errors } = await ask(query);
      expect(errors, query).toBeUndefined();
      expect(JSON.stringify(data), query).toContain('"totalCount":0');
    }
    const { data } = await ask(`{ a: company(id: "${b.id}") { id } b: company(code: "${b.code}") { id }
      c: site(id: "${bPlant.id}") { id } d: site(code: "${bPlant.code}") { id }
      e: apiKey(id: "${bKey.id}") { id documents { hash text } } }`);
    expect(data).toEqual({ a: null, b: null, c: null, d: null, e: null });
  });

  it('finds nothing of it as an entity', async () => {
    const representations = [
      ...[b.id, bPlant.id].flatMap((id) => [
        { __typename: 'Company', id },
        { __typename: 'Site', id },
      ]),
      { __typename: 'Company', code: b.code },
      { __typename: 'Site', code: bPlant.code },
      { __typename: 'User', id: bUser.id },
    ];
    const { data, errors } = await ask(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Company { name } ... on Site { name } ... on User { name } } }`,
      { r: representations },
    );
    expect(errors).toBeUndefined();
    expect(data).toEqual({ _entities: representations.map(() => null) });
  });

  it('changes nothing of it', async () => {
    const access = { role: 'VIEWER', companyIds: [b.id], siteIds: [bPlant.id], dashboards: [] };
    const hook = { companyId: b.id, url: 'https://a.example', topics: ['telemetry.alertRaised'] };
    const person = { email: 'espia@world.example', name: 'Espía', password: 'tres pozos y un estanque' };
    const attempts: readonly (readonly [string, object])[] = [
      ['register', { ...person, ...access }],
      ['setUserAccess', { userId: bUser.id, ...access, companyIds: [a.id], siteIds: [] }],
      ['setUserAccess', { userId: aUser.id, ...access }],
      ['createApiKey', { name: 'k', permissions: ['telemetry:read'], companyIds: [b.id] }],
      ['createApiKey', { name: 'k', permissions: ['telemetry:read'], companyIds: [a.id], siteIds: [bPlant.id] }],
      ['revokeApiKey', { id: bKey.id }],
      ['rotateApiKey', { id: bKey.id }],
      ['registerApiKeyDocuments', { keyId: bKey.id, documents: ['query Espia { me { id } }'] }],
      ['removeApiKeyDocuments', { keyId: bKey.id, hashes: [bDocument.hash] }],
      ['setApiKeyRegisteredOnly', { keyId: bKey.id, registeredOnly: true }],
      ['createWebhook', hook],
      ['createWebhook', { ...hook, companyId: a.id, siteIds: [bPlant.id] }],
      ['updateWebhook', { id: bWebhook.id, url: 'https://a.example' }],
      ['deleteWebhook', { id: bWebhook.id }],
      ['rotateWebhookSecret', { id: bWebhook.id }],
      ['testWebhook', { id: bWebhook.id }],
      ['redeliverWebhook', { deliveryId: bDelivery.id }],
    ];
    const before = await snapshot();
    for (const [mutation, input] of attempts) {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
      const { data, errors } = await ask(
        `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ... on Failure { reason message } } }`,
        { input },
      );
      const isRefused =
        errors === undefined
          ? /NotFound|GrantExceedsOwn|ValidationFailed/.test(JSON.stringify(data))
          : errors[0]?.extensions.code === 'FORBIDDEN';
      expect(isRefused, `${mutation}: ${JSON.stringify({ data, errors })}`).toBe(true);
      expect(leaks(JSON.stringify({ data, errors })), mutation).toEqual([]);
    }
    expect(await snapshot()).toEqual(before);
  });

  const snapshot = async () => {
    const { rows } = await db.pool.query(`SELECT
      (SELECT md5(string_agg(u::text, '' ORDER BY id)) FROM access.users u) AS users,
      (SELECT md5(string_agg(c::text, '' ORDER BY user_id, company_id)) FROM access.user_companies c) AS companies,
      (SELECT md5(string_agg(s::text, '' ORDER BY user_id, site_id)) FROM access.user_sites s) AS sites,
      (SELECT md5(string_agg(k::text, '' ORDER BY id)) FROM access.api_keys k) AS keys,
      (SELECT md5(string_agg(o::text, '' ORDER BY key_id, hash)) FROM access.api_key_documents o) AS documents,
      (SELECT md5(string_agg(w::text, '' ORDER BY id)) FROM access.webhooks w) AS webhooks,
      (SELECT md5(string_agg(d::text, '' ORDER BY id)) FROM access.webhook_deliveries d) AS deliveries,
      (SELECT count(*)::int FROM access.audit_log) AS audit`);
    return rows[0];
  };
});

describe('what happens in company B', () => {
  it('is heard by no listener of company A', async () => {
    world.test.startRelay();
    const heard: string[] = [];
    const ended = new AbortController();
    const query = 'subscription { auditEntryAdded { entityId company { name } } }';
    const stream = await world.runner.subscribe({ query }, scope({ viewer: narrowAdmin, signal: ended.signal }));
    if (!(Symbol.asyncIterator in stream)) throw new Error('No stream');
    const listening = (async () => {
      for await (const event of stream) heard.push(JSON.stringify(event));
    })();
    const act = (entityId: string, place: object) =>
      db.client.$transaction((tx) =>
        recordAudit(tx, scope({ viewer: testAdmin() }), { action: 't.t', entityType: 'X', entityId, ...place }),
      );
    await act('secreta-1', { companyId: b.id });
    await act('secreta-2', { companyId: b.id, siteId: bPlant.id });
    await act('secreta-3', { companyId: a.id, siteId: bPlant.id });
    await act('propia', { companyId: a.id });
    await eventually(() => heard.some((text) => text.includes('propia')));
    expect(leaks(heard.join())).toEqual([]);
    ended.abort();
    await listening;
  });

  it('is sent to no webhook of company A, whoever owns it', async () => {
    const admin = await makeUser({ role: 'ADMIN' });
    const data = { url: 'https://a.example', secretEncrypted: 's', topics: ['telemetry.alertRaised'] };
    for (const createdBy of [aUser.id, admin.id]) {
      await db.client.webhook.create({ data: { ...data, companyId: a.id, createdBy } });
    }
    const stop = await world.subgraph.start?.();
    const happen = (key: string, companyId: string | null, siteId: string | null) =>
      db.pool.query(
        `INSERT INTO platform.outbox (topic, key, company_id, site_id) VALUES ('telemetry.alertRaised', $1, $2, $3)`,
        [key, companyId, siteId],
      );
    await happen('secreta-1', b.id, null);
    await happen('secreta-2', b.id, bPlant.id);
    await happen('secreta-3', null, bPlant.id);
    await happen('propia', a.id, aPlant.id);
    const sent = () => db.client.webhookDelivery.findMany({ where: { webhook: { companyId: a.id } } });
    await eventually(async () => (await sent()).length === 2, { timeoutMs: 15_000 });
    await stop?.();
    expect((await sent()).map(({ payload }) => Reflect.get(Object(payload), 'key'))).toEqual(['propia', 'propia']);
  });

  it('is seen by who belongs to it, so that the questions above could have been answered', async () => {
    const seen = await answer<Record<string, { totalCount: number }>>(
      '{ companies { totalCount } sites { totalCount } users { totalCount } apiKeys { totalCount } webhooks { totalCount } webhookDeliveries { totalCount } }',
      {},
      { viewer: asB },
    );
    expect(
      Object.values(seen)
        .map(({ totalCount }) => totalCount)
        .every((count) => count > 0),
    ).toBe(true);
  });
});

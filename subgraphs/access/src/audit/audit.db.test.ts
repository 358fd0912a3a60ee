import { recordAudit } from '@cauce/shared/audit/audit';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { eventually } from '@cauce/shared/test/eventually';
import { testAdmin, testOutsider, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { accessWorld, worldPassword } from '../test/access-world.ts';

const world = await accessWorld();
const { answer, db, errorCode, makeUser, scope } = world;
const company = await world.makeCompany();
const [plant, clinic] = [await world.makeSite(company), await world.makeSite(company, 'CLINIC')];
const admin = await makeUser({ role: 'ADMIN' });
const asAdmin = world.viewerFor(admin);

const entry = (given: object = {}) => ({ action: 'test.doSomething', entityType: 'Thing', entityId: 't', ...given });
const record = (given: object = {}, viewer: Viewer = asAdmin) =>
  db.client.$transaction((tx) => recordAudit(tx, scope({ viewer }), entry(given)));
const mutate = async <Data>(mutation: string, input: object, selection: string, viewer?: Viewer): Promise<Data> => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ${selection} } }`;
  const data = await answer<Record<string, Data & { __typename: string }>>(query, { input }, viewer ? { viewer } : {});
  const { [mutation]: answered } = data;
  if (answered === undefined || 'reason' in answered) throw new Error(`${mutation}: ${JSON.stringify(answered)}`);
  return answered;
};

describe('recordAudit', () => {
  it('writes who, what, from where, before and after, and nothing secret', async () => {
    const by = scope({ viewer: { ...asAdmin, kind: 'apiKey', id: 'key-1' }, address: '192.0.2.55' });
    const before = { name: 'Pozo 1', secretEncrypted: 'v1.sealed' };
    const after = { name: 'Pozo 2', password: 'not this', nested: { accessToken: 'nor this' } };
    await db.client.$transaction((tx) => recordAudit(tx, by, entry({ siteId: plant.id, before, after })));
    const stored = await db.client.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
    expect(stored).toMatchObject({
      ...{ actorKind: 'API_KEY', actorId: 'key-1', actorUserId: admin.id, action: 'test.doSomething', outcome: 'ok' },
      ...{ siteId: plant.id, companyId: null, requestId: by.requestId, address: '192.0.2.55' },
      ...{ before: { name: 'Pozo 1' }, after: { name: 'Pozo 2' } },
    });
    for (const secret of ['sealed', 'not this', 'nor this']) expect(JSON.stringify(stored)).not.toContain(secret);
  });

  it('is undone with the change it speaks of', async () => {
    const count = () => db.client.auditEntry.count();
    const before = await count();
    const change = db.client.$transaction(async (tx) => {
      await recordAudit(tx, scope({ viewer: asAdmin }), entry());
      throw new Error('The change failed');
    });
    await expect(change).rejects.toThrow('The change failed');
    expect(await count()).toBe(before);
  });

  it('keeps nothing as nothing, and not as a JSON null', async () => {
    await record({ after: { n: 1 } });
    const { rows } = await db.pool.query(
      'SELECT before IS NULL AS nothing FROM access.audit_log ORDER BY id DESC LIMIT 1',
    );
    expect(rows).toEqual([{ nothing: true }]);
  });
});

describe('the audit log', () => {
  it('can be neither changed nor shortened, whoever asks', async () => {
    await record();
    for (const statement of [
      `UPDATE access.audit_log SET outcome = 'nothing'`,
      'DELETE FROM access.audit_log',
      'TRUNCATE access.audit_log',
    ]) {
      await expect(db.pool.query(statement)).rejects.toThrow('is refused');
    }
  });

  it('is read newest first, in pages, by what is asked for', async () => {
    const action = `test.page-${Date.now()}`;
    for (const entityId of ['1', '2', '3']) await record({ action, entityId, companyId: company.id });
    const query = `query ($filter: AuditLogFilterInput, $after: String) { auditLog(filter: $filter, first: 2, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { entityId actor { id name } company { id } site { id } } } } }`;
    interface Log {
      readonly totalCount: number;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
      readonly edges: readonly { readonly node: { readonly entityId: string } }[];
    }
    const page = async (filter: object, after: string | null = null) =>
      (await answer<{ auditLog: Log }>(query, { filter, after }, { viewer: asAdmin })).auditLog;
    const first = await page({ action });
    expect(first).toMatchObject({
      totalCount: 3,
      edges: [
        { node: { entityId: '3', actor: { id: admin.id, name: admin.name }, company: { id: company.id }, site: null } },
        { node: { entityId: '2' } },
      ],
    });
    const second = await page({ action }, first.pageInfo.endCursor);
    expect(second.edges.map(({ node }) => node.entityId)).toEqual(['1']);
    expect(second.pageInfo.hasNextPage).toBe(false);
    const found = async (filter: object) => (await page(filter)).totalCount;
    expect(await found({ action, entityId: '2', entityType: 'Thing', outcome: 'ok', actorUserId: admin.id })).toBe(1);
    expect(await found({ action: 'test.', companyId: company.id })).toBe(3);
    expect(await found({ action, from: '2020-01-01T00:00:00Z', to: '2020-01-02T00:00:00Z' })).toBe(0);
    expect(await found({ action, siteId: plant.id })).toBe(0);
    expect(await found({ action: '\0' })).toBeGreaterThan(0);
  });

  it('shows a reader of some sites only what happened there', async () => {
    const action = `test.reach-${Date.now()}`;
    await record({ action, entityId: 'plant', siteId: plant.id, companyId: company.id });
    await record({ action, entityId: 'clinic', siteId: clinic.id, companyId: company.id });
    await record({ action, entityId: 'company', companyId: company.id });
    await record({ action, entityId: 'nobody' });
    const query = `query ($filter: AuditLogFilterInput) { auditLog(filter: $filter) { totalCount edges { node { entityId } } } }`;
    const seen = async (viewer: Viewer) => {
      const { auditLog } = await answer<{ auditLog: { totalCount: number; edges: { node: { entityId: string } }[] } }>(
        query,
        { filter: { action } },
        { viewer },
      );
      expect(auditLog.totalCount).toBe(auditLog.edges.length);
      return auditLog.edges.map(({ node }) => node.entityId);
    };
    const narrow = testViewer({ role: 'ADMIN', companyIds: [company.id], siteIds: [plant.id] });
    expect(await seen(narrow)).toEqual(['company', 'plant']);
    expect(await seen(testOutsider())).toEqual([]);
    expect(await seen(testAdmin())).toEqual(['nobody', 'company', 'clinic', 'plant']);
  });

  it('needs audit:read, which only an ADMIN has', async () => {
    const manager = testViewer({ role: 'MANAGER', companyIds: [company.id] });
    expect(await errorCode('{ auditLog { totalCount } }', {}, { viewer: manager })).toBe('FORBIDDEN');
  });
});

describe('auditEntryAdded', () => {
  world.test.startRelay();
  interface Told {
    readonly action: string;
    readonly entityId: string;
  }
  /** What a listener is told of one action; the relay may still be busy with what happened before. */
  const follow = async (viewer: Viewer, action: string) => {
    const ended = new AbortController();
    const query = 'subscription { auditEntryAdded { action entityId actor { name } } }';
    const stream = await world.runner.subscribe({ query }, scope({ viewer, signal: ended.signal }));
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream.errors));
    const seen: Told[] = [];
    const done = (async () => {
      for await (const { data } of stream as AsyncIterable<{ data: { auditEntryAdded: Told } }>) {
        if (data.auditEntryAdded.action === action) seen.push(data.auditEntryAdded);
      }
    })();
    const end = () => {
      ended.abort();
      return done;
    };
    return { seen, end };
  };

  it('tells each listener at once of what they reach, and of nothing else', async () => {
    const action = 'test.stream';
    const everything = await follow(asAdmin, action);
    const narrow = await follow(testViewer({ role: 'ADMIN', companyIds: [company.id], siteIds: [plant.id] }), action);
    await record({ action, entityId: 'clinic', siteId: clinic.id });
    await record({ action, entityId: 'nobody' });
    await record({ action, entityId: 'plant', siteId: plant.id });
    await eventually(() => everything.seen.length === 3 && narrow.seen.length === 1);
    expect(everything.seen).toContainEqual({ action, entityId: 'nobody', actor: { name: admin.name } });
    expect(narrow.seen).toEqual([{ action, entityId: 'plant', actor: null }]);
    await Promise.all([everything.end(), narrow.end()]);
  });

  it('shows the name that a person has now, also late in a long stream', async () => {
    const person = await makeUser({ role: 'ADMIN', name: 'Antes' });
    const stream = await follow(asAdmin, 'test.name');
    await record({ action: 'test.name' }, world.viewerFor(person));
    await eventually(() => stream.seen.length === 1);
    await db.client.user.update({ where: { id: person.id }, data: { name: 'Después' } });
    await record({ action: 'test.name' }, world.viewerFor(person));
    await eventually(() => stream.seen.length === 2);
    expect(stream.seen).toMatchObject([{ actor: { name: person.name } }, { actor: { name: 'Después' } }]);
    await stream.end();
  });

  it('is refused to who may not read the log', async () => {
    const viewer = testViewer({ role: 'MANAGER', companyIds: [company.id] });
    const result = await world.runner.subscribe(
      { query: 'subscription { auditEntryAdded { id } }' },
      scope({ viewer }),
    );
    expect(result).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });
});

describe('every mutation', () => {
  it('leaves an entry of its own: who did it, and to what', async () => {
    const user = await makeUser({ role: 'MANAGER', companies: [company], sites: [plant] });
    const viewer = world.viewerFor(user, { companies: [company], sites: [plant] });
    const session = await mutate<{ refreshToken: string }>(
      'signIn',
      { email: user.email, password: worldPassword },
      '... on Session { refreshToken }',
    );
    const next = await mutate<{ refreshToken: string }>(
      'refreshSession',
      { refreshToken: session.refreshToken },
      '... on Session { refreshToken }',
    );
    await mutate('signOut', { refreshToken: next.refreshToken }, 'isEnded');
    await mutate(
      'changePassword',
      { currentPassword: worldPassword, newPassword: 'cuatro pozos y un estanque' },
      '',
      viewer,
    );
    const access = { role: 'USER', companyIds: [company.id], siteIds: [], dashboards: [] };
    const newcomer = { email: 'alguien@world.example', name: 'Alguien', password: worldPassword };
    await mutate('register', { ...newcomer, ...access }, '... on Failure { reason }', asAdmin);
    await mutate('setUserAccess', { userId: user.id, ...access }, '... on Failure { reason }', asAdmin);
    const key = await mutate<{ apiKey: { id: string } }>(
      'createApiKey',
      { name: 'k', permissions: ['inventory:read'] },
      '... on CreatedApiKey { apiKey { id } }',
      viewer,
    );
    const documents = { keyId: key.apiKey.id, documents: ['query Mine { me { id } }'] };
    await mutate('registerApiKeyDocuments', documents, '... on Failure { reason }', viewer);
    const hashes = (await db.client.apiKeyDocument.findMany({ where: { keyId: key.apiKey.id } })).map(
      ({ hash }) => hash,
    );
    await mutate('removeApiKeyDocuments', { keyId: key.apiKey.id, hashes }, '... on Failure { reason }', viewer);
    const held = { keyId: key.apiKey.id, registeredOnly: true };
    await mutate('setApiKeyRegisteredOnly', held, '... on Failure { reason }', viewer);
    await mutate('rotateApiKey', { id: key.apiKey.id }, '... on Failure { reason }', viewer);
    await mutate('revokeApiKey', { id: key.apiKey.id }, '... on Failure { reason }', viewer);
    const hook = await mutate<{ webhook: { id: string } }>(
      'createWebhook',
      { companyId: company.id, url: 'https://partner.example/hook', topics: ['telemetry.alertRaised'] },
      '... on CreatedWebhook { webhook { id } } ... on Failure { reason }',
      viewer,
    );
    await mutate('updateWebhook', { id: hook.webhook.id, description: 'x' }, '... on Failure { reason }', viewer);
    await mutate('rotateWebhookSecret', { id: hook.webhook.id }, '... on Failure { reason }', viewer);
    await mutate('testWebhook', { id: hook.webhook.id }, '... on Failure { reason }', viewer);
    const body = { id: '1', topic: 't', occurredAt: '', companyId: company.id, siteId: null, key: 'k', data: {} };
    const delivery = await db.client.webhookDelivery.create({
      data: { webhookId: hook.webhook.id, eventId: 1n, topic: 'telemetry.alertRaised', payload: body, status: 'DEAD' },
    });
    await mutate('redeliverWebhook', { deliveryId: delivery.id }, '... on Failure { reason }', viewer);
    await mutate('deleteWebhook', { id: hook.webhook.id }, '... on Failure { reason }', viewer);

    const entries = await db.client.auditEntry.findMany({
      where: { action: { startsWith: 'access.' }, outcome: 'ok' },
    });
    const audited = new Set(entries.map(({ action }) => action.replace('access.', '')));
    const mutations = Object.keys(world.subgraph.schema.getMutationType()?.getFields() ?? {});
    // What gateways have counted is nobody's deed.
    expect(mutations.filter((name) => !audited.has(name))).toEqual(['recordApiKeyUsage']);
    for (const { action, actorUserId, entityId, requestId } of entries) {
      expect(actorUserId, action).toBe(/\.(register|setUserAccess)$/.test(action) ? admin.id : user.id);
      expect(entityId, action).not.toBeNull();
      expect(requestId, action).not.toBeNull();
    }
  });

  it('that signs nobody in is kept as well, without what was typed', async () => {
    const user = await makeUser();
    const refused = async (email: string) => {
      await answer(
        'mutation ($input: SignInInput!) { signIn(input: $input) { __typename } }',
        { input: { email, password: 'My secret typed by mistake' } },
        { address: '192.0.2.99' },
      );
      return db.client.auditEntry.findFirstOrThrow({ orderBy: { id: 'desc' } });
    };
    expect(await refused(user.email)).toMatchObject({
      ...{ actorKind: 'ANONYMOUS', actorUserId: null, action: 'access.signIn', outcome: 'INVALID_CREDENTIALS' },
      ...{ entityId: user.id, address: '192.0.2.99', after: { email: `${user.email.slice(0, 2)}***@world.example` } },
    });
    expect(await refused('mi clave secreta')).toMatchObject({ entityId: null, after: { email: '***' } });
  });
});

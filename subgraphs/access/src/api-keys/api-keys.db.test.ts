import { parseApiKey } from '@cauce/shared/auth/api-key-format';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { fixedClock } from '@cauce/shared/clock';
import { testAdmin } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { accessWorld } from '../test/access-world.ts';

const clock = fixedClock(new Date('2026-11-20T12:00:00Z'));
const world = await accessWorld({ clock });
const { answer, db, errorCode } = world;
const company = await world.makeCompany();
const other = await world.makeCompany();
const [plant, office] = [await world.makeSite(company), await world.makeSite(company, 'OFFICE')];
const foreign = await world.makeSite(other);
const owner = await world.makeUser({ role: 'MANAGER', companies: [company], sites: [plant, office] });
const viewer = world.viewerFor(owner, { companies: [company], sites: [plant, office] });

const fields = `id name prefix permissions companies { id } sites { id } owner { id } createdAt expiresAt revokedAt lastUsedAt`;
const createQuery = `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { __typename
  ... on CreatedApiKey { secret apiKey { ${fields} } }
  ... on Failure { reason } ... on NotFound { entity } ... on ValidationFailed { fields { path code } } } }`;

interface Created {
  readonly secret: string;
  readonly apiKey: { readonly id: string; readonly prefix: string };
}

const variables = (input: object) => ({ input: { name: 'Tablero', permissions: ['inventory:read'], ...input } });
const create = async (input: object = {}, by: Viewer = viewer) =>
  (await answer<{ createApiKey: Created }>(createQuery, variables(input), { viewer: by })).createApiKey;
const revoke = async (id: string, by: Viewer = viewer) => {
  const query = `mutation ($input: RevokeApiKeyInput!) {
    revokeApiKey(input: $input) { __typename ... on ApiKey { id revokedAt } } }`;
  return (await answer<{ revokeApiKey: unknown }>(query, { input: { id } }, { viewer: by })).revokeApiKey;
};
const list = async (by: Viewer, filter: object = {}) => {
  const query = `query ($filter: ApiKeyFilterInput) { apiKeys(filter: $filter) { totalCount edges { node { id } } } }`;
  const { apiKeys } = await answer<{ apiKeys: { totalCount: number; edges: { node: { id: string } }[] } }>(
    query,
    { filter },
    { viewer: by },
  );
  expect(apiKeys.totalCount).toBe(apiKeys.edges.length);
  return apiKeys.edges.map(({ node }) => node.id);
};

describe('createApiKey', () => {
  it('shows the key once, and keeps only what it cannot be made from again', async () => {
    const created = await create({ companyIds: [company.id], siteIds: [plant.id] });
    expect(created).toMatchObject({
      __typename: 'CreatedApiKey',
      secret: expect.stringMatching(/^cauce_\w{12}_\w{49}$/),
      apiKey: {
        permissions: ['inventory:read'],
        companies: [{ id: company.id }],
        sites: [{ id: plant.id }],
        owner: { id: owner.id },
        expiresAt: '2027-11-20T12:00:00.000Z',
        revokedAt: null,
        lastUsedAt: null,
      },
    });
    const { secret, apiKey } = created;
    const stored = await db.client.apiKey.findUniqueOrThrow({ where: { id: apiKey.id } });
    expect(parseApiKey(secret)).toEqual({ keyId: stored.prefix, secretHash: stored.hash });
    expect(apiKey.prefix).toBe(`cauce_${stored.prefix}`);
    const { rows } = await db.pool.query(`SELECT string_agg(k::text, '') || (SELECT string_agg(a::text, '')
      FROM access.audit_log a) AS all FROM access.api_keys k`);
    expect(rows[0].all).not.toContain(secret.split('_')[2]);
  });

  it('reaches what its owner reaches at that moment when it lists nothing, and never all', async () => {
    const created = await create();
    expect(created).toMatchObject({ apiKey: { companies: [{ id: company.id }] } });
    const stored = await db.client.apiKey.findUniqueOrThrow({ where: { id: created.apiKey.id } });
    expect(stored.siteIds.toSorted()).toEqual([plant.id, office.id].toSorted());
    const admin = await world.makeUser({ role: 'ADMIN' });
    const { apiKey: wide } = await create({ companyIds: [other.id] }, world.viewerFor(admin));
    expect(await db.client.apiKey.findUniqueOrThrow({ where: { id: wide.id } })).toMatchObject({
      siteIds: [foreign.id],
    });
  });

  it('holds no more than its owner', async () => {
    expect(await create({ permissions: ['audit:read'] })).toMatchObject({
      __typename: 'GrantExceedsOwn',
      reason: 'PERMISSION',
    });
    expect(await create({ companyIds: [other.id] })).toMatchObject({ __typename: 'NotFound', entity: 'Company' });
    expect(await create({ siteIds: [foreign.id] })).toMatchObject({ __typename: 'NotFound', entity: 'Site' });
    const both = world.viewerFor(owner, { companies: [company, other], sites: [plant, foreign] });
    expect(await create({ companyIds: [company.id], siteIds: [foreign.id] }, both)).toMatchObject({
      fields: [{ path: 'siteIds.0', code: 'OUTSIDE_COMPANIES' }],
    });
  });

  it('says what is wrong with its permissions, name and end', async () => {
    expect(await create({ permissions: [] })).toMatchObject({ fields: [{ path: 'permissions' }] });
    expect(await create({ permissions: ['root:all'] })).toMatchObject({ fields: [{ path: 'permissions.0' }] });
    expect(await create({ name: '' })).toMatchObject({ fields: [{ path: 'name' }] });
    for (const expiresAt of ['2026-11-20T12:00:00Z', '2020-01-01T00:00:00Z', '2029-01-01T00:00:00Z']) {
      expect(await create({ expiresAt })).toMatchObject({ fields: [{ path: 'expiresAt', code: 'OUT_OF_RANGE' }] });
    }
  });

  it('is not for keys, which would outlive themselves, nor for nobody', async () => {
    expect(await errorCode(createQuery, variables({}), { viewer: { ...viewer, kind: 'apiKey' } })).toBe('FORBIDDEN');
    expect(await errorCode(createQuery, variables({}))).toBe('UNAUTHENTICATED');
  });

  it('makes fifty for one person and no more', async () => {
    const busy = await world.makeUser({ role: 'USER', companies: [company] });
    const by = world.viewerFor(busy, { companies: [company] });
    for (let n = 0; n < 50; n++) await create({}, by);
    expect(await create({}, by)).toMatchObject({ __typename: 'Conflict', reason: 'TOO_MANY_KEYS' });
  });
});

describe('revokeApiKey', () => {
  it('ends a key at once, tells the gateway, and may be repeated', async () => {
    const { apiKey } = await create();
    const { id } = apiKey;
    const revoked = await revoke(id);
    expect(revoked).toEqual({ __typename: 'ApiKey', id, revokedAt: clock.now().toISOString() });
    clock.advance(1_000);
    expect(await revoke(id)).toEqual(revoked);
    const events = await db.client.outboxEvent.findMany({ where: { topic: 'access.viewerChanged', key: owner.id } });
    expect(events.map(({ payload }) => payload)).toEqual([{ userId: owner.id, keyId: id, familyId: null }]);
  });

  it("finds one's own keys only, and an ADMIN everybody's", async () => {
    const { apiKey } = await create();
    const { id } = apiKey;
    const colleague = await world.makeUser({ role: 'MANAGER', companies: [company] });
    expect(await revoke(id, world.viewerFor(colleague, { companies: [company] }))).toEqual({ __typename: 'NotFound' });
    expect(await revoke('x')).toEqual({ __typename: 'NotFound' });
    expect(await revoke(id, testAdmin())).toMatchObject({ __typename: 'ApiKey' });
  });
});

describe('apiKeys', () => {
  it("lists one's own, newest first; a key itself; an ADMIN those of everybody", async () => {
    const person = await world.makeUser({ role: 'USER', companies: [company] });
    const by = world.viewerFor(person, { companies: [company] });
    const { apiKey: first } = await create({}, by);
    clock.advance(1_000);
    const { apiKey: second } = await create({}, by);
    expect(await list(by)).toEqual([second.id, first.id]);
    expect(await list({ ...by, kind: 'apiKey', id: first.id })).toEqual([first.id]);
    expect(await list(testAdmin(), { userId: person.id })).toEqual([second.id, first.id]);
    await revoke(first.id, by);
    expect(await list(by, { isStanding: true })).toEqual([second.id]);
    expect(await list(by, { isStanding: false })).toEqual([first.id]);
  });
});

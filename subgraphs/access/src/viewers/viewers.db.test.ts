import { createApiKey } from '@cauce/shared/auth/api-key-format';
import { systemViewer, type Viewer } from '@cauce/shared/auth/viewer';
import { fixedClock } from '@cauce/shared/clock';
import { countStatements } from '@cauce/shared/test/count-statements';
import { testAdmin } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { accessWorld } from '../test/access-world.ts';

const clock = fixedClock(new Date());
const world = await accessWorld({ clock });
const { ask, db } = world;
const gateway = systemViewer('gateway');
const query = 'query ($input: AuthenticateInput!) { authenticate(input: $input) }';
const inMs = (ms: number) => new Date(clock.now().getTime() + ms);

const company = await world.makeCompany();
const other = await world.makeCompany();
const [plant, clinic] = [await world.makeSite(company), await world.makeSite(company, 'CLINIC')];
const stray = await world.makeSite(other);

const authenticate = async (input: object, viewer: Viewer = gateway) => {
  const { data, errors } = await ask(query, { input }, { viewer });
  return errors === undefined ? data?.authenticate : errors[0]?.extensions.code;
};
const startFamily = (userId: string, expiresAt = inMs(60_000)) =>
  db.client.refreshTokenFamily.create({ data: { userId, expiresAt } });
const session = (userId: string, familyId: string, version = 1) => ({ session: { userId, familyId, version } });
const makeKey = async (userId: string, data: { expiresAt?: Date; revokedAt?: Date } = {}) => {
  const { keyId, secretHash } = createApiKey();
  const scopes = ['inventory:read', 'finance:write', 'access:write'];
  const reach = { companyIds: [company.id, other.id], siteIds: [plant.id, stray.id] };
  const row = await db.client.apiKey.create({
    data: { userId, name: 'n', prefix: keyId, hash: secretHash, scopes, ...reach, ...data },
  });
  return { row, apiKey: { keyId, secretHash } };
};

describe('authenticate', () => {
  it('answers who has signed in and what they hold now, in one statement', async () => {
    const user = await world.makeUser({ role: 'MANAGER', companies: [company], sites: [plant, clinic, stray] });
    await db.client.userDashboard.create({ data: { userId: user.id, dashboard: 'PLANT' } });
    const family = await startFamily(user.id);
    expect(await authenticate(session(user.id, family.id))).toEqual({
      kind: 'user',
      id: user.id,
      userId: user.id,
      role: 'MANAGER',
      permissions: expect.arrayContaining(['inventory:write']),
      companyIds: [company.id],
      // The third grant lies outside the granted company, and counts for nothing.
      siteIds: expect.toSatisfy((ids: string[]) => ids.toSorted().join() === [plant.id, clinic.id].toSorted().join()),
      dashboards: ['PLANT'],
      locale: 'es',
      expiresAtMs: family.expiresAt.getTime(),
    });
    expect(await countStatements(db, () => authenticate(session(user.id, family.id)))).toBe(1);
  });

  it('answers an ADMIN that they reach everything', async () => {
    const admin = await world.makeUser({ role: 'ADMIN' });
    const family = await startFamily(admin.id);
    expect(await authenticate(session(admin.id, family.id))).toMatchObject({ companyIds: 'all', siteIds: 'all' });
  });

  it('refuses a session that ended, expired, belongs to another, or whose user was shut out', async () => {
    const [user, inactive] = [await world.makeUser(), await world.makeUser({ isActive: false })];
    const [standing, ended, expired] = [
      await startFamily(user.id),
      await startFamily(user.id),
      await startFamily(user.id, clock.now()),
    ];
    await db.client.refreshTokenFamily.update({ where: { id: ended.id }, data: { revokedAt: clock.now() } });
    const shutOut = await startFamily(inactive.id);
    expect(await authenticate(session(user.id, standing.id))).toMatchObject({ id: user.id });
    for (const input of [
      session(user.id, ended.id),
      session(user.id, expired.id),
      session(inactive.id, shutOut.id),
      session(inactive.id, standing.id),
      session('not an id', standing.id),
    ]) {
      expect(await authenticate(input)).toBe('UNAUTHENTICATED');
    }
  });

  it('says TOKEN_EXPIRED to a token that was issued before the rights changed', async () => {
    const user = await world.makeUser();
    const family = await startFamily(user.id);
    await db.client.user.update({ where: { id: user.id }, data: { permissionsVersion: 2 } });
    expect(await authenticate(session(user.id, family.id, 1))).toBe('TOKEN_EXPIRED');
    expect(await authenticate(session(user.id, family.id, 2))).toMatchObject({ id: user.id });
  });

  it('gives nothing to who has not changed the password that somebody else chose', async () => {
    const user = await world.makeUser({ role: 'ADMIN' });
    await db.client.user.update({ where: { id: user.id }, data: { passwordChangedAt: null } });
    const family = await startFamily(user.id);
    expect(await authenticate(session(user.id, family.id))).toMatchObject({
      permissions: [],
      companyIds: [],
      siteIds: [],
    });
  });

  it('answers a key with what it lists of what its owner holds, in one statement that also notes its use', async () => {
    const user = await world.makeUser({ role: 'ANALYST', companies: [company], sites: [plant, clinic] });
    const { row, apiKey } = await makeKey(user.id, { expiresAt: inMs(60_000) });
    const statements = await countStatements(db, async () => {
      expect(await authenticate({ apiKey })).toMatchObject({
        kind: 'apiKey',
        id: row.id,
        userId: user.id,
        role: null,
        permissions: ['inventory:read'],
        companyIds: [company.id],
        siteIds: [plant.id],
        expiresAtMs: inMs(60_000).getTime(),
      });
    });
    expect(statements).toBe(1);
    expect(await db.client.apiKey.findUniqueOrThrow({ where: { id: row.id } })).toMatchObject({
      lastUsedAt: clock.now(),
    });
  });

  it("keeps an ADMIN's key to the sites of its companies", async () => {
    const admin = await world.makeUser({ role: 'ADMIN' });
    const { row, apiKey } = await makeKey(admin.id);
    await db.client.apiKey.update({ where: { id: row.id }, data: { companyIds: [company.id] } });
    expect(await authenticate({ apiKey })).toMatchObject({ companyIds: [company.id], siteIds: [plant.id] });
  });

  it('notes the use of a key at most once a minute', async () => {
    const { row, apiKey } = await makeKey((await world.makeUser()).id);
    const lastUsedAt = async () => (await db.client.apiKey.findUniqueOrThrow({ where: { id: row.id } })).lastUsedAt;
    await Promise.all(Array.from({ length: 8 }, () => authenticate({ apiKey })));
    const first = await lastUsedAt();
    clock.advance(59_000);
    await authenticate({ apiKey });
    expect(await lastUsedAt()).toEqual(first);
    clock.advance(1_001);
    await authenticate({ apiKey });
    expect(await lastUsedAt()).toEqual(clock.now());
  });

  it('refuses a key that is revoked, expired, mistaken, or whose owner was shut out', async () => {
    const [user, inactive] = [await world.makeUser(), await world.makeUser({ isActive: false })];
    const [good, revoked, expired, orphan] = [
      await makeKey(user.id),
      await makeKey(user.id, { revokedAt: clock.now() }),
      await makeKey(user.id, { expiresAt: clock.now() }),
      await makeKey(inactive.id),
    ];
    const mixed = { keyId: good.apiKey.keyId, secretHash: revoked.apiKey.secretHash };
    for (const apiKey of [
      revoked.apiKey,
      expired.apiKey,
      orphan.apiKey,
      mixed,
      { keyId: "' OR 1=1", secretHash: 'x' },
    ]) {
      expect(await authenticate({ apiKey })).toBe('UNAUTHENTICATED');
    }
    expect(await db.client.apiKey.findUniqueOrThrow({ where: { id: revoked.row.id } })).toMatchObject({
      lastUsedAt: null,
    });
  });

  it('answers nobody but the platform, not even an ADMIN', async () => {
    const input = session((await world.makeUser()).id, company.id);
    expect(await authenticate(input, testAdmin())).toBe('FORBIDDEN');
    expect(await world.errorCode(query, { input })).toBe('UNAUTHENTICATED');
    expect(await authenticate({})).toBe('BAD_USER_INPUT');
  });
});

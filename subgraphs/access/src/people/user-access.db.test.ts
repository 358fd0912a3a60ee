import { dashboards } from '@cauce/shared/auth/permissions';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { testAdmin } from '@cauce/shared/test/viewers';
import { beforeEach, describe, expect, it } from 'vitest';
import { accessWorld, worldPassword } from '../test/access-world.ts';

const world = await accessWorld();
const { db, makeUser } = world;
const company = await world.makeCompany();
const other = await world.makeCompany();
const [plant, office] = [await world.makeSite(company), await world.makeSite(company, 'OFFICE')];
const foreign = await world.makeSite(other);
const admin = testAdmin();

const failures = `... on Failure { reason } ... on ValidationFailed { fields { path code } } ... on NotFound { entity }`;
const shown = '... on User { id email role isActive mustChangePassword companies { id } sites { id } dashboards }';
const run = async (mutation: string, input: object, viewer: Viewer) => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename ${shown} ${failures} } }`;
  const { [mutation]: answered } = await world.answer<Record<string, Record<string, unknown>>>(
    query,
    { input },
    { viewer },
  );
  return answered ?? {};
};
let count = 0;
const person = (given: object = {}) => ({
  email: `Nueva${++count}@World.Example`,
  name: ' Nueva Persona ',
  password: worldPassword,
  role: 'ANALYST',
  companyIds: [company.id],
  siteIds: [plant.id],
  dashboards: ['PLANT'],
  ...given,
});
const register = (given: object = {}, viewer = admin) => run('register', person(given), viewer);
const setAccess = (userId: string, given: object = {}, viewer = admin) =>
  run(
    'setUserAccess',
    { userId, role: 'VIEWER', companyIds: [company.id], siteIds: [], dashboards: [], ...given },
    viewer,
  );
/** A program of an ADMIN that may manage people of one company. */
const companyKey: Viewer = {
  ...admin,
  kind: 'apiKey',
  role: null,
  companyIds: [company.id],
  siteIds: [plant.id],
  dashboards,
};

describe('register', () => {
  it('lets a person in who must first change the password that was chosen for them', async () => {
    const answer = await register();
    expect(answer).toMatchObject({
      __typename: 'User',
      email: `nueva${count}@world.example`,
      role: 'ANALYST',
      isActive: true,
      mustChangePassword: true,
      companies: [{ id: company.id }],
      sites: [{ id: plant.id }],
      dashboards: ['PLANT'],
    });
    const stored = await db.client.user.findUniqueOrThrow({ where: { id: String(answer.id) } });
    expect(stored).toMatchObject({ name: 'Nueva Persona', passwordHash: expect.stringMatching(/^\$argon2id\$/) });
  });

  it('says field by field what is wrong', async () => {
    const fields = async (given: object) => (await register(given)).fields;
    expect(await fields({ email: 'nowhere' })).toMatchObject([{ path: 'email' }]);
    expect(await fields({ name: ' ' })).toMatchObject([{ path: 'name' }]);
    expect(await fields({ name: 'a\0b' })).toMatchObject([{ path: 'name' }]);
    expect(await fields({ password: 'password123' })).toMatchObject([{ path: 'password', code: 'TOO_COMMON' }]);
    expect(await fields({ siteIds: ['x'] })).toMatchObject([{ path: 'siteIds.0' }]);
    expect(await fields({ siteIds: [plant.id, foreign.id] })).toEqual([
      { path: 'siteIds.1', code: 'OUTSIDE_COMPANIES' },
    ]);
  });

  it('gives an address to one person only, also when two are registered at once', async () => {
    const email = `doble@world.example`;
    const answers = await Promise.all([register({ email }), register({ email: email.toUpperCase() })]);
    expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['Conflict', 'User']);
    expect(await register({ email })).toMatchObject({ __typename: 'Conflict', reason: 'EMAIL_TAKEN' });
  });

  it('leaves nothing behind when a place does not exist', async () => {
    const before = await db.client.user.count();
    const nowhere = '019a0000-0000-7000-8000-00000000ffff';
    expect(await register({ companyIds: [company.id, nowhere] })).toMatchObject({ entity: 'Company' });
    expect(await register({ siteIds: [nowhere] })).toMatchObject({ entity: 'Site' });
    expect(await db.client.user.count()).toBe(before);
  });

  it('needs access:write, which no other role has', async () => {
    const manager = world.viewerFor(await makeUser({ role: 'MANAGER' }), { companies: [company] });
    const query = 'mutation ($input: RegisterInput!) { register(input: $input) { __typename } }';
    expect(await world.errorCode(query, { input: person() }, { viewer: manager })).toBe('FORBIDDEN');
  });
});

describe('nobody gives more than they hold', () => {
  it('a key of one company makes no ADMIN and gives no place beyond its own', async () => {
    expect(await register({ role: 'ADMIN' }, companyKey)).toMatchObject({
      __typename: 'GrantExceedsOwn',
      reason: 'ROLE',
    });
    expect(await register({ companyIds: [other.id], siteIds: [] }, companyKey)).toMatchObject({ entity: 'Company' });
    expect(await register({ siteIds: [office.id] }, companyKey)).toMatchObject({ entity: 'Site' });
    expect(await register({ companyIds: [], siteIds: [] }, companyKey)).toMatchObject({
      fields: [{ path: 'companyIds' }],
    });
    expect(await register({}, { ...companyKey, dashboards: [] })).toMatchObject({ reason: 'DASHBOARD' });
    expect(
      await register({ role: 'MANAGER' }, { ...companyKey, permissions: ['access:write', 'access:read'] }),
    ).toMatchObject({
      reason: 'ROLE',
    });
    expect(await register({}, companyKey)).toMatchObject({ __typename: 'User' });
  });

  it('a key of one company does not touch who holds more, and does not see who is elsewhere', async () => {
    const wider = await makeUser({ role: 'ANALYST', companies: [company, other] });
    const boss = await makeUser({ role: 'ADMIN', companies: [company] });
    const elsewhere = await makeUser({ role: 'VIEWER', companies: [other] });
    expect(await setAccess(wider.id, {}, companyKey)).toMatchObject({ reason: 'SUBJECT' });
    expect(await setAccess(boss.id, {}, companyKey)).toMatchObject({ reason: 'SUBJECT' });
    expect(await setAccess(elsewhere.id, {}, companyKey)).toMatchObject({ __typename: 'NotFound', entity: 'User' });
    const within = await makeUser({ role: 'USER', companies: [company] });
    expect(await setAccess(within.id, { siteIds: [plant.id] }, companyKey)).toMatchObject({ __typename: 'User' });
  });
});

describe('setUserAccess', () => {
  it('replaces what a person holds, makes their tokens old and tells the gateway', async () => {
    const user = await makeUser({ role: 'MANAGER', companies: [company, other], sites: [plant, foreign] });
    await db.client.userDashboard.create({ data: { userId: user.id, dashboard: 'WATER' } });
    const given = { role: 'USER', companyIds: [company.id], siteIds: [office.id], dashboards: ['PLANT', 'PLANT'] };
    expect(await setAccess(user.id, given)).toMatchObject({
      role: 'USER',
      companies: [{ id: company.id }],
      sites: [{ id: office.id }],
      dashboards: ['PLANT'],
    });
    const stored = await db.client.user.findUniqueOrThrow({ where: { id: user.id } });
    expect(stored.permissionsVersion).toBe(2);
    const events = await db.client.outboxEvent.findMany({ where: { topic: 'access.viewerChanged', key: user.id } });
    expect(events.map(({ payload }) => payload)).toEqual([{ userId: user.id, keyId: null, familyId: null }]);
  });

  it('ends the sessions of who is shut out, and lets them in again', async () => {
    const user = await makeUser({ companies: [company] });
    const family = await db.client.refreshTokenFamily.create({
      data: { userId: user.id, expiresAt: new Date(Date.now() + 60_000) },
    });
    expect(await setAccess(user.id, { isActive: false })).toMatchObject({ isActive: false });
    expect(await db.client.refreshTokenFamily.findUniqueOrThrow({ where: { id: family.id } })).toMatchObject({
      revokedReason: 'ACCESS_CHANGED',
    });
    expect(await setAccess(user.id)).toMatchObject({ isActive: false });
    expect(await setAccess(user.id, { isActive: true })).toMatchObject({ isActive: true });
  });

  it('finds no person under an id that is nobody’s', async () => {
    expect(await setAccess(company.id)).toMatchObject({ __typename: 'NotFound', entity: 'User' });
    expect(await setAccess('x')).toMatchObject({ fields: [{ path: 'userId' }] });
  });
});

describe('the last active ADMIN', () => {
  beforeEach(() => db.pool.query(`UPDATE access.users SET is_active = false WHERE role = 'ADMIN'`));

  it('can be neither demoted nor shut out', async () => {
    const last = await makeUser({ role: 'ADMIN' });
    await makeUser({ role: 'ADMIN', isActive: false });
    expect(await setAccess(last.id, { role: 'MANAGER' })).toMatchObject({
      __typename: 'Conflict',
      reason: 'LAST_ADMIN',
    });
    expect(await setAccess(last.id, { role: 'ADMIN', isActive: false })).toMatchObject({ reason: 'LAST_ADMIN' });
    expect(await setAccess(last.id, { role: 'ADMIN' })).toMatchObject({ __typename: 'User', role: 'ADMIN' });
  });

  it('stays, however many demote each other at once', async () => {
    for (let round = 0; round < 8; round++) {
      await db.pool.query(`UPDATE access.users SET is_active = false WHERE role = 'ADMIN'`);
      const admins = await Promise.all([1, 2, 3].map(() => makeUser({ role: 'ADMIN' })));
      const answers = await Promise.all(admins.map(({ id }) => setAccess(id, { role: 'VIEWER' })));
      expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['Conflict', 'User', 'User']);
      expect(await db.client.user.count({ where: { role: 'ADMIN', isActive: true } })).toBe(1);
    }
  });
});

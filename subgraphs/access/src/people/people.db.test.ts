import { countStatements } from '@cauce/shared/test/count-statements';
import { testAdmin } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { accessWorld } from '../test/access-world.ts';

const world = await accessWorld();
const { ask, answer, db, makeUser, viewerFor } = world;
const company = await world.makeCompany();
const other = await world.makeCompany();
const [plant, clinic] = [
  await world.makeSite(company, 'PLANT', 'Norte'),
  await world.makeSite(company, 'CLINIC', 'Centro'),
];
const foreign = await world.makeSite(other);

const boss = await makeUser({ role: 'MANAGER', name: 'Beatriz', companies: [company], sites: [plant, clinic] });
const reader = await makeUser({ role: 'VIEWER', name: 'Claudio', companies: [company], sites: [plant] });
const both = await makeUser({ role: 'ANALYST', name: 'Ana', companies: [company, other], sites: [plant, foreign] });
const asBoss = viewerFor(boss, { companies: [company], sites: [plant, clinic] });
const asReader = viewerFor(reader, { companies: [company], sites: [plant] });

const meQuery =
  '{ me { id email name role permissions locale companies { id code name } sites { id code name kind company { id } } dashboards } }';

describe('me', () => {
  it('is the person who asks, with what they hold', async () => {
    const { data, errors } = await ask(meQuery, {}, { viewer: asReader });
    expect(errors).toBeUndefined();
    expect(data?.me).toMatchObject({
      id: reader.id,
      role: 'VIEWER',
      locale: 'es',
      companies: [{ id: company.id }],
      sites: [{ id: plant.id, kind: 'PLANT', company: { id: company.id } }],
      dashboards: [],
    });
  });

  it('is the owner of a key, shown as far as the key reaches', async () => {
    const key = { ...asBoss, kind: 'apiKey' as const, id: 'key', siteIds: [plant.id] };
    const { data } = await ask(meQuery, {}, { viewer: key });
    expect(data?.me).toMatchObject({ id: boss.id, sites: [{ id: plant.id }] });
  });

  it('shows an ADMIN every place', async () => {
    const admin = await makeUser({ role: 'ADMIN' });
    const { me } = await answer<{ me: Record<'companies' | 'sites' | 'dashboards', unknown[]> }>(
      meQuery,
      {},
      { viewer: viewerFor(admin) },
    );
    expect([me.companies.length, me.sites.length, me.dashboards.length]).toEqual([2, 3, 7]);
  });
});

describe('users', () => {
  interface Listed {
    readonly totalCount: number;
    readonly edges: readonly { readonly node: { readonly id: string } }[];
  }
  const list = async (filter: object, viewer = asBoss) => {
    const query = `query ($filter: UserFilterInput) {
      users(filter: $filter) { totalCount edges { node { id companies { id } sites { id } } } } }`;
    return (await answer<{ users: Listed }>(query, { filter }, { viewer })).users;
  };

  it('are those who share a company, each shown as far as the one who asks reaches', async () => {
    const { totalCount, edges } = await list({});
    expect(totalCount).toBe(3);
    expect(edges.map(({ node }) => node.id)).toEqual([both.id, boss.id, reader.id]);
    expect(edges[0]?.node).toEqual({ id: both.id, companies: [{ id: company.id }], sites: [{ id: plant.id }] });
  });

  it('are filtered by what is asked for', async () => {
    const ids = async (filter: object) => (await list(filter, testAdmin())).edges.map(({ node }) => node.id);
    expect(await ids({ search: 'CLAUDIO' })).toEqual([reader.id]);
    expect(await ids({ search: reader.email.slice(0, 8) })).toEqual([reader.id]);
    expect(await ids({ role: 'ANALYST' })).toEqual([both.id]);
    expect(await ids({ companyId: other.id })).toEqual([both.id]);
    expect(await ids({ siteId: clinic.id })).toEqual([boss.id]);
    expect(await ids({ companyId: 'x' })).toEqual([]);
    expect(await ids({ isActive: false })).toEqual([]);
  });

  it('cost the same number of statements however many there are', async () => {
    const few = await countStatements(db, () => list({ search: 'Beatriz' }));
    expect(await countStatements(db, () => list({}))).toBe(few);
    expect(few).toBeLessThanOrEqual(5);
  });

  it('are not for who may not read access', async () => {
    const { errors } = await ask('{ users { totalCount } }', {}, { viewer: asReader });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('a colleague', () => {
  const entity = async (fields: string, viewer = asReader) =>
    ask(
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on User { ${fields} } } }`,
      { r: [{ __typename: 'User', id: boss.id }] },
      { viewer },
    );

  it('is a name to those who share a company with them', async () => {
    expect((await entity('id name')).data?._entities).toEqual([{ id: boss.id, name: boss.name }]);
  });

  it('is no more than a name to who may not read access', async () => {
    for (const field of ['email', 'role', 'permissions', 'companies { id }', 'lastSignedInAt', 'isActive']) {
      const { data, errors } = await entity(field);
      expect(errors?.[0]?.extensions.code, field).toBe('FORBIDDEN');
      expect(JSON.stringify(data)).not.toContain(boss.email);
    }
    expect((await entity('email', asBoss)).data?._entities).toEqual([{ email: boss.email }]);
  });

  it('is nobody to those who do not', async () => {
    const stranger = viewerFor(await makeUser({ role: 'MANAGER', companies: [other] }), { companies: [other] });
    expect((await entity('id name', stranger)).data?._entities).toEqual([null]);
  });
});

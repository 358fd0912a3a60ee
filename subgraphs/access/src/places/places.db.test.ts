import type { Site } from '@cauce/prisma/client';
import { countStatements } from '@cauce/shared/test/count-statements';
import { testAdmin, testViewer } from '@cauce/shared/test/viewers';
import { describe, expect, it } from 'vitest';
import { accessWorld } from '../test/access-world.ts';

const world = await accessWorld();
const { db } = world;
const company = await world.makeCompany('Alerce');
const other = await world.makeCompany('Boldo');
const sites: Site[] = [];
for (const name of ['Canelo', 'Arrayán', 'Boldo', 'Diuca']) sites.push(await world.makeSite(company, 'PLANT', name));
const office = await world.makeSite(other, 'OFFICE', 'Espino');
const [canelo] = sites;
if (canelo === undefined) throw new Error('No site was made');
const admin = testAdmin();
const viewer = testViewer({ role: 'VIEWER', companyIds: [company.id], siteIds: sites.map(({ id }) => id) });

const data = <Data = Record<string, unknown>>(query: string, variables = {}, by = viewer) =>
  world.answer<Data>(query, variables, { viewer: by });
const code = (query: string) => world.errorCode(query, {}, { viewer });

interface Page {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  readonly edges: readonly { readonly node: { readonly id: string; readonly name: string } }[];
}

describe('companies and sites', () => {
  it('are found by id and by code, with each other', async () => {
    const fields = 'id code name kind timeZone latitude company { id code sites { id } }';
    const byId = await data(`query ($id: ID!) { site(id: $id) { ${fields} } }`, { id: canelo.id.toUpperCase() });
    const byCode = await data('query ($code: String!) { site(code: $code) { id } }', { code: canelo.code });
    expect(byId.site).toMatchObject({ id: canelo.id, kind: 'PLANT', timeZone: 'America/Santiago', latitude: null });
    expect(byCode.site).toEqual({ id: canelo.id });
    const { company: found } = await data<{ company: { sites: unknown[] } }>(
      `query ($code: String!) { company(code: $code) { id currency sites { id } } }`,
      {
        code: company.code,
      },
    );
    expect(found).toMatchObject({ id: company.id, currency: 'CLP' });
    expect(found.sites).toHaveLength(4);
  });

  it('answer degrees as numbers', async () => {
    const place = await world.makeSite(company, 'CATCHMENT_AREA');
    await db.client.site.update({ where: { id: place.id }, data: { latitude: -32.83, longitude: -70.95 } });
    const { site } = await data('query ($id: ID!) { site(id: $id) { latitude longitude } }', { id: place.id }, admin);
    expect(site).toEqual({ latitude: -32.83, longitude: -70.95 });
    await db.client.site.delete({ where: { id: place.id } });
  });

  it('are not there for an id that is none, and ask for one key', async () => {
    expect(await data('{ company(id: "x") { id } site(code: "x") { id } }')).toEqual({ company: null, site: null });
    expect(await code('{ company { id } }')).toBe('BAD_USER_INPUT');
    expect(await code(`{ site(id: "${canelo.id}", code: "${canelo.code}") { id } }`)).toBe('BAD_USER_INPUT');
  });

  it('come in pages by name that neither repeat nor skip, whatever is inserted meanwhile', async () => {
    const query = `query ($after: String) { sites(first: 1, after: $after) {
      totalCount pageInfo { hasNextPage endCursor } edges { node { name } } } }`;
    const names: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { sites: page }: { sites: Page } = await data(query, { after });
      names.push(...page.edges.map(({ node }) => node.name));
      if (names.length === 1) await world.makeSite(other, 'OFFICE', 'Aaa');
      expect(page.totalCount).toBe(4);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(names.map((name) => name.split(' ')[0])).toEqual(['Arrayán', 'Boldo', 'Canelo', 'Diuca']);
  });

  it('are filtered by what is asked for', async () => {
    const names = async (filter: object, by = admin) => {
      const { sites: page } = await data<{ sites: Page }>(
        'query ($filter: SiteFilterInput) { sites(filter: $filter) { edges { node { id } } } }',
        { filter },
        by,
      );
      return page.edges.map(({ node }) => node.id);
    };
    expect(await names({ search: 'CANE' })).toEqual([canelo.id]);
    expect(await names({ search: canelo.code.toLowerCase() })).toEqual([canelo.id]);
    expect(await names({ search: '\0' }, viewer)).toHaveLength(4);
    expect(await names({ companyIds: [company.id, 'x'], kinds: ['PLANT'] })).toHaveLength(4);
    expect(await names({ companyIds: [other.id] }, viewer)).toEqual([]);
    expect(await names({ isActive: false })).toEqual([]);
    const { companies } = await data('{ companies(filter: { search: "bold" }) { totalCount } }', {}, admin);
    expect(companies).toEqual({ totalCount: 1 });
  });

  it('refuse pages that are too long and cursors of other lists', async () => {
    expect(await code('{ sites(first: 201) { totalCount } }')).toBe('BAD_USER_INPUT');
    expect(await code('{ companies(after: "bm90IGEgY3Vyc29y") { totalCount } }')).toBe('BAD_USER_INPUT');
    const wrongId = Buffer.from(JSON.stringify(['Canelo', 'x'])).toString('base64url');
    expect(await code(`{ sites(after: "${wrongId}") { edges { node { id } } } }`)).toBe('BAD_USER_INPUT');
  });

  it('are resolved as entities by either key, in one query for each key', async () => {
    const representations = [
      ...sites.map(({ id }) => ({ __typename: 'Site', id })),
      { __typename: 'Site', code: canelo.code },
      { __typename: 'Site', id: office.id },
      { __typename: 'Company', id: company.id },
      { __typename: 'Company', code: other.code },
    ];
    const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Site { id company { name } } ... on Company { name } } }`;
    let entities: unknown;
    const statements = await countStatements(db, async () => {
      entities = (await data(query, { representations }))._entities;
    });
    const named = { company: { name: company.name } };
    expect(entities).toEqual([
      ...sites.map(({ id }) => ({ id, ...named })),
      { id: canelo.id, ...named },
      null,
      { name: company.name },
      null,
    ]);
    // Sites by id and by code, companies by id and by code; the companies of the sites are there already.
    expect(statements).toBeLessThanOrEqual(5);
  });

  it('cost the same number of statements however many there are', async () => {
    const query = '{ sites(first: 100) { edges { node { id company { id sites { id company { code } } } } } } }';
    expect(await countStatements(db, () => data(query))).toBeLessThanOrEqual(4);
  });
});

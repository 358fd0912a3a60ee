import { describe, expect, it } from 'vitest';
import { migratedDatabase } from '../test-support/databases.ts';
import { seedAccess } from './access.ts';
import { demoPeople } from './demo-people.ts';
import { demoSites } from './demo-places.ts';

const { pool } = await migratedDatabase();
const now = new Date('2026-11-20T15:40:00Z');
await seedAccess(pool, now);

const one = async (sql: string): Promise<Record<string, unknown>> => (await pool.query(sql)).rows[0];
const content = () =>
  one(`SELECT
    (SELECT count(*)::int FROM access.companies) AS companies,
    (SELECT count(*)::int FROM access.sites) AS sites,
    (SELECT count(DISTINCT kind)::int FROM access.sites) AS kinds,
    (SELECT count(*)::int FROM access.users) AS users,
    (SELECT count(DISTINCT role)::int FROM access.users) AS roles,
    (SELECT md5(string_agg(u::text, '' ORDER BY id)) FROM access.users u) AS people,
    (SELECT md5(string_agg(s::text, '' ORDER BY user_id, site_id)) FROM access.user_sites s) AS grants`);

describe('seedAccess', () => {
  it('makes two companies, eight sites of every kind and 25 people of every role', async () => {
    expect(await content()).toMatchObject({ companies: 2, sites: 8, kinds: 5, users: 25, roles: 5 });
  });

  it('gives a site only to who was given its company', async () => {
    const stray = await pool.query(`SELECT us.* FROM access.user_sites us JOIN access.sites s ON s.id = us.site_id
      WHERE NOT EXISTS (SELECT FROM access.user_companies uc
        WHERE uc.user_id = us.user_id AND uc.company_id = s.company_id)`);
    expect(stray.rows).toEqual([]);
    const reached = new Set(demoPeople.flatMap(({ sites }) => sites));
    expect(reached.size).toBe(Object.keys(demoSites).length);
  });

  it('changes nothing when it runs again, neither its own rows nor what people were given since', async () => {
    await pool.query(
      `DELETE FROM access.user_sites WHERE user_id = (SELECT id FROM access.users WHERE email = 'planta@cauce.example')`,
    );
    await pool.query(`UPDATE access.users SET name = 'Otro nombre' WHERE email = 'agua@cauce.example'`);
    const before = await content();
    await seedAccess(pool, new Date(now.getTime() + 86_400_000));
    expect(await content()).toEqual(before);
  });
});

import { type Argon2Parameters, argon2, createHash } from 'node:crypto';
import { promisify } from 'node:util';
import type { Pool } from 'pg';
import { demoPassword, demoPeople } from './demo-people.ts';
import { demoCompanies, demoSites } from './demo-places.ts';

/**
 * The demo's companies, sites and people. Running it again changes nothing: what somebody changed in the meantime
 * stays, also what a person was given or lost.
 */
export async function seedAccess(pool: Pool, now: Date): Promise<void> {
  const passwordHash = await hashDemoPassword();
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query(companiesSql, [JSON.stringify(Object.values(demoCompanies)), daysBefore(now, 900)]);
    await client.query(sitesSql, [JSON.stringify(Object.values(demoSites)), daysBefore(now, 880)]);
    await client.query(peopleSql, [JSON.stringify(demoPeople.map(personRow)), passwordHash, daysBefore(now, 400)]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

const companiesSql = `
  INSERT INTO access.companies (id, code, name, tax_id, currency, time_zone, created_at, updated_at)
  SELECT id, code, name, "taxId", currency, "timeZone", $2, $2
  FROM jsonb_to_recordset($1::jsonb)
    AS company (id uuid, code text, name text, "taxId" text, currency text, "timeZone" text)
  ON CONFLICT DO NOTHING`;

const sitesSql = `
  INSERT INTO access.sites (id, code, name, kind, company_id, time_zone, latitude, longitude, created_at, updated_at)
  SELECT id, code, name, kind::access.site_kind, "companyId", "timeZone", latitude, longitude, $2, $2
  FROM jsonb_to_recordset($1::jsonb) AS site
    (id uuid, code text, name text, kind text, "companyId" uuid, "timeZone" text, latitude numeric, longitude numeric)
  ON CONFLICT DO NOTHING`;

/** Only who is new is given anything. */
const peopleSql = `
  WITH people AS (
    SELECT * FROM jsonb_to_recordset($1::jsonb) AS person
      (id uuid, email text, name text, role text, locale text, companies uuid[], sites uuid[], dashboards text[])
  ),
  added AS (
    INSERT INTO access.users
      (id, email, name, role, locale, password_hash, password_changed_at, created_at, updated_at)
    SELECT id, email, name, role::access.role, locale::access.locale, $2, $3, $3, $3 FROM people
    ON CONFLICT DO NOTHING
    RETURNING id
  ),
  companies AS (
    INSERT INTO access.user_companies (user_id, company_id, granted_at)
    SELECT id, unnest(companies), $3 FROM people JOIN added USING (id)
  ),
  sites AS (
    INSERT INTO access.user_sites (user_id, site_id, granted_at)
    SELECT id, unnest(sites), $3 FROM people JOIN added USING (id)
  )
  INSERT INTO access.user_dashboards (user_id, dashboard)
  SELECT id, unnest(dashboards)::access.dashboard FROM people JOIN added USING (id)`;

function personRow({ companies, sites, ...person }: (typeof demoPeople)[number]) {
  return { ...person, companies: companies.map(({ id }) => id), sites: sites.map(({ id }) => id) };
}

/**
 * As the access subgraph stores passwords (PHC, argon2id, OWASP's parameters); a test there signs in with it. One hash
 * with one fixed salt for everybody: it guards a password that is printed on the screen.
 */
async function hashDemoPassword(): Promise<string> {
  const nonce = createHash('sha256').update('cauce demo').digest().subarray(0, 16);
  const cost = { memory: 19 * 1024, passes: 2, parallelism: 1 };
  const parameters: Argon2Parameters = { message: Buffer.from(demoPassword), nonce, tagLength: 32, ...cost };
  const tag = await promisify(argon2)('argon2id', parameters);
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${text(nonce)}$${text(tag)}`;
}

function daysBefore(now: Date, days: number): Date {
  return new Date(now.getTime() - days * 24 * 60 * 60 * 1000);
}

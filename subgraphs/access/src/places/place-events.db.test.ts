import { describe, expect, it } from 'vitest';
import { accessWorld } from '../test/access-world.ts';
import { companyChanged, siteChanged } from './kept-places.ts';

const world = await accessWorld();
const { client, pool } = world.db;

/** What was announced by some work, as `topic key operation`. */
async function announcedBy(work: () => Promise<unknown>): Promise<string[]> {
  const last = await client.outboxEvent.findFirst({ orderBy: { id: 'desc' } });
  await work();
  const events = await client.outboxEvent.findMany({
    where: { id: { gt: last?.id ?? 0n }, topic: { in: [companyChanged.name, siteChanged.name] } },
    orderBy: { id: 'asc' },
  });
  return events.map(({ topic, key, payload }) => `${topic} ${key} ${Reflect.get(Object(payload), 'operation')}`);
}

describe('every write to a place is announced by its table', () => {
  it('when the platform writes it', async () => {
    const company = await world.makeCompany('Alerce');
    const announced = await announcedBy(async () => {
      const site = await world.makeSite(company, 'PLANT', 'Canelo');
      await client.site.updateMany({ where: { companyId: company.id }, data: { name: 'Canelo Sur' } });
      await client.company.update({ where: { id: company.id }, data: { name: 'Alerce Sur' } });
      await client.site.delete({ where: { id: site.id } });
      await client.company.delete({ where: { id: company.id } });
    });
    expect(announced.map((text) => text.replace(/[0-9a-f-]{36}/, 'id'))).toEqual([
      'access.siteChanged id INSERT',
      'access.siteChanged id UPDATE',
      'access.companyChanged id UPDATE',
      'access.siteChanged id DELETE',
      'access.companyChanged id DELETE',
    ]);
  });

  it('when a person with psql writes it: many rows, another id, an upsert, a merge, a truncation', async () => {
    const company = await world.makeCompany('Boldo');
    const one = await world.makeSite(company, 'PLANT', 'Diuca');
    const two = await world.makeSite(company, 'PLANT', 'Espino');
    const write = (text: string, values: unknown[] = []) => announcedBy(() => pool.query(text, values));
    expect(await write('UPDATE access.sites SET address = $1 WHERE company_id = $2', ['Ruta 5', company.id])).toEqual(
      [one, two].map(({ id }) => `access.siteChanged ${id} UPDATE`),
    );
    const moved = '0199c0de-0000-7000-8000-0000000000aa';
    expect(await write('UPDATE access.sites SET id = $1 WHERE id = $2', [moved, two.id])).toEqual([
      `access.siteChanged ${two.id} DELETE`,
      `access.siteChanged ${moved} UPDATE`,
    ]);
    const upsert = `INSERT INTO access.companies (id, code, name) VALUES ($1, $2, 'Boldo')
      ON CONFLICT (id) DO UPDATE SET name = excluded.name || ' Norte'`;
    expect(await write(upsert, [company.id, company.code])).toEqual([`access.companyChanged ${company.id} UPDATE`]);
    const merge = `MERGE INTO access.sites s USING (VALUES ($1::uuid)) AS given (id) ON s.id = given.id
      WHEN MATCHED THEN DELETE`;
    expect(await write(merge, [moved])).toEqual([`access.siteChanged ${moved} DELETE`]);
    expect(await write('TRUNCATE access.sites CASCADE')).toEqual(['access.siteChanged * TRUNCATE']);
  });

  it('not when its transaction is given up', async () => {
    const company = await world.makeCompany('Coigüe');
    const rename = `BEGIN; UPDATE access.companies SET name = 'Otra' WHERE id = '${company.id}'; ROLLBACK`;
    expect(await announcedBy(() => pool.query(rename))).toEqual([]);
  });
});

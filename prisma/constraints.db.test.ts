import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { describe, expect, test } from 'vitest';
import { PrismaClient } from './client/client.ts';
import { migratedDatabase } from './test-support/databases.ts';

const { pool, url } = await migratedDatabase();

/** Codes of Postgres, as the errors carry them. */
const uniqueViolation = { code: '23505' };
const checkViolation = { code: '23514' };
const refused = { code: '23001' };

describe('access', () => {
  test('an audit entry can be added, and neither changed, deleted nor truncated away', async () => {
    await pool.query(
      `INSERT INTO access.audit_log (actor_kind, actor_id, action) VALUES ('SYSTEM', 'test', 'access.signIn')`,
    );
    await expect(pool.query(`UPDATE access.audit_log SET action = 'other'`)).rejects.toMatchObject(refused);
    await expect(pool.query('DELETE FROM access.audit_log')).rejects.toMatchObject(refused);
    await expect(pool.query('TRUNCATE access.audit_log')).rejects.toMatchObject(refused);
    expect(await rows('SELECT action FROM access.audit_log')).toEqual([{ action: 'access.signIn' }]);
  });

  test('an address belongs to one person, whatever its case', async () => {
    const add = (email: string) => pool.query('INSERT INTO access.users (email, name) VALUES ($1, $1)', [email]);
    await add('ana@firma.example');
    await expect(add('ana@firma.example')).rejects.toMatchObject(uniqueViolation);
    await expect(add('Ana@firma.example')).rejects.toMatchObject(checkViolation);
  });

  test('a refresh token family has one current token', async () => {
    const [user] = await rows(`INSERT INTO access.users (email, name) VALUES ('a@b.example', 'A') RETURNING id`);
    const [family] = await rows(
      `INSERT INTO access.refresh_token_families (user_id, expires_at) VALUES ($1, now() + interval '1 day') RETURNING id`,
      [user?.id],
    );
    const add = () =>
      pool.query(`INSERT INTO access.refresh_tokens (family_id, hash, expires_at) VALUES ($1, $2, now())`, [
        family?.id,
        randomUUID(),
      ]);
    await add();
    await expect(add()).rejects.toMatchObject(uniqueViolation);
    await pool.query('UPDATE access.refresh_tokens SET rotated_at = now()');
    await add();
  });
});

describe('keys with parts that may be null', () => {
  test('a daily metric without company or site is there once', async () => {
    const add = (company: string | null, site: string | null) =>
      pool.query(
        `INSERT INTO finance.daily_metrics (date, metric, company_id, site_id, value, unit) VALUES ('2026-01-01', 'orders', $1, $2, 1, 'count')`,
        [company, site],
      );
    const company = randomUUID();
    await add(null, null);
    await expect(add(null, null)).rejects.toMatchObject(uniqueViolation);
    await add(company, null);
    await expect(add(company, null)).rejects.toMatchObject(uniqueViolation);
    await add(company, randomUUID());
  });

  test('a product has one stock row per site and warehouse, and stock may be negative with five decimals', async () => {
    const [product] = await rows(
      `INSERT INTO inventory.erp_productos (codigo, nombre) VALUES ('S-1', 'Filtro') RETURNING id`,
    );
    const add = (site: string | null, warehouse: string) =>
      pool.query(
        `INSERT INTO inventory.erp_inventario (producto_id, site_id, almacen, stock_actual) VALUES ($1, $2, $3, -1.23456)`,
        [product?.id, site, warehouse],
      );
    await add(null, 'Central');
    await expect(add(null, 'Central')).rejects.toMatchObject(uniqueViolation);
    await add(null, 'Norte');
    await add(randomUUID(), 'Central');
    expect(await rows('SELECT DISTINCT stock_actual AS quantity FROM inventory.erp_inventario')).toEqual([
      { quantity: '-1.23456' },
    ]);
  });

  test('a sku is taken until its product is deleted, and an ERP id for good', async () => {
    const add = (sku: string, erpId: string | null) =>
      pool.query('INSERT INTO inventory.erp_productos (codigo, nombre, erp_id) VALUES ($1, $1, $2)', [sku, erpId]);
    await add('A-1', '7');
    await expect(add('A-1', null)).rejects.toMatchObject(uniqueViolation);
    await pool.query(`UPDATE inventory.erp_productos SET deleted_at = now()`);
    await add('A-1', null);
    await add('A-2', null);
    await expect(add('A-3', '7')).rejects.toMatchObject(uniqueViolation);
  });
});

describe('jobs', () => {
  test('one synchronisation of an entity waits or works, and one run of a source is under way, at a time', async () => {
    const sync = (status: string) =>
      pool.query(
        `INSERT INTO inventory.sync_jobs (job_type, status) VALUES ('productos', $1::text::inventory.sync_job_status)`,
        [status],
      );
    await sync('running');
    await sync('completed');
    await expect(sync('running')).rejects.toMatchObject(uniqueViolation);
    await expect(sync('pending')).rejects.toMatchObject(uniqueViolation);
    const [source] = await rows(
      `INSERT INTO finance.etl_sources (company_id, kind, code, name) VALUES ($1, 'WMS', 'wms', 'WMS') RETURNING id`,
      [randomUUID()],
    );
    const run = () =>
      pool.query(
        `INSERT INTO finance.etl_runs (source_id, company_id, mode, status) VALUES ($1, $1, 'FULL', 'RUNNING')`,
        [source?.id],
      );
    await run();
    await expect(run()).rejects.toMatchObject(uniqueViolation);
  });
});

describe('the typed client', () => {
  test('reads what other programs wrote in the source systems own names, and keeps decimals exact', async () => {
    const client = new PrismaClient({ adapter: new PrismaPg({ connectionString: url }) });
    try {
      await pool.query(
        `INSERT INTO inventory.sync_jobs (job_type, status, records_processed) VALUES ('inventario', 'failed', 3)`,
      );
      expect(await client.syncJob.findFirstOrThrow({ where: { entity: 'STOCK' } })).toMatchObject({
        entity: 'STOCK',
        status: 'FAILED',
        recordsProcessed: 3,
      });
      const product = await client.product.create({ data: { sku: 'B-2', name: 'Rodamiento', price: '0.100001' } });
      expect(await rows(`SELECT codigo, precio FROM inventory.erp_productos WHERE codigo = 'B-2'`)).toEqual([
        { codigo: 'B-2', precio: '0.100001' },
      ]);
      expect(product.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/);
      const at = new Date('2026-03-04T05:06:07.089Z');
      const event = await client.outboxEvent.create({ data: { topic: 'a.b', key: 'k', occurredAt: at } });
      expect(await client.outboxEvent.findUniqueOrThrow({ where: { id: event.id } })).toMatchObject({
        occurredAt: at,
        publishedAt: null,
      });
    } finally {
      await client.$disconnect();
    }
  });
});

async function rows(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  return (await pool.query<Record<string, unknown>>(sql, values)).rows;
}

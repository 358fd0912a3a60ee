import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import pg from 'pg';
import { beforeEach, describe, expect, test } from 'vitest';
import { migratedDatabase } from './test-support/databases.ts';

const { pool, url } = await migratedDatabase();
beforeEach(async () => {
  await pool.query(
    'TRUNCATE production.produccion_aliar, production.plant_mappings, platform.outbox RESTART IDENTITY CASCADE',
  );
});

const site = randomUUID();
const company = randomUUID();

/** As the source's own program writes: its table name, its columns, nothing of ours. */
const insertAsSource = (table = 'production.produccion_aliar', plant = 'Planta Norte', order = 'OP-1') =>
  pool.query(
    `INSERT INTO ${table} (orden_produccion, fecha_produccion, planta, toneladas_producidas, order_produccion_despachada)
     VALUES ($1, '2026-01-05 10:00', $2, 12.5, true)`,
    [order, plant],
  );

describe('a program that writes produccion_aliar directly', () => {
  test('makes one event per row for insert, update and delete, placed by the plant name without case and blanks', async () => {
    await mapPlant('Planta Norte');
    await insertAsSource(undefined, ' planta NORTE ');
    await pool.query('UPDATE production.produccion_aliar SET toneladas_producidas = 13');
    await pool.query('DELETE FROM production.produccion_aliar');
    const events = await outbox();
    expect(events.map((event) => event.operation)).toEqual(['INSERT', 'UPDATE', 'DELETE']);
    expect(new Set(events.map((event) => event.key)).size).toBe(1);
    for (const event of events) {
      expect(event).toMatchObject({
        topic: 'production.orderChanged',
        site_id: site,
        company_id: company,
        order: 'OP-1',
      });
    }
  });

  test('may use the name the table has in the source system', async () => {
    await mapPlant('Planta Norte');
    await insertAsSource('produccion_aliar');
    await pool.query(`UPDATE produccion_aliar SET toneladas_anuladas = 1 WHERE orden_produccion = 'OP-1'`);
    expect((await outbox()).map((event) => event.operation)).toEqual(['INSERT', 'UPDATE']);
    const { rows } = await pool.query(
      'SELECT id_registro, site_id, toneladas_anuladas FROM production.produccion_aliar',
    );
    expect(rows).toEqual([{ id_registro: 1, site_id: site, toneladas_anuladas: '1.00' }]);
  });

  test('makes no event when its transaction is rolled back', async () => {
    await mapPlant('Planta Norte');
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO production.produccion_aliar (orden_produccion, fecha_produccion) VALUES ('OP-2', now())`,
    );
    await client.query('ROLLBACK');
    client.release();
    expect(await outbox()).toEqual([]);
  });

  test('wakes a listener of the outbox at commit', async () => {
    const listener = new pg.Client({ connectionString: url });
    await listener.connect();
    try {
      await listener.query('LISTEN cauce_outbox');
      const notice = once(listener, 'notification');
      await insertAsSource();
      expect(await notice).toMatchObject([{ channel: 'cauce_outbox' }]);
    } finally {
      await listener.end();
    }
  });
});

describe('the site of an order', () => {
  test('is unknown while the plant is not mapped, and found when it is', async () => {
    await insertAsSource();
    expect(await sites()).toEqual([null]);
    await mapPlant('PLANTA NORTE');
    expect(await sites()).toEqual([site]);
    expect((await outbox()).at(-1)).toMatchObject({ operation: 'UPDATE', site_id: site });
  });

  test('follows the plant name when it changes, and stays as given when it was given', async () => {
    await mapPlant('Planta Norte');
    await insertAsSource();
    await pool.query(`UPDATE production.produccion_aliar SET planta = 'Planta Desconocida'`);
    expect(await sites()).toEqual([null]);
    const own = randomUUID();
    await pool.query(`UPDATE production.produccion_aliar SET planta = 'Planta Norte', site_id = $1`, [own]);
    expect(await sites()).toEqual([own]);
  });

  test('is never ambiguous: a plant name is mapped once', async () => {
    await mapPlant('Planta Norte');
    await expect(mapPlant('planta norte ')).rejects.toMatchObject({ code: '23505' });
  });
});

async function mapPlant(plant: string): Promise<void> {
  await pool.query('INSERT INTO production.plant_mappings (planta, site_id, company_id) VALUES ($1, $2, $3)', [
    plant,
    site,
    company,
  ]);
}

async function sites(): Promise<unknown[]> {
  const { rows } = await pool.query<{ site_id: unknown }>('SELECT site_id FROM production.produccion_aliar');
  return rows.map((row) => row.site_id);
}

interface OutboxRow {
  readonly topic: string;
  readonly key: string;
  readonly site_id: string | null;
  readonly company_id: string | null;
  readonly operation: string;
  readonly order: string;
}

async function outbox(): Promise<OutboxRow[]> {
  const { rows } = await pool.query<OutboxRow>(
    `SELECT topic, key, site_id, company_id, payload ->> 'operation' AS operation, payload ->> 'orderNumber' AS order
     FROM platform.outbox ORDER BY id`,
  );
  return rows;
}

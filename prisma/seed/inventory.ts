import type { ClientBase, Pool } from 'pg';
import { demoCompanies } from './demo-places.ts';
import { customerTable, makeCustomers } from './inventory/customers.ts';
import { makeDemand, makeSeries } from './inventory/demand.ts';
import { pastForecastTables } from './inventory/past-forecasts.ts';
import { makeProducts, productTables } from './inventory/products.ts';
import { insertRows, type TableRows } from './inventory/rows.ts';
import { saleTables } from './inventory/sales.ts';
import { stockTables } from './inventory/stock.ts';
import { installationTable, syncTables } from './inventory/sync.ts';

/**
 * The demo's inventory: 5,000 products, their stock at four warehouses, customers, 150,000 sale lines over two years,
 * ten weeks of forecasts with what came of them, and the history of copying all this from two ERPs. The same for the
 * same `now`; nothing is done when it is there already.
 */
export async function seedInventory(pool: Pool, now: Date): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // A platform that starts twice at once seeds once.
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('seed.inventory', 0))");
    if (!(await isSeeded(client, now))) {
      await skipForeignKeyChecks(client);
      for (const rows of allTables(now)) await insertRows(client, rows);
      await keepProductWords(client);
    }
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
  await pool.query(
    'ANALYZE inventory.erp_productos, inventory.erp_inventario, inventory.erp_ventas, inventory.erp_ventas_detalle',
  );
}

/** Saves a quarter of the time where the account may; the rows hold together by themselves, and a test says so. */
async function skipForeignKeyChecks(client: ClientBase): Promise<void> {
  await client.query(`SELECT set_config('session_replication_role', 'replica', true)
    FROM pg_roles WHERE rolname = current_user AND rolsuper`);
}

/** Triggers slept meanwhile: the words that a search with slips goes by are added here. Adds none twice. */
async function keepProductWords(client: ClientBase): Promise<void> {
  await client.query(`
    INSERT INTO inventory.product_words (company_id, word)
    SELECT DISTINCT p.company_id, w FROM inventory.erp_productos p, inventory.spelled_words(p.texto_busqueda) w
    WHERE p.company_id IS NOT NULL AND NOT EXISTS (
      SELECT FROM inventory.product_words known WHERE known.company_id = p.company_id AND known.word = w)`);
}

async function isSeeded(client: ClientBase, now: Date): Promise<boolean> {
  const ids = installationTable(now).rows.map(([id]) => id);
  const { rows } = await client.query('SELECT 1 FROM inventory.erp_installations WHERE id = ANY($1::uuid[])', [ids]);
  return rows.length > 0;
}

/** In an order in which every row finds what it points at. */
function* allTables(now: Date): Generator<TableRows> {
  const today = calendarDay(now, demoCompanies.ribera.timeZone);
  // The copies are as old as the last run of their schedule; a quarter of an hour stands for all of them.
  const syncedAt = new Date(now.getTime() - 15 * 60_000).toISOString();
  const products = makeProducts();
  const series = makeSeries(products);
  const customers = makeCustomers();
  yield installationTable(now);
  yield* productTables(products, syncedAt);
  yield* stockTables(products, series, syncedAt);
  yield customerTable(customers, syncedAt);
  const demand = makeDemand(series, today);
  yield* saleTables(demand, customers, today, now);
  yield* pastForecastTables(demand, today);
  yield* syncTables(now);
}

/** Midnight UTC of the calendar day that it is in a zone. */
function calendarDay(now: Date, timeZone: string): Date {
  return new Date(`${new Intl.DateTimeFormat('en-CA', { timeZone }).format(now)}T00:00:00Z`);
}

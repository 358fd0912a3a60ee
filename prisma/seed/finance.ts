import type { ClientBase, Pool } from 'pg';
import { demoCompanies } from './demo-places.ts';
import { booksSql } from './finance/books.ts';
import { metricDefinitions, metricsSql } from './finance/metrics.ts';
import { linesSql, ordersSql, warehouses } from './finance/orders.ts';
import { peopleSql } from './finance/people.ts';
import { financeSources, runsSql, sourcesSql } from './finance/sources.ts';

const seededDays = 730;

/**
 * The demo's finances: two years of warehouse orders, the daily metrics made from them, book entries that follow the
 * revenue, staff, and the runs that brought it all. Made by the server itself; needs the inventory's products and
 * customers. A database that has it already is left as it is. Nothing is written to the outbox.
 */
export async function seedFinance(pool: Pool, now: Date): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    // A platform that starts twice at once seeds once.
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('seed.finance', 0))");
    const { rowCount } = await client.query('SELECT 1 FROM finance.etl_sources LIMIT 1');
    if (rowCount === 0) await fill(client, now);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
  await pool.query(
    'ANALYZE finance.orders, finance.order_lines, finance.daily_metrics, finance.book_entries, finance.workers',
  );
}

async function fill(client: ClientBase, now: Date): Promise<void> {
  // Announcing two years of metrics would tell everybody of changes that never happened.
  await client.query(`SET LOCAL synchronous_commit = off;
    ALTER TABLE finance.daily_metrics DISABLE TRIGGER daily_metrics_announce_insert`);
  await client.query(randomSql);
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: demoCompanies.ribera.timeZone }).format(now);
  await client.query(sourcesSql, [JSON.stringify(financeSources), now]);
  await client.query(ordersSql, [JSON.stringify(warehouses), today, seededDays, now]);
  await client.query(linesSql);
  await client.query(
    `INSERT INTO finance.metric_definitions (name, label_es, label_en, description, unit, additivity, is_higher_better, lineage, updated_at)
     SELECT name, "labelEs", "labelEn", description, unit, additivity::finance.metric_additivity, "isHigherBetter", lineage, $2
     FROM jsonb_to_recordset($1::jsonb) AS d (name text, "labelEs" text, "labelEn" text, description text, unit text,
       additivity text, "isHigherBetter" boolean, lineage jsonb)
     ON CONFLICT (name) DO NOTHING`,
    [JSON.stringify(metricDefinitions), now],
  );
  await client.query(
    `INSERT INTO finance.metric_dashboards (metric_id, dashboard, position)
     SELECT d.id, tab.name, tab.position - 1
     FROM jsonb_to_recordset($1::jsonb) AS given (name text, dashboards jsonb)
     JOIN finance.metric_definitions d USING (name)
     CROSS JOIN LATERAL jsonb_array_elements_text(given.dashboards) WITH ORDINALITY AS tab (name, position)
     ON CONFLICT DO NOTHING`,
    [JSON.stringify(metricDefinitions)],
  );
  await client.query(peopleSql, [today, now]);
  for (const sql of metricsSql) await client.query(sql, [today, seededDays, now]);
  for (const sql of booksSql) await client.query(sql, [today, seededDays, now]);
  for (const sql of runsSql) await client.query(sql, [now]);
  await client.query('ALTER TABLE finance.daily_metrics ENABLE TRIGGER daily_metrics_announce_insert');
}

/** `pg_temp.chance(text)`: in [0, 1), and the same for the same text on every run and machine. */
const randomSql = `
  CREATE OR REPLACE FUNCTION pg_temp.chance(seed text) RETURNS double precision LANGUAGE sql IMMUTABLE AS
  $$ SELECT ('x' || substr(md5(seed), 1, 7))::bit(28)::int / 268435456.0::double precision $$`;

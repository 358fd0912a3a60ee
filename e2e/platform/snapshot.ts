import type { Pool } from 'pg';

/** What every table holds: its rows counted, and the small ones read. */
export type Snapshot = Readonly<Record<string, string>>;

/** Tables that the platform writes by itself, whoever asks for nothing. */
const restless = new Set([
  'access.api_key_usage',
  'access.api_key_usage_batches',
  'access.webhook_attempts',
  'access.webhook_deliveries',
  'inventory.demand_forecast_points',
  'inventory.demand_forecasts',
  'inventory.forecast_backtests',
  'inventory.forecast_outcomes',
  'inventory.forecast_runs',
  'inventory.past_forecasts',
  'platform.consumed_events',
  'platform.job_runs',
  'platform.job_schedules',
  'platform.outbox',
  'telemetry.alerts',
  'telemetry.dirty_buckets',
  'telemetry.measurement_rollups',
  'telemetry.notification_deliveries',
  'telemetry.series_analyses',
]);

/** Columns that change with the time that passes, though nobody asks for anything. */
const restlessColumns: Readonly<Record<string, readonly string[]>> = {
  'telemetry.catchment_points': ['status', 'updated_at'],
  'access.api_keys': ['last_used_at'],
  'access.webhooks': ['failure_count', 'updated_at'],
};

/** Larger ones are counted only. */
const readRows = 30_000;

/** Reads all domains' tables. Two of them are equal when nothing was written between. */
export async function takeSnapshot(pool: Pool, except: readonly string[] = []): Promise<Snapshot> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND n.nspname IN ('access', 'production', 'inventory', 'clinics', 'telemetry', 'finance', 'assistant', 'platform')
     ORDER BY 1`,
  );
  const watched = tables.map(({ name }) => name).filter((name) => !restless.has(name) && !except.includes(name));
  return Object.fromEntries(await Promise.all(watched.map(async (name) => [name, await contentOf(pool, name)])));
}

async function contentOf(pool: Pool, table: string): Promise<string> {
  const { rows: counted } = await pool.query<{ count: string }>(`SELECT count(*)::text AS count FROM ${table}`);
  const [{ count = '' } = {}] = counted;
  if (Number(count) > readRows) return count;
  const left = restlessColumns[table];
  const row = left === undefined ? 't::text' : `(to_jsonb(t) - '{${left.join()}}'::text[])::text`;
  const { rows: read } = await pool.query<{ hash: string }>(
    `SELECT md5(coalesce(string_agg(hash, '' ORDER BY hash), '')) AS hash FROM (SELECT md5(${row}) AS hash FROM ${table} t) t`,
  );
  return `${count} rows ${read[0]?.hash ?? ''}`;
}

/** Ends the holds that the demo begins with: they run out by themselves minutes after it was made. */
export async function endHolds(pool: Pool): Promise<void> {
  await pool.query(`DELETE FROM clinics.appointments WHERE status = 'PROPOSED'`);
}

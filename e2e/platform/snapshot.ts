import type { Pool } from 'pg';

/** What every table holds: its rows counted, and the small ones read. */
export type Snapshot = Readonly<Record<string, string>>;

/** Tables that the platform writes by itself, whoever asks for nothing. */
const restless = new Set([
  'platform.outbox',
  'platform.outbox_consumers',
  'telemetry.alerts',
  'telemetry.dirty_buckets',
  'telemetry.rollups',
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
  const snapshot: Record<string, string> = {};
  for (const { name } of tables) {
    if (restless.has(name) || except.includes(name)) continue;
    const left = restlessColumns[name];
    const row = left === undefined ? 't::text' : `(to_jsonb(t) - '{${left.join()}}'::text[])::text`;
    const { rows } = await pool.query<{ text: string }>(
      `SELECT CASE WHEN count(*) > ${readRows} THEN count(*)::text
         ELSE count(*) || ' rows ' || md5(coalesce(string_agg(md5(${row}), '' ORDER BY md5(${row})), '')) END AS text
       FROM (SELECT * FROM ${name} LIMIT ${readRows + 1}) t`,
    );
    const [{ text = '' } = {}] = rows;
    if (!text.startsWith(String(readRows + 1))) {
      snapshot[name] = text;
      continue;
    }
    const { rows: counted } = await pool.query<{ text: string }>(`SELECT count(*)::text AS text FROM ${name}`);
    snapshot[name] = counted[0]?.text ?? '';
  }
  return snapshot;
}

/** Ends the holds that the demo begins with: they run out by themselves minutes after it was made. */
export async function endHolds(pool: Pool): Promise<void> {
  await pool.query(`DELETE FROM clinics.appointments WHERE status = 'PROPOSED'`);
}

import type { ClientBase } from 'pg';

/** Inserts a handful of rows of one table, keys being column names; a row that is there already stays as it is. */
export async function insertTelemetryRows(
  client: ClientBase,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {})
    .map((name) => `"${name}"`)
    .join(', ');
  if (columns === '') return;
  await client.query(
    `INSERT INTO telemetry.${table} (${columns})
     SELECT ${columns} FROM jsonb_populate_recordset(NULL::telemetry.${table}, $1::jsonb) ON CONFLICT DO NOTHING`,
    [JSON.stringify(rows)],
  );
}

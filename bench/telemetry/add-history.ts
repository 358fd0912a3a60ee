import { wellChannels } from '@cauce/e2e/no-loss/wells';
import type pg from 'pg';

/** History of all wells, raw and measured: so many raw rows in all, every five minutes back from `before`. */
export async function addHistory(pool: pg.Pool, rows: number, before: Date): Promise<void> {
  const steps = 'generate_series(1, $1::int) AS step';
  const values = [Math.ceil(rows / ((await wellCount(pool)) * wellChannels.length)), before];
  const at = `$2::timestamptz - make_interval(mins => 5 * step)`;
  await pool.query(
    `INSERT INTO telemetry.raw_readings (point_id, variable, measured_at, source_id, value)
     SELECT s.point_id, c.channel, ${at}, s.id, 1000 - step / 1000.0 FROM telemetry.reading_sources s
     JOIN telemetry.source_channels c ON c.source_id = s.id CROSS JOIN ${steps} ON CONFLICT DO NOTHING`,
    values,
  );
  await pool.query(
    `INSERT INTO telemetry.measurements (point_id, variable, measured_at, value, raw_value, source_id)
     SELECT s.point_id, c.variable, ${at}, 1000 - step / 1000.0, 1000 - step / 1000.0, s.id FROM telemetry.reading_sources s
     JOIN telemetry.source_channels c ON c.source_id = s.id CROSS JOIN ${steps} ON CONFLICT DO NOTHING`,
    values,
  );
  await pool.query('VACUUM ANALYZE telemetry.raw_readings, telemetry.measurements');
  // What is left of writing the history is not to be done while readings come in.
  await pool.query('CHECKPOINT');
}

async function wellCount(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('SELECT count(*)::int AS count FROM telemetry.catchment_points');
  return rows[0]?.count ?? 1;
}

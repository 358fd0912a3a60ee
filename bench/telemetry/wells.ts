import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** A well with a device of three channels: level, flow and a counter of 100 litres a pulse. */
export interface Well {
  readonly id: string;
  readonly sourceId: string;
  readonly code: string;
}

const channels = [
  ['level', 'LEVEL', 'm', false],
  ['flow', 'FLOW', 'l/s', false],
  ['pulses', 'TOTAL', 'm3', true],
] as const;

/** Registers wells of one company. */
export async function addWells(pool: pg.Pool, count: number): Promise<readonly Well[]> {
  const companyId = randomUUID();
  const wells: Well[] = [];
  for (let index = 0; index < count; index += 1) {
    const well = { id: randomUUID(), sourceId: randomUUID(), code: `BENCH-${index}` };
    await pool.query(
      `INSERT INTO telemetry.catchment_points (id, code, name, type, site_id, company_id, sampling_frequency_minutes)
       VALUES ($1, $2, 'Pozo', 'WELL', $3, $4, 5)`,
      [well.id, well.code, randomUUID(), companyId],
    );
    await pool.query('INSERT INTO telemetry.reading_sources (id, point_id, device_id) VALUES ($1, $2, $3)', [
      well.sourceId,
      well.id,
      well.code,
    ]);
    for (const [channel, variable, unit, isPulses] of channels) {
      await pool.query(
        `INSERT INTO telemetry.point_variables (point_id, variable, unit, valid_from, liters_per_pulse)
         VALUES ($1, $2::telemetry.variable_kind, $3, '2000-01-01Z', $4)`,
        [well.id, variable, unit, isPulses ? '100' : null],
      );
      await pool.query(
        'INSERT INTO telemetry.source_channels (source_id, channel, variable, is_pulses) VALUES ($1, $2, $3::telemetry.variable_kind, $4)',
        [well.sourceId, channel, variable, isPulses],
      );
    }
    wells.push(well);
  }
  return wells;
}

/** The body of a well's reading number `index`. */
export function wellMessage(at: Date, index: number): string {
  const values = { level: 30 + (index % 100) / 100, flow: 40 + (index % 50) / 10, pulses: 1_000 + index };
  return JSON.stringify({ id: randomUUID(), ts: at.toISOString(), values });
}

/** History of all wells, raw and measured: so many raw rows in all, every five minutes back from `before`. */
export async function addHistory(pool: pg.Pool, rows: number, before: Date): Promise<void> {
  const steps = 'generate_series(1, $1::int) AS step';
  const values = [Math.ceil(rows / ((await wellCount(pool)) * channels.length)), before];
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
}

async function wellCount(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('SELECT count(*)::int AS count FROM telemetry.catchment_points');
  return rows[0]?.count ?? 1;
}

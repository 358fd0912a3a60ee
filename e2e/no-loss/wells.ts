import { randomUUID } from 'node:crypto';
import type pg from 'pg';

/** A well with a device of three channels: level, flow and a counter of 100 litres a pulse. */
export interface Well {
  readonly id: string;
  readonly sourceId: string;
  readonly code: string;
}

export const wellChannels = [
  ['level', 'LEVEL', 'm', false],
  ['flow', 'FLOW', 'l/s', false],
  ['pulses', 'TOTAL', 'm3', true],
] as const;

/** Registers wells of one company. */
export async function addWells(pool: pg.Pool, count: number): Promise<readonly Well[]> {
  const companyId = randomUUID();
  const wells: Well[] = [];
  for (let index = 0; index < count; index += 1) {
    const well = { id: randomUUID(), sourceId: randomUUID(), code: `WELL-${index}` };
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
    for (const [channel, variable, unit, isPulses] of wellChannels) {
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

/** The body of a well's reading number `index`: its counter has moved by one pulse since the one before. */
export function wellMessage(at: Date, index: number): string {
  const values = { level: 30 + (index % 100) / 100, flow: 40 + (index % 50) / 10, pulses: 1_000 + index };
  return JSON.stringify({ id: randomUUID(), ts: at.toISOString(), values });
}

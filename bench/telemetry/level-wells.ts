import type pg from 'pg';
import { z } from 'zod';

export interface Well {
  readonly id: string;
  /** Also its device's id. */
  readonly code: string;
}

const wells = z.array(z.object({ id: z.string(), code: z.string() }));

/** Adds wells that tell a level, at the site of a well that is there. */
export async function addLevelWells(pool: pg.Pool, count: number): Promise<readonly Well[]> {
  const { rows } = await pool.query(
    `WITH model AS (
       SELECT site_id, company_id FROM telemetry.catchment_points ORDER BY code LIMIT 1
     ), made AS (
       INSERT INTO telemetry.catchment_points (code, name, type, site_id, company_id, sampling_frequency_minutes)
       SELECT 'BENCH-' || n, 'Pozo ' || n, 'WELL', site_id, company_id, 5 FROM generate_series(1, $1::int) AS n, model
       RETURNING id, code
     ), versioned AS (
       INSERT INTO telemetry.point_variables (point_id, variable, unit, valid_from)
       SELECT id, 'LEVEL', 'm', '2000-01-01Z' FROM made
     ), sources AS (
       INSERT INTO telemetry.reading_sources (point_id, device_id) SELECT id, code FROM made RETURNING id
     ), channels AS (
       INSERT INTO telemetry.source_channels (source_id, channel, variable, is_pulses)
       SELECT id, 'level', 'LEVEL', false FROM sources
     )
     SELECT id, code FROM made`,
    [count],
  );
  return wells.parse(rows);
}

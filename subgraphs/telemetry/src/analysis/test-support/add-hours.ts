import type { Database } from '@cauce/shared/db/database';
import type { TestPoint } from '../../test-support/points.ts';
import { type VariableKind, variableDefinitions } from '../../variables/variable-kinds.ts';

/** Sums of whole hours up to an instant, one value each (NaN: none), with those of their days; as if readings had come. */
export async function addHours(
  { pool }: Database,
  point: TestPoint,
  variable: VariableKind,
  history: { readonly values: Float64Array; readonly until: Date; readonly isGood?: (place: number) => boolean },
): Promise<void> {
  const { values, until, isGood = () => true } = history;
  const { isCounter, unit } = variableDefinitions[variable];
  const rows = [...values.entries()]
    .filter(([, value]) => !Number.isNaN(value))
    .map(([place, value]) => ({
      at: new Date(until.getTime() - (values.length - place) * 3_600_000),
      ...{ value, good: isGood(place) ? 12 : 0, delta: isCounter ? value : null },
    }));
  await pool.query(
    `INSERT INTO telemetry.measurement_rollups AS r (point_id, variable, grain, bucket_start, count, good_count, min, max, sum, first, last, delta)
     SELECT $1, $2::telemetry.variable_kind, 'HOUR', g.at, 12, g.good, g.value, g.value, 12 * g.value, g.value, g.value, g.delta
     FROM jsonb_to_recordset($3) AS g (at timestamptz, value float8, good int, delta numeric)
     ON CONFLICT (point_id, variable, grain, bucket_start) DO UPDATE SET sum = excluded.sum, delta = excluded.delta,
       good_count = excluded.good_count, computed_at = clock_timestamp()`,
    [point.id, variable, JSON.stringify(rows)],
  );
  await pool.query(
    `INSERT INTO telemetry.measurement_rollups (point_id, variable, grain, bucket_start, count, good_count, min, max, sum, first, last, delta)
     SELECT point_id, variable, 'DAY', date_trunc('day', bucket_start, 'America/Santiago') AS day, sum(count), sum(good_count), min(min),
       max(max), sum(sum), min(first), max(last), sum(delta)
     FROM telemetry.measurement_rollups WHERE point_id = $1 AND variable = $2 AND grain = 'HOUR' GROUP BY point_id, variable, day
     ON CONFLICT (point_id, variable, grain, bucket_start) DO UPDATE SET sum = excluded.sum, delta = excluded.delta,
       count = excluded.count, good_count = excluded.good_count, computed_at = clock_timestamp()`,
    [point.id, variable],
  );
  await pool.query(
    `INSERT INTO telemetry.latest_measurements (point_id, variable, site_id, company_id, value, unit, measured_at, received_at)
     VALUES ($1, $2, $3, $4, 0, $5, $6, $6) ON CONFLICT DO NOTHING`,
    [point.id, variable, point.siteId, point.companyId, unit, until],
  );
}

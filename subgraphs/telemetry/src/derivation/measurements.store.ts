import type { PointEntry } from '../intake/point-directory.ts';
import { arrayLiteral, type SqlRunner } from '../intake/sql-runner.ts';
import type { DerivedMeasurement } from './derive-measurement.ts';

export interface MeasurementRow extends DerivedMeasurement {
  readonly point: PointEntry;
  readonly sourceId: string;
  /** Of a counter: m3 since the reading before. */
  readonly delta: number | null;
}

/**
 * Moves the latest values forward, never back. It locks the row of each quantity it is given, moved or not, in one
 * order: whoever adds measurements of that quantity does it after this, one transaction at a time.
 */
export async function moveLatest(
  sql: SqlRunner,
  newest: readonly Omit<MeasurementRow, 'delta'>[],
  receivedAt: Date,
): Promise<void> {
  await sql.rows(
    'telemetry-latest',
    `INSERT INTO telemetry.latest_measurements AS l
       (point_id, variable, site_id, company_id, value, unit, measured_at, received_at, quality, flags, cadence_seconds, expected_by)
     SELECT point_id, variable, site_id, company_id, value, unit, measured_at, $11::timestamptz, quality,
            string_to_array(flags, ','), cadence, measured_at + make_interval(secs => 3 * cadence)
     FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::uuid[], $4::uuid[], $5::float8[], $6::text[], $7::timestamptz[],
                 $8::telemetry.measurement_quality[], $9::text[], $10::int[])
       AS given (point_id, variable, site_id, company_id, value, unit, measured_at, quality, flags, cadence)
     ORDER BY 1, 2
     ON CONFLICT (point_id, variable) DO UPDATE SET
       value = excluded.value, unit = excluded.unit, measured_at = excluded.measured_at, received_at = excluded.received_at,
       quality = excluded.quality, flags = excluded.flags, cadence_seconds = excluded.cadence_seconds,
       expected_by = excluded.expected_by, site_id = excluded.site_id, company_id = excluded.company_id, updated_at = excluded.received_at
     WHERE excluded.measured_at > l.measured_at`,
    [
      arrayLiteral(newest.map((row) => row.point.id)),
      arrayLiteral(newest.map((row) => row.variable)),
      arrayLiteral(newest.map((row) => row.point.siteId)),
      arrayLiteral(newest.map((row) => row.point.companyId)),
      arrayLiteral(newest.map((row) => row.value)),
      arrayLiteral(newest.map((row) => row.unit)),
      arrayLiteral(newest.map((row) => row.measuredAt)),
      arrayLiteral(newest.map((row) => row.quality)),
      arrayLiteral(newest.map((row) => row.flags.join(','))),
      arrayLiteral(newest.map((row) => row.point.samplingMinutes * 60)),
      receivedAt,
    ],
  );
}

/** Adds measurements; where another source told the same quantity at the same instant first, that one stays. */
export async function insertMeasurements(
  sql: SqlRunner,
  rows: readonly MeasurementRow[],
): Promise<ReadonlySet<string>> {
  const added = await sql.rows<{ point_id: string; variable: string; measured_at: Date }>(
    'telemetry-measurements',
    `INSERT INTO telemetry.measurements
       (point_id, variable, measured_at, value, raw_value, delta, quality, flags, source_id, constants_id)
     SELECT point_id, variable, measured_at, value, raw_value, delta, quality, string_to_array(flags, ','), source_id, constants_id
     FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::timestamptz[], $4::float8[], $5::float8[], $6::float8[],
                 $7::telemetry.measurement_quality[], $8::text[], $9::uuid[], $10::uuid[])
       AS given (point_id, variable, measured_at, value, raw_value, delta, quality, flags, source_id, constants_id)
     ORDER BY 1, 2, 3 ON CONFLICT DO NOTHING
     RETURNING point_id, variable, measured_at`,
    [
      ...keysOf(rows),
      arrayLiteral(rows.map((row) => row.value)),
      arrayLiteral(rows.map((row) => row.rawValue)),
      arrayLiteral(rows.map((row) => row.delta)),
      arrayLiteral(rows.map((row) => row.quality)),
      arrayLiteral(rows.map((row) => row.flags.join(','))),
      arrayLiteral(rows.map((row) => row.sourceId)),
      arrayLiteral(rows.map((row) => row.constantsId)),
    ],
  );
  return new Set(added.map((row) => `${row.point_id}|${row.variable}|${row.measured_at.getTime()}`));
}

export const measurementKey = (row: Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt'>): string =>
  `${row.point.id}|${row.variable}|${row.measuredAt.getTime()}`;

/** Gives readings that now have another one before them their new share. */
export async function updateDeltas(
  sql: SqlRunner,
  rows: readonly Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt' | 'delta' | 'flags'>[],
): Promise<void> {
  await sql.rows(
    'telemetry-deltas',
    `UPDATE telemetry.measurements m SET delta = given.delta, flags = string_to_array(given.flags, ',')
     FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::timestamptz[], $4::float8[], $5::text[])
       AS given (point_id, variable, measured_at, delta, flags)
     WHERE m.point_id = given.point_id AND m.variable = given.variable AND m.measured_at = given.measured_at`,
    [...keysOf(rows), arrayLiteral(rows.map((row) => row.delta)), arrayLiteral(rows.map((row) => row.flags.join(',')))],
  );
}

/** Marks the hours that the rows fall into as not added up any more. */
export async function markDirty(
  sql: SqlRunner,
  rows: readonly Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt'>[],
): Promise<void> {
  await sql.rows(
    'telemetry-dirty',
    `INSERT INTO telemetry.dirty_buckets (point_id, variable, grain, bucket_start)
     SELECT DISTINCT point_id, variable, 'HOUR'::telemetry.rollup_grain, date_trunc('hour', measured_at)
     FROM unnest($1::uuid[], $2::telemetry.variable_kind[], $3::timestamptz[]) AS given (point_id, variable, measured_at)
     ORDER BY 1, 2, 4 ON CONFLICT DO NOTHING`,
    keysOf(rows),
  );
}

function keysOf(rows: readonly Pick<MeasurementRow, 'point' | 'variable' | 'measuredAt'>[]): [string, string, string] {
  return [
    arrayLiteral(rows.map((row) => row.point.id)),
    arrayLiteral(rows.map((row) => row.variable)),
    arrayLiteral(rows.map((row) => row.measuredAt)),
  ];
}

import type { PoolClient } from 'pg';
import type { DemoPoint, DemoVariable } from './points.ts';
import { createReadings, readingSql } from './shapes.ts';

export const variableUnits: Readonly<Record<DemoVariable, string>> = {
  LEVEL: 'm',
  FLOW: 'l/s',
  TOTAL: 'm3',
  TEMPERATURE: 'Cel',
  PRESSURE: 'bar',
  PH: 'pH',
  CONDUCTIVITY: 'uS/cm',
  TURBIDITY: 'NTU',
};

/** Names of the quantities on the wire. */
export const channelNames: Readonly<Record<DemoVariable, string>> = {
  LEVEL: 'level',
  FLOW: 'flow',
  TOTAL: 'pulses',
  TEMPERATURE: 'temperature',
  PRESSURE: 'pressure',
  PH: 'ph',
  CONDUCTIVITY: 'conductivity',
  TURBIDITY: 'turbidity',
};

export const seededDays = 365;
const rawDays = 40;

/**
 * A year of measurements of one point up to `now`, the raw readings behind the last weeks, and what is derived from
 * them: rollups and latest values. Runs inside the transaction that the client is in.
 */
export async function seedSeries(client: PoolClient, point: DemoPoint, now: Date): Promise<void> {
  await createReadings(client, point, seededDays, now);
  for (const variable of point.variables) await insertVariable(client, point, variable, now);
  for (const [grain, from, unit] of coarser) {
    await client.query(insertCoarser, [point.id, grain, from, unit, point.site.timeZone]);
  }
  await client.query(insertLatest, [
    point.id,
    point.site.id,
    point.site.companyId,
    point.cadenceMinutes * 60,
    point.variables,
    point.variables.map((variable) => variableUnits[variable]),
  ]);
}

async function insertVariable(client: PoolClient, point: DemoPoint, variable: DemoVariable, now: Date): Promise<void> {
  const { value, raw = value, delta = 'NULL::float8', flag = 'NULL::text' } = readingSql[variable];
  const quality = `CASE WHEN (${flag}) = 'OUT_OF_RANGE' THEN 'SUSPECT' ELSE 'GOOD' END::telemetry.measurement_quality`;
  await client.query(
    `INSERT INTO telemetry.measurements
       (point_id, variable, measured_at, value, raw_value, delta, quality, flags, source_id, processed_at)
     SELECT $1, $2, t, ${value}, ${raw}, ${delta}, ${quality}, array_remove(ARRAY[${flag}], NULL), $3, t + interval '2 seconds'
     FROM seed_readings`,
    [point.id, variable, point.sourceId],
  );
  await client.query(
    `INSERT INTO telemetry.raw_readings (point_id, variable, measured_at, source_id, value, message_id, received_at)
     SELECT $1, $2, t, $3, ${raw}, md5($1::uuid::text || s)::uuid::text, t + interval '2 seconds'
     FROM seed_readings WHERE t >= $4::timestamptz - make_interval(days => $5)`,
    [point.id, channelNames[variable], point.sourceId, now, rawDays],
  );
  // A counter's reading belongs to the hour that it closes.
  const closes = variable === 'TOTAL' ? 1 : 0;
  // Suspect values count as received and do not shape the bucket, unless it has nothing better.
  await client.query(
    `INSERT INTO telemetry.measurement_rollups
       (point_id, variable, grain, bucket_start, count, good_count, min, max, sum, first, last, delta)
     SELECT $1, $2, 'HOUR', to_timestamp(hour * 3600), count(*), count(good), coalesce(min(good), min(value)),
            coalesce(max(good), max(value)), coalesce(sum(good), sum(value)),
            (array_agg(value ORDER BY s))[1], (array_agg(value ORDER BY s))[count(*)], sum(delta)
     FROM (SELECT s, (s - ${closes}) / 3600 AS hour, value, delta, CASE WHEN flag = 'OUT_OF_RANGE' THEN NULL ELSE value END AS good
           FROM (SELECT s, ${value} AS value, ${delta} AS delta, ${flag} AS flag FROM seed_readings OFFSET 0) AS read) AS judged
     GROUP BY hour`,
    [point.id, variable],
  );
}

const coarser = [
  ['DAY', 'HOUR', 'day'],
  ['MONTH', 'DAY', 'month'],
] as const;

const insertCoarser = `
  INSERT INTO telemetry.measurement_rollups
    (point_id, variable, grain, bucket_start, count, good_count, min, max, sum, first, last, delta)
  SELECT point_id, variable, $2::telemetry.rollup_grain, date_trunc($4, bucket_start, $5), sum(count), sum(good_count), min(min),
         max(max), sum(sum), (array_agg(first ORDER BY bucket_start))[1],
         (array_agg(last ORDER BY bucket_start))[count(*)], sum(delta)
  FROM telemetry.measurement_rollups
  WHERE point_id = $1 AND grain = $3::telemetry.rollup_grain
  GROUP BY point_id, variable, date_trunc($4, bucket_start, $5)`;

const insertLatest = `
  INSERT INTO telemetry.latest_measurements
    (point_id, variable, site_id, company_id, value, unit, measured_at, received_at, quality, flags, cadence_seconds, usual_gap_seconds)
  SELECT $1::uuid, wanted.variable, $2, $3, m.value, wanted.unit, m.measured_at, m.processed_at, m.quality, m.flags, $4::int, $4::int
  FROM unnest($5::telemetry.variable_kind[], $6::text[]) AS wanted (variable, unit)
  CROSS JOIN LATERAL (
    SELECT * FROM telemetry.measurements m
    WHERE m.point_id = $1::uuid AND m.variable = wanted.variable ORDER BY m.measured_at DESC LIMIT 1) AS m`;

import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import { type VariableKind, variableDefinitions } from '../variables/variable-kinds.ts';
import { dayMs, hourMs } from './engine/even-series.ts';
import { medianOf } from './engine/statistics.ts';

/** Grows when the engine would say something else of the same history. */
const engineVersion = 4;

export const hoursRead = 56 * 24;
export const daysRead = 1_096;

export interface StaleSeries {
  readonly pointId: string;
  readonly variable: VariableKind;
  readonly timeZone: string;
  /** What the history looked like when it was found to be new. */
  readonly stamp: string;
}

export type AnalysisPart = 'anomalies' | 'outlook';

/**
 * Quantities of points whose sums are other ones than those that a part was made of. A whole bucket that came, was added
 * up again or went away changes the stamp; nothing else does. What has not ended yet is not looked at.
 */
export function readStale(
  client: PrismaClient,
  part: AnalysisPart,
  pointIds: readonly string[],
  now: Date,
): Promise<StaleSeries[]> {
  const known = part === 'anomalies' ? Prisma.sql`a.anomalies_stamp` : Prisma.sql`a.outlook_stamp`;
  const rights = part === 'outlook' ? Prisma.sql`, p.water_right_yearly_m3` : Prisma.empty;
  return client.$queryRaw<StaleSeries[]>`
    SELECT * FROM (
      SELECT p.id AS "pointId", l.variable::text AS variable, p.time_zone AS "timeZone",
        concat_ws('|', ${engineVersion}::int, p.time_zone, extract(epoch FROM newest.at)::bigint, hours.count, hours.seen, days.count, days.seen ${rights}) AS stamp,
        ${known} AS known
      FROM telemetry.catchment_points p
      JOIN telemetry.latest_measurements l ON l.point_id = p.id
      LEFT JOIN telemetry.series_analyses a ON a.point_id = p.id AND a.variable = l.variable
      CROSS JOIN LATERAL (
        SELECT bucket_start AS at FROM telemetry.measurement_rollups r
        WHERE r.point_id = p.id AND r.variable = l.variable AND r.grain = 'HOUR'
          AND r.bucket_start < date_trunc('hour', ${now}::timestamptz)
        ORDER BY r.bucket_start DESC LIMIT 1) AS newest
      CROSS JOIN LATERAL (
        SELECT count(*) AS count, extract(epoch FROM max(computed_at)) AS seen FROM telemetry.measurement_rollups r
        WHERE r.point_id = p.id AND r.variable = l.variable AND r.grain = 'HOUR'
          AND r.bucket_start > newest.at - make_interval(hours => ${hoursRead}) AND r.bucket_start <= newest.at) AS hours
      CROSS JOIN LATERAL (
        SELECT count(*) AS count, extract(epoch FROM max(computed_at)) AS seen FROM telemetry.measurement_rollups r
        WHERE ${part === 'outlook'} AND r.point_id = p.id AND r.variable = l.variable AND r.grain = 'DAY'
          AND r.bucket_start > newest.at - make_interval(days => ${daysRead}) AND r.bucket_start <= newest.at
          AND r.bucket_start < date_trunc('day', ${now}::timestamptz, p.time_zone)) AS days
      WHERE p.id = ANY(${[...pointIds]}::uuid[]) AND p.deleted_at IS NULL) AS series
    WHERE known IS DISTINCT FROM stamp
    ORDER BY "pointId", variable`;
}

interface ValueRow {
  /** Hours or days since 1970. */
  readonly step: number;
  readonly value: number | null;
  readonly count: number;
}

export interface ReadSeries {
  /** ms since 1970 where the first step begins; of days, in a zone without offset. */
  readonly from: number;
  /** NaN where nothing was measured that counts. The last one was measured. */
  readonly values: Float64Array;
}

type SeriesKey = Pick<StaleSeries, 'pointId' | 'variable' | 'timeZone'>;

/** The newest whole hours of a quantity, eight weeks at most. Of a counter, m3 an hour; of any other, the mean. */
export async function readHours(client: PrismaClient, key: SeriesKey, now: Date): Promise<ReadSeries> {
  const rows = await client.$queryRaw<ValueRow[]>`
    SELECT (extract(epoch FROM bucket_start) / 3600)::int AS step, ${acceptedOf(key.variable)} AS value, count
    FROM telemetry.measurement_rollups
    WHERE point_id = ${key.pointId}::uuid AND variable = ${key.variable}::telemetry.variable_kind AND grain = 'HOUR'
      AND bucket_start < date_trunc('hour', ${now}::timestamptz)
    ORDER BY bucket_start DESC LIMIT ${hoursRead}`;
  const read = evenly(rows.toReversed(), key.variable, hoursRead, hourMs, 0.25);
  return withoutOdd(client, key, read, hourMs);
}

/** The newest whole days of a quantity in the point's zone, three years at most. */
export async function readDays(client: PrismaClient, key: SeriesKey, now: Date): Promise<ReadSeries> {
  const rows = await client.$queryRaw<ValueRow[]>`
    SELECT ((bucket_start AT TIME ZONE ${key.timeZone})::date - '1970-01-01'::date)::int AS step, count,
      CASE WHEN good_count = count OR delta IS NOT NULL THEN ${acceptedOf(key.variable)} ELSE (
        -- Hours without a good value would weigh in.
        SELECT sum(h.sum) / nullif(sum(h.good_count), 0) FROM telemetry.measurement_rollups h
        WHERE h.point_id = d.point_id AND h.variable = d.variable AND h.grain = 'HOUR' AND h.good_count > 0
          AND h.bucket_start >= d.bucket_start
          AND h.bucket_start < ((d.bucket_start AT TIME ZONE ${key.timeZone}) + interval '1 day') AT TIME ZONE ${key.timeZone}) END AS value
    FROM telemetry.measurement_rollups d
    WHERE point_id = ${key.pointId}::uuid AND variable = ${key.variable}::telemetry.variable_kind AND grain = 'DAY'
      AND bucket_start < date_trunc('day', ${now}::timestamptz, ${key.timeZone})
    ORDER BY bucket_start DESC LIMIT ${daysRead}`;
  const read = evenly(rows.toReversed(), key.variable, daysRead, dayMs, 0.5);
  return withoutOdd(client, key, read, dayMs);
}

/** Leaves out hours or days in which a counter did not simply go on: what it moved there says little of what flowed. */
async function withoutOdd(
  client: PrismaClient,
  { pointId, variable, timeZone }: SeriesKey,
  read: ReadSeries,
  stepMs: number,
): Promise<ReadSeries> {
  if (!variableDefinitions[variable].isCounter || read.values.length === 0) return read;
  // A reading belongs to the hour that it closes. A day is named by the zone's clock, so that it is taken a bit wider.
  const from = new Date(read.from - dayMs);
  const odd = await client.$queryRaw<{ hour: Date; day: Date }[]>`
    SELECT DISTINCT hour, (hour AT TIME ZONE ${timeZone})::date AS day
    FROM (SELECT date_trunc('hour', measured_at - interval '1 ms') AS hour FROM telemetry.measurements
      WHERE point_id = ${pointId}::uuid AND variable = 'TOTAL' AND flags <> '{}' AND measured_at > ${from}
        AND flags && ARRAY['COUNTER_RESET', 'COUNTER_JUMP', 'COUNTER_DECREASE', 'METER_REPLACED']) AS odd`;
  const values = Float64Array.from(read.values);
  for (const { hour, day } of odd) {
    const step = Math.floor(((stepMs === dayMs ? day : hour).getTime() - read.from) / stepMs);
    if (step >= 0 && step < values.length) values[step] = Number.NaN;
  }
  return { ...read, values };
}

/** Only what was accepted: a counter's step that something spoke against is left out, and means are those of good values. */
function acceptedOf(variable: VariableKind): Prisma.Sql {
  return variableDefinitions[variable].isCounter
    ? Prisma.sql`CASE WHEN good_count = count THEN delta::float8 END`
    : Prisma.sql`CASE WHEN good_count > 0 THEN sum / good_count END`;
}

/**
 * One value a step. A step of which little was measured is left out; so is what a counter moved over a gap, because it
 * did not move in the step that closes it.
 */
function evenly(
  rows: readonly ValueRow[],
  variable: VariableKind,
  most: number,
  stepMs: number,
  share: number,
): ReadSeries {
  const last = rows.at(-1)?.step ?? 0;
  const first = Math.max(rows[0]?.step ?? 0, last - most + 1);
  const usual = medianOf(rows.map(({ count }) => count));
  const values = new Float64Array(rows.length === 0 ? 0 : last - first + 1).fill(Number.NaN);
  const { isCounter } = variableDefinitions[variable];
  for (const [place, { step, value, count }] of rows.entries()) {
    const isAfterGap = isCounter && rows[place - 1]?.step !== step - 1;
    if (value === null || step < first || isAfterGap || count < usual * share) continue;
    values[step - first] = value;
  }
  return { from: first * stepMs, values };
}

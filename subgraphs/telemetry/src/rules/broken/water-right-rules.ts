import { Prisma } from '@cauce/prisma/client';

const parameter = (name: string, usual: number) =>
  Prisma.sql`coalesce((w.parameters ->> ${name})::float8, ${usual}::float8)`;

/** The mean of the last whole hour above what was granted. */
export function aboveGrantedFlow(now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT jsonb_build_object('value', round((r.sum / r.count)::numeric, 3), 'granted', w.granted_flow, 'unit', w.unit, 'from', r.bucket_start) AS evidence
    FROM telemetry.measurement_rollups r
    WHERE r.point_id = w.id AND r.variable = 'FLOW' AND r.grain = 'HOUR'
      AND r.bucket_start = date_trunc('hour', ${now}::timestamptz) - interval '1 hour'
      AND r.sum / r.count > w.granted_flow * (1 + ${parameter('tolerancePct', 0)} / 100)`;
}

/**
 * What the year has taken, and what it will have taken at the rate of the last thirty days. The regulator's year is the
 * calendar's, in the point's zone; before thirty days have passed only what was taken counts. Where there is a forecast
 * of this year, the day on which it says that the right is used up is told beside it.
 */
export function aboveGrantedVolume(now: Date): Prisma.Sql {
  const yearStart = Prisma.sql`date_trunc('year', ${now}::timestamptz AT TIME ZONE w.time_zone) AT TIME ZONE w.time_zone`;
  const yearEnd = Prisma.sql`(date_trunc('year', ${now}::timestamptz AT TIME ZONE w.time_zone) + interval '1 year') AT TIME ZONE w.time_zone`;
  return Prisma.sql`
    SELECT jsonb_strip_nulls(jsonb_build_object('usedM3', round(year.used::numeric, 1), 'grantedM3', w.granted_volume,
      'projectedM3', round(year.projected::numeric, 1), 'atPct', ${parameter('atPct', 100)},
      'daysToBreach', CASE WHEN year.per_day > 0 AND year.used < w.granted_volume
        THEN floor((w.granted_volume - year.used) / year.per_day) END,
      'usedUpOn', ${forecastDay('usedUpOn')}, 'earliest', ${forecastDay('earliest')}, 'latest', ${forecastDay('latest')})) AS evidence
    FROM (
      SELECT taken.used, recent.per_day,
        taken.used + recent.per_day * extract(epoch FROM ${yearEnd} - ${now}::timestamptz) / 86400 AS projected
      FROM (
        SELECT coalesce(sum(delta), 0) AS used FROM telemetry.measurement_rollups
        WHERE point_id = w.id AND variable = 'TOTAL' AND grain = 'DAY' AND bucket_start >= ${yearStart} AND bucket_start <= ${now}) AS taken,
      (SELECT CASE WHEN ${now}::timestamptz - ${yearStart} >= interval '30 days' THEN coalesce(sum(delta), 0) / 30 ELSE 0 END AS per_day
        FROM telemetry.measurement_rollups
        WHERE point_id = w.id AND variable = 'TOTAL' AND grain = 'DAY'
          AND bucket_start >= ${now}::timestamptz - interval '30 days' AND bucket_start <= ${now}) AS recent) AS year
    LEFT JOIN telemetry.series_analyses forecast ON forecast.point_id = w.id AND forecast.variable = 'TOTAL'
      AND forecast.outlook_at > ${now}::timestamptz - interval '3 days' AND forecast.outlook_at >= ${yearStart}
    WHERE year.used > w.granted_volume OR year.projected > w.granted_volume * ${parameter('atPct', 100)} / 100`;
}

/** A calendar day of the forecast, `2026-12-03`; null where it says none. */
function forecastDay(key: string): Prisma.Sql {
  return Prisma.sql`to_char(to_timestamp((forecast.outlook #>> ARRAY['waterRight', ${key}])::float8 / 1000) AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;
}

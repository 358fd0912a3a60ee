import { Prisma } from '@cauce/prisma/client';

/** Rules over whole hours: they read the sums that are kept for each, not the readings. As in `reading-rules.ts`, `w` is watched. */

const parameter = (name: string, usual: number) =>
  Prisma.sql`coalesce((w.parameters ->> ${name})::float8, ${usual}::float8)`;

/** Hours of a quantity that have ended, newest first, as many as the rule looks at. */
function wholeHours(variable: Prisma.Sql, count: Prisma.Sql, now: Date): Prisma.Sql {
  return Prisma.sql`telemetry.measurement_rollups
    WHERE point_id = w.id AND variable = ${variable} AND grain = 'HOUR'
      AND bucket_start >= date_trunc('hour', ${now}::timestamptz) - make_interval(secs => 3600 * ${count})
      AND bucket_start < date_trunc('hour', ${now}::timestamptz)`;
}

const flow = Prisma.sql`'FLOW'::telemetry.variable_kind`;
const total = Prisma.sql`'TOTAL'::telemetry.variable_kind`;
const level = Prisma.sql`'LEVEL'::telemetry.variable_kind`;

/** One value, to the last digit, in nearly every hour of the window. A pump that is off is no fault: zero flow is left alone. */
export function stuckValue(now: Date): Prisma.Sql {
  const hours = parameter('hours', 24);
  return Prisma.sql`
    SELECT jsonb_build_object('value', still.value, 'unit', w.unit, 'since', still.since, 'hours', ${hours}) AS evidence
    FROM (
      SELECT min(min) AS value, max(max) AS highest, min(bucket_start) AS since, count(*) AS hours, sum(count) AS readings
      FROM ${wholeHours(Prisma.sql`w.variable`, hours, now)}) AS still
    WHERE still.value = still.highest AND still.hours >= ${hours} * 0.8 AND still.readings >= 3
      AND w.variable <> 'TOTAL' AND NOT (w.variable = 'FLOW' AND still.value = 0)`;
}

/** What flows in an hour is 3.6 m3 for each L/s; the counter has to move by as much. Only hours that have both are compared. */
export function flowAgainstTotal(now: Date): Prisma.Sql {
  const hours = parameter('hours', 3);
  return Prisma.sql`
    SELECT jsonb_build_object('flowVolumeM3', round(sums.flowed::numeric, 3), 'totalVolumeM3', round(sums.counted::numeric, 3),
      'differencePct', round((100 * abs(sums.flowed - sums.counted) / greatest(sums.flowed, sums.counted))::numeric, 1),
      'tolerancePct', ${parameter('tolerancePct', 25)}, 'from', sums.since, 'hours', sums.hours) AS evidence
    FROM (
      SELECT sum(3.6 * f.sum / f.count) AS flowed, sum(t.delta) AS counted, min(f.bucket_start) AS since, count(*) AS hours
      FROM (SELECT bucket_start, sum, count FROM ${wholeHours(flow, hours, now)}) AS f
      JOIN (SELECT bucket_start, delta FROM ${wholeHours(total, hours, now)}) AS t USING (bucket_start)
      WHERE t.delta IS NOT NULL) AS sums
    WHERE sums.hours >= ${hours} AND greatest(sums.flowed, sums.counted) >= ${parameter('minimumM3', 1)}
      AND abs(sums.flowed - sums.counted) > ${parameter('tolerancePct', 25)} / 100 * greatest(sums.flowed, sums.counted)`;
}

/** Water that moves the level and passes no meter. */
export function levelAgainstTotal(now: Date): Prisma.Sql {
  const hours = parameter('hours', 6);
  return Prisma.sql`
    SELECT jsonb_build_object('levelChangeM', round((l.highest - l.lowest)::numeric, 3), 'totalVolumeM3', round(t.counted::numeric, 3),
      'from', l.since, 'hours', ${hours}) AS evidence
    FROM (SELECT min(min) AS lowest, max(max) AS highest, min(bucket_start) AS since, count(*) AS hours FROM ${wholeHours(level, hours, now)}) AS l,
      (SELECT sum(delta) AS counted, count(delta) AS hours FROM ${wholeHours(total, hours, now)}) AS t
    WHERE l.hours >= ${hours} AND t.hours >= ${hours}
      AND l.highest - l.lowest >= ${parameter('levelM', 5)} AND t.counted < ${parameter('minimumM3', 1)}`;
}

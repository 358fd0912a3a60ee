import type { PrismaClient } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { isDataFailure } from '../intake/database-failure.ts';

/** Told of an hour that Postgres refuses to add up; it stays as it was until something else is measured in it. */
export type OnRefusedHour = (hour: DirtyHour, error: unknown) => void;

export interface DirtyHour {
  readonly point_id: string;
  readonly variable: string;
  readonly bucket_start: Date;
}

/** Hours that one transaction adds up again. */
const hoursAtATime = 1_000;

/**
 * Adds up the buckets that new or late measurements have touched: the hours from measurements, their days from hours,
 * their months from days, each cut in the point's zone. What is marked while it runs stays marked. Answers how many
 * hours it did; nothing while another process is at it. An hour that cannot be added up holds up no other.
 */
export async function refreshRollups(
  client: PrismaClient,
  signal?: AbortSignal,
  onRefused: OnRefusedHour = () => {},
): Promise<number> {
  let done = 0;
  for (;;) {
    const hours = await client.$transaction((tx) => refreshSome(tx, onRefused));
    done += hours;
    if (hours < hoursAtATime || signal?.aborted === true) return done;
  }
}

async function refreshSome(tx: DatabaseTransaction, onRefused: OnRefusedHour): Promise<number> {
  const [lock] = await tx.$queryRaw<{ held: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('telemetry.refresh-rollups', 0)) AS held`;
  if (lock?.held !== true) return 0;
  const taken = await tx.$queryRaw<DirtyHour[]>`
    WITH oldest AS (
      SELECT point_id, variable, grain, bucket_start FROM telemetry.dirty_buckets
      ORDER BY marked_at LIMIT ${hoursAtATime} FOR UPDATE SKIP LOCKED)
    DELETE FROM telemetry.dirty_buckets d USING oldest o
    WHERE d.point_id = o.point_id AND d.variable = o.variable AND d.grain = o.grain AND d.bucket_start = o.bucket_start
    RETURNING d.point_id, d.variable::text AS variable, d.bucket_start`;
  if (taken.length === 0) return 0;
  await addUp(tx, taken, onRefused);
  return taken.length;
}

/** All at once; where the data of one refuses it, by halves, so that only that one is left out. */
async function addUp(tx: DatabaseTransaction, hours: readonly DirtyHour[], onRefused: OnRefusedHour): Promise<void> {
  const buckets = JSON.stringify(hours);
  await tx.$executeRaw`SAVEPOINT adding_up`;
  try {
    // A statement of its own for each step: it sees what the one before left.
    for (const statement of statements) await tx.$executeRawUnsafe(statement, buckets);
    await tx.$executeRaw`RELEASE SAVEPOINT adding_up`;
    return;
  } catch (error) {
    if (!isDataFailure(error)) throw error;
    await tx.$executeRaw`ROLLBACK TO SAVEPOINT adding_up`;
    const [only, other] = hours;
    if (only !== undefined && other === undefined) return onRefused(only, error);
  }
  const middle = Math.ceil(hours.length / 2);
  await addUp(tx, hours.slice(0, middle), onRefused);
  await addUp(tx, hours.slice(middle), onRefused);
}

const columns =
  'point_id, variable, grain, bucket_start, count, good_count, min, max, sum, first, last, delta, computed_at';

const onConflict = `ON CONFLICT (point_id, variable, grain, bucket_start) DO UPDATE SET
  count = excluded.count, good_count = excluded.good_count, min = excluded.min, max = excluded.max, sum = excluded.sum,
  first = excluded.first, last = excluded.last, delta = excluded.delta, computed_at = excluded.computed_at`;

const given = `jsonb_to_recordset($1::jsonb) AS given (point_id uuid, variable telemetry.variable_kind, bucket_start timestamptz)`;

/**
 * A counter's reading belongs to the bucket that it closes, one at midnight to the day before: what a day adds up to is
 * what the counter moved from midnight to midnight. Every other quantity is measured where it is measured.
 */
const inHour = `CASE WHEN given.variable = 'TOTAL'
  THEN m.measured_at > given.bucket_start AND m.measured_at <= given.bucket_start + interval '1 hour'
  ELSE m.measured_at >= given.bucket_start AND m.measured_at < given.bucket_start + interval '1 hour' END`;

const ofHour = `m.point_id = given.point_id AND m.variable = given.variable AND m.quality <> 'HELD'
  AND m.measured_at >= given.bucket_start AND m.measured_at <= given.bucket_start + interval '1 hour' AND ${inHour}`;

/** Keeps a lookup one per bucket: the planner expects a hundred buckets and would rather read the whole table once. */
const byKey = 'OFFSET 0';

/** Suspect values count as received and do not shape the bucket, unless it has nothing better; held ones are not there. */
const hoursSql = `
  INSERT INTO telemetry.measurement_rollups (${columns})
  SELECT given.point_id, given.variable, 'HOUR', given.bucket_start, count(*), count(*) FILTER (WHERE quality = 'GOOD'),
         coalesce(min(value) FILTER (WHERE quality = 'GOOD'), min(value)),
         coalesce(max(value) FILTER (WHERE quality = 'GOOD'), max(value)),
         coalesce(sum(value) FILTER (WHERE quality = 'GOOD'), sum(value)),
         (array_agg(value ORDER BY measured_at))[1], (array_agg(value ORDER BY measured_at))[count(*)], sum(delta), now()
  FROM ${given}
  CROSS JOIN LATERAL (
    SELECT value, delta, quality, measured_at FROM telemetry.measurements m WHERE ${ofHour} ${byKey}) AS m
  GROUP BY 1, 2, 4 ORDER BY 1, 2, 4 ${onConflict}`;

/** Where all that was there is held by now. */
const emptyHoursSql = `
  DELETE FROM telemetry.measurement_rollups r USING ${given}
  WHERE r.point_id = given.point_id AND r.variable = given.variable AND r.grain = 'HOUR' AND r.bucket_start = given.bucket_start
    AND NOT EXISTS (SELECT FROM telemetry.measurements m WHERE ${ofHour})`;

const touchedSql = (unit: string) => `(
    SELECT DISTINCT given.point_id, given.variable, date_trunc('${unit}', given.bucket_start, p.time_zone) AS starts, p.time_zone
    FROM ${given} JOIN telemetry.catchment_points p ON p.id = given.point_id) AS touched`;

const within = (
  from: string,
  unit: string,
) => `r.point_id = touched.point_id AND r.variable = touched.variable AND r.grain = '${from}'
      AND r.bucket_start >= touched.starts
      AND r.bucket_start < ((touched.starts AT TIME ZONE touched.time_zone) + interval '1 ${unit}') AT TIME ZONE touched.time_zone`;

const coarserSql = (grain: string, from: string, unit: string) => `
  INSERT INTO telemetry.measurement_rollups (${columns})
  SELECT touched.point_id, touched.variable, '${grain}', touched.starts, sum(count), sum(good_count), min(min), max(max), sum(sum),
         (array_agg(first ORDER BY r.bucket_start))[1], (array_agg(last ORDER BY r.bucket_start))[count(*)], sum(delta), now()
  FROM ${touchedSql(unit)}
  CROSS JOIN LATERAL (SELECT * FROM telemetry.measurement_rollups r WHERE ${within(from, unit)} ${byKey}) AS r
  GROUP BY 1, 2, 4 ORDER BY 1, 2, 4 ${onConflict}`;

const emptyCoarserSql = (grain: string, from: string, unit: string) => `
  DELETE FROM telemetry.measurement_rollups gone USING ${touchedSql(unit)}
  WHERE gone.point_id = touched.point_id AND gone.variable = touched.variable AND gone.grain = '${grain}'
    AND gone.bucket_start = touched.starts
    AND NOT EXISTS (SELECT FROM telemetry.measurement_rollups r WHERE ${within(from, unit)})`;

const statements = [
  hoursSql,
  emptyHoursSql,
  coarserSql('DAY', 'HOUR', 'day'),
  emptyCoarserSql('DAY', 'HOUR', 'day'),
  coarserSql('MONTH', 'DAY', 'month'),
  emptyCoarserSql('MONTH', 'DAY', 'month'),
];

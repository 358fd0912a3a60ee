import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import { bucketValue, type SeriesAggregate, type SeriesBucket } from '../series/series-buckets.ts';
import type { VariableKind } from '../variables/variable-kinds.ts';
import type { SchemaQuantity } from './compile-schema.ts';
import { type GroupInterval, intervalMinutes } from './schema-intervals.ts';

/** The value of one quantity in one group. */
export interface GroupValue {
  readonly value: number | null;
  /** When it was measured, for a value that was taken as it stood; otherwise null. */
  readonly measuredAt: Date | null;
  /** Measurements behind it that broke a rule. */
  readonly suspect: number;
}

/** The measured quantities of a point in one stretch of time. */
export interface MeasuredGroup {
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
  /** In the order of the quantities. */
  readonly values: readonly GroupValue[];
}

export interface GroupsQuery {
  readonly interval: GroupInterval;
  readonly toleranceMinutes: number;
  readonly quantities: readonly Pick<SchemaQuantity, 'variable' | 'aggregate'>[];
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
  readonly limit: number;
}

interface GroupRow extends Omit<SeriesBucket, 'count'> {
  readonly pointId: string;
  /** Null where nothing was measured. */
  readonly count: number | null;
  readonly starts: Date;
  readonly ends: Date;
  readonly variable: VariableKind;
  readonly carried: number | null;
  readonly carriedAt: Date | null;
}

/**
 * The newest groups of several points before an instant, newest first: only stretches in which something was measured.
 * Each is found from the one after it by the primary key, and its values are read by the primary key, so that a page
 * costs what is on it, however long the history is. Hours, days and months come from the sums that charts are drawn of.
 *
 * The points must have been loaded for the viewer: whoever has a point may see its groups.
 */
export async function readGroups(
  sql: Pick<PrismaClient, '$queryRaw'>,
  pointIds: readonly string[],
  query: GroupsQuery,
): Promise<ReadonlyMap<string, readonly MeasuredGroup[]>> {
  const variables = [...new Set(query.quantities.map(({ variable }) => variable))];
  if (variables.length === 0 || query.limit === 0) return new Map();
  const rows = await sql.$queryRaw<GroupRow[]>`
    SELECT wanted.id AS "pointId", walked.starts, walked.ends, asked.variable, made.*, carried.value AS carried, carried.at AS "carriedAt"
    FROM unnest(${[...pointIds]}::uuid[]) AS wanted (id)
    JOIN telemetry.catchment_points p ON p.id = wanted.id
    CROSS JOIN LATERAL (${walk(query, variables)}) AS walked
    CROSS JOIN unnest(${variables}::telemetry.variable_kind[]) AS asked (variable)
    LEFT JOIN LATERAL (${valuesOf(query)}) AS made ON true
    LEFT JOIN LATERAL (${carriedOf(query)}) AS carried ON made.count IS NULL
    ORDER BY walked.starts DESC`;
  return new Map(
    [...Map.groupBy(rows, ({ pointId }) => pointId)].map(([id, own]) => [id, groupsOf(own, query.quantities)]),
  );
}

/** How many groups there are in a period; reads the keys of the period. */
export async function countGroups(sql: PrismaClient, pointId: string, query: GroupsQuery): Promise<number> {
  const variables = [...new Set(query.quantities.map(({ variable }) => variable))];
  const rows = await sql.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT DISTINCT starts FROM unnest(${variables}::telemetry.variable_kind[]) AS asked (variable)
      CROSS JOIN LATERAL (${startsBefore(query, Prisma.sql`${pointId}::uuid`, Prisma.sql`asked.variable`, Prisma.sql`${query.to}::timestamptz`)}) AS own
    ) AS found`;
  return rows[0]?.count ?? 0;
}

/** From the newest group to the one before it, and so on; a step asks each quantity for its newest key. */
function walk(query: GroupsQuery, variables: readonly VariableKind[]): Prisma.Sql {
  const newest = (before: Prisma.Sql) => Prisma.sql`(
    SELECT max(own.starts) FROM unnest(${[...variables]}::telemetry.variable_kind[]) AS asked (variable)
    CROSS JOIN LATERAL (${startsBefore(query, Prisma.sql`wanted.id`, Prisma.sql`asked.variable`, before)} LIMIT 1) AS own)`;
  return Prisma.sql`
    WITH RECURSIVE walked (starts, step) AS (
      SELECT ${newest(Prisma.sql`${query.to}::timestamptz`)}, 1
      UNION ALL
      SELECT ${newest(Prisma.sql`walked.starts`)}, step + 1 FROM walked WHERE walked.starts IS NOT NULL AND step < ${query.limit})
    SELECT starts, ${endOf(query.interval)} AS ends FROM walked WHERE starts IS NOT NULL`;
}

/** Where the groups of one quantity begin that are before an instant, newest first. */
function startsBefore(
  { interval, from, to }: GroupsQuery,
  point: Prisma.Sql,
  variable: Prisma.Sql,
  before: Prisma.Sql,
): Prisma.Sql {
  const minutes = intervalMinutes[interval];
  if (minutes === null) {
    return Prisma.sql`
      SELECT r.bucket_start AS starts FROM telemetry.measurement_rollups r
      WHERE r.point_id = ${point} AND r.variable = ${variable} AND r.grain = ${interval}::telemetry.rollup_grain
        AND r.bucket_start >= ${from} AND r.bucket_start < ${before} ORDER BY r.bucket_start DESC`;
  }
  return Prisma.sql`
    SELECT date_bin(make_interval(mins => ${minutes}), m.measured_at - ${lead(variable)}, 'epoch'::timestamptz) AS starts
    FROM telemetry.measurements m
    WHERE m.point_id = ${point} AND m.variable = ${variable} AND m.quality <> 'HELD'
      AND m.measured_at >= ${from}::timestamptz AND m.measured_at <= ${to}::timestamptz
      AND m.measured_at >= ${from}::timestamptz + ${lead(variable)} AND m.measured_at < ${before} + ${lead(variable)}
    ORDER BY m.measured_at DESC`;
}

/** A counter's reading belongs to the stretch that it closes, as in the sums. */
function lead(variable: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`CASE WHEN ${variable} = 'TOTAL' THEN interval '1 ms' ELSE interval '0' END`;
}

function endOf(interval: GroupInterval): Prisma.Sql {
  const minutes = intervalMinutes[interval];
  if (minutes !== null) return Prisma.sql`starts + make_interval(mins => ${minutes})`;
  if (interval === 'HOUR') return Prisma.sql`starts + interval '1 hour'`;
  const step = interval === 'DAY' ? Prisma.sql`interval '1 day'` : Prisma.sql`interval '1 month'`;
  return Prisma.sql`((starts AT TIME ZONE p.time_zone) + ${step}) AT TIME ZONE p.time_zone`;
}

/** What a quantity did in a group; no row where nothing was measured. Suspect values shape it only where none is good. */
function valuesOf({ interval }: GroupsQuery): Prisma.Sql {
  if (intervalMinutes[interval] === null) {
    return Prisma.sql`
      SELECT r.bucket_start AS at, r.count, CASE WHEN r.good_count > 0 THEN r.good_count ELSE r.count END AS summed,
             r.count - r.good_count AS suspect, r.min, r.max, r.sum, r.first, r.last, r.delta::float8 AS delta, 1 AS joined
      FROM telemetry.measurement_rollups r
      WHERE r.point_id = wanted.id AND r.variable = asked.variable AND r.grain = ${interval}::telemetry.rollup_grain
        AND r.bucket_start = walked.starts`;
  }
  const good = Prisma.sql`FILTER (WHERE m.quality = 'GOOD')`;
  return Prisma.sql`
    SELECT walked.starts AS at, count(*)::int AS count,
           CASE WHEN count(*) ${good} > 0 THEN count(*) ${good} ELSE count(*) END::int AS summed,
           count(*) FILTER (WHERE m.quality <> 'GOOD')::int AS suspect,
           coalesce(min(m.value) ${good}, min(m.value)) AS min, coalesce(max(m.value) ${good}, max(m.value)) AS max,
           coalesce(sum(m.value) ${good}, sum(m.value)) AS sum,
           (array_agg(m.value ORDER BY m.measured_at))[1] AS first, (array_agg(m.value ORDER BY m.measured_at DESC))[1] AS last,
           sum(m.delta)::float8 AS delta, 1 AS joined
    FROM telemetry.measurements m
    WHERE m.point_id = wanted.id AND m.variable = asked.variable AND m.quality <> 'HELD'
      AND m.measured_at >= walked.starts + ${lead(Prisma.sql`asked.variable`)}
      AND m.measured_at < walked.ends + ${lead(Prisma.sql`asked.variable`)}
    HAVING count(*) > 0`;
}

/** Where a quantity stood last before a group in which it said nothing, if that is not too long ago. */
function carriedOf({ toleranceMinutes }: GroupsQuery): Prisma.Sql {
  return Prisma.sql`
    SELECT m.value, m.measured_at AS at FROM telemetry.measurements m
    WHERE ${toleranceMinutes > 0} AND m.point_id = wanted.id AND m.variable = asked.variable AND m.quality = 'GOOD'
      AND m.measured_at < walked.starts + ${lead(Prisma.sql`asked.variable`)}
      AND m.measured_at >= walked.starts - make_interval(mins => ${toleranceMinutes})
    ORDER BY m.measured_at DESC LIMIT 1`;
}

function groupsOf(rows: readonly GroupRow[], quantities: GroupsQuery['quantities']): readonly MeasuredGroup[] {
  return [...Map.groupBy(rows, ({ starts }) => starts.getTime()).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const values = quantities.map(({ variable, aggregate }) =>
      quantityValue(
        own.find((row) => row.variable === variable),
        aggregate,
      ),
    );
    return [{ from: first.starts, to: first.ends, values }];
  });
}

function quantityValue(row: GroupRow | undefined, aggregate: SeriesAggregate): GroupValue {
  if (row === undefined) return nothing;
  const { count } = row;
  if (count !== null) {
    return { value: bucketValue({ ...row, count }, aggregate), measuredAt: null, suspect: row.suspect };
  }
  if (aggregate !== 'LAST' || row.carriedAt === null) return nothing;
  return { value: row.carried, measuredAt: row.carriedAt, suspect: 0 };
}

const nothing: GroupValue = { value: null, measuredAt: null, suspect: 0 };

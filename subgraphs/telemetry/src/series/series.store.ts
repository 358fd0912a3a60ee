import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import { type VariableKind, variableDefinitions } from '../variables/variable-kinds.ts';
import type { SeriesBucket } from './series-buckets.ts';
import { rowsPerSeries, type SeriesPlan } from './series-plan.ts';

export interface SeriesQuery extends SeriesPlan {
  readonly variable: VariableKind;
}

type BucketRow = SeriesBucket & { readonly pointId: string };

/**
 * Series of several points, oldest first, at most `limit` buckets of each point. Where the grain has more rows, those of
 * one stretch of time are gathered here, so that a year of hours does not travel to draw a thousand points. Of a stretch
 * the lowest, the highest, the first and the last value and all that flowed survive; a gap stays a gap. A grain of more
 * than `rowsPerSeries` rows is cut there, which the sum of `joined` tells.
 *
 * The points must have been loaded for the viewer: whoever has a point may see its series. Reads one stretch of the
 * primary key per point.
 */
export async function readSeries(
  sql: PrismaClient,
  pointIds: readonly string[],
  query: SeriesQuery,
): Promise<ReadonlyMap<string, readonly SeriesBucket[]>> {
  const { from, limit, stretchMs } = query;
  const rows = await sql.$queryRaw<BucketRow[]>`
    SELECT wanted.id AS "pointId", made.* FROM unnest(${[...pointIds]}::uuid[]) AS wanted (id)
    CROSS JOIN LATERAL (
      SELECT min(at) AS at, sum(count)::int AS count, sum(suspect)::int AS suspect,
             coalesce(sum(summed) FILTER (WHERE shapes), sum(summed))::int AS summed,
             coalesce(min(min) FILTER (WHERE shapes), min(min)) AS min, coalesce(max(max) FILTER (WHERE shapes), max(max)) AS max,
             coalesce(sum(sum) FILTER (WHERE shapes), sum(sum)) AS sum, (array_agg(first ORDER BY at))[1] AS first,
             (array_agg(last ORDER BY at))[count(*)] AS last, sum(delta)::float8 AS delta, count(*)::int AS joined
      FROM (
        SELECT b.*, CASE WHEN count(*) OVER () <= ${limit} THEN row_number() OVER (ORDER BY at)
          ELSE least(${limit} - 1, floor((extract(epoch FROM at - ${from}::timestamptz) * 1000 + ${leadMs(query)}) / ${stretchMs}))::bigint END AS part
        FROM (${rowsOf(query)}) AS b
      ) AS placed
      GROUP BY part ORDER BY part) AS made`;
  return Map.groupBy(rows, ({ pointId }) => pointId);
}

/** Rows of the grain by their own time; those that `shapes` decide what the stretch looks like, if there are any. */
function rowsOf({ variable, grain, from, to }: SeriesQuery): Prisma.Sql {
  if (grain !== 'RAW') {
    return Prisma.sql`
      SELECT bucket_start AS at, count, CASE WHEN good_count > 0 THEN good_count ELSE count END AS summed,
             count - good_count AS suspect, good_count > 0 AS shapes, min, max, sum, first, last, delta
      FROM telemetry.measurement_rollups
      WHERE point_id = wanted.id AND variable = ${variable}::telemetry.variable_kind
        AND grain = ${grain}::telemetry.rollup_grain AND bucket_start >= ${from} AND bucket_start < ${to}
      ORDER BY bucket_start LIMIT ${rowsPerSeries + 1}`;
  }
  // A counter's reading belongs to the period that it closes, as in the sums.
  const shift = variableDefinitions[variable].isCounter ? 1 : 0;
  const [opens, closes] = [new Date(from.getTime() + shift), new Date(to.getTime() + shift)];
  return Prisma.sql`
    SELECT measured_at AS at, 1 AS count, 1 AS summed, (quality <> 'GOOD')::int AS suspect, quality = 'GOOD' AS shapes,
           value AS min, value AS max, value AS sum, value AS first, value AS last, delta
    FROM telemetry.measurements
    WHERE point_id = wanted.id AND variable = ${variable}::telemetry.variable_kind
      AND measured_at >= ${opens} AND measured_at < ${closes} AND quality <> 'HELD'
    ORDER BY measured_at LIMIT ${rowsPerSeries + 1}`;
}

const minuteMs = 60_000;

/**
 * What is added to a row's time before it is placed. A counter's reading falls into the stretch that it closes; an hour
 * or a day is placed by its middle, because a day has not always 24 hours.
 */
function leadMs({ variable, grain }: Pick<SeriesQuery, 'variable' | 'grain'>): number {
  if (grain === 'RAW') return variableDefinitions[variable].isCounter ? -1 : 0;
  return { HOUR: 30, DAY: 720, MONTH: 0 }[grain] * minuteMs;
}

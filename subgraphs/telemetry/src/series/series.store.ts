import type { PrismaClient } from '@cauce/prisma/client';
import { type VariableKind, variableDefinitions } from '../variables/variable-kinds.ts';
import type { SeriesBucket } from './series-buckets.ts';
import { rowsPerSeries, type SeriesPlan } from './series-plan.ts';

export interface SeriesQuery extends SeriesPlan {
  readonly variable: VariableKind;
}

type BucketRow = SeriesBucket & { readonly pointId: string };

/**
 * Buckets of several points, oldest first. The points must have been loaded for the viewer: whoever has a point may
 * see its series. Reads one stretch of the primary key per point.
 */
export async function readSeries(
  sql: PrismaClient,
  pointIds: readonly string[],
  { variable, grain, from, to }: SeriesQuery,
): Promise<ReadonlyMap<string, readonly SeriesBucket[]>> {
  const ids = [...pointIds];
  // A counter's reading belongs to the period that it closes, as in the sums.
  const shift = variableDefinitions[variable].isCounter ? 1 : 0;
  const [opens, closes] = [new Date(from.getTime() + shift), new Date(to.getTime() + shift)];
  const rows =
    grain === 'RAW'
      ? await sql.$queryRaw<BucketRow[]>`
          SELECT wanted.id AS "pointId", m.measured_at AS at, 1 AS count, 1 AS summed, (m.quality <> 'GOOD')::int AS suspect,
                 m.value AS min, m.value AS max, m.value AS sum, m.value AS first, m.value AS last, m.delta::float8
          FROM unnest(${ids}::uuid[]) AS wanted (id)
          CROSS JOIN LATERAL (
            SELECT measured_at, value, delta, quality FROM telemetry.measurements
            WHERE point_id = wanted.id AND variable = ${variable}::telemetry.variable_kind
              AND measured_at >= ${opens} AND measured_at < ${closes} AND quality <> 'HELD'
            ORDER BY measured_at LIMIT ${rowsPerSeries}) AS m`
      : await sql.$queryRaw<BucketRow[]>`
          SELECT wanted.id AS "pointId", r.bucket_start AS at, r.count, CASE WHEN r.good_count > 0 THEN r.good_count ELSE r.count END AS summed,
                 r.count - r.good_count AS suspect, r.min, r.max, r.sum, r.first, r.last, r.delta::float8
          FROM unnest(${ids}::uuid[]) AS wanted (id)
          CROSS JOIN LATERAL (
            SELECT * FROM telemetry.measurement_rollups
            WHERE point_id = wanted.id AND variable = ${variable}::telemetry.variable_kind
              AND grain = ${grain}::telemetry.rollup_grain AND bucket_start >= ${from} AND bucket_start < ${to}
            ORDER BY bucket_start LIMIT ${rowsPerSeries}) AS r`;
  return Map.groupBy(rows, ({ pointId }) => pointId);
}

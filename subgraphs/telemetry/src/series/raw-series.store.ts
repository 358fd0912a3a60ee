import type { PrismaClient } from '@cauce/prisma/client';
import type { VariableKind } from '../variables/variable-kinds.ts';

/** What was said on one channel in a stretch of time, as it came. */
export interface RawBucket {
  readonly channel: string;
  readonly at: Date;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly last: number;
}

export interface RawQuery {
  readonly variable: VariableKind;
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
  readonly stretchMs: number;
}

type BucketRow = RawBucket & { readonly pointId: string };

/**
 * The raw readings behind a quantity of several points, by channel and oldest first, gathered by stretches of time; of a
 * stretch the lowest, the highest and the last value survive. Text that came in the place of a number is left out.
 *
 * The points must have been loaded for the viewer: whoever has a point may see what its device said.
 */
export async function readRawSeries(
  sql: PrismaClient,
  pointIds: readonly string[],
  { variable, from, to, stretchMs }: RawQuery,
): Promise<ReadonlyMap<string, readonly RawBucket[]>> {
  const rows = await sql.$queryRaw<BucketRow[]>`
    SELECT wanted.id AS "pointId", made.* FROM unnest(${[...pointIds]}::uuid[]) AS wanted (id)
    CROSS JOIN LATERAL (
      SELECT r.variable AS channel, min(r.measured_at) AS at, count(*)::int AS count, min(r.value) AS min, max(r.value) AS max,
             (array_agg(r.value ORDER BY r.measured_at DESC))[1] AS last
      FROM telemetry.raw_readings r
      JOIN telemetry.source_channels c ON c.source_id = r.source_id AND c.channel = r.variable
      WHERE r.point_id = wanted.id AND c.variable = ${variable}::telemetry.variable_kind
        AND r.measured_at >= ${from} AND r.measured_at < ${to} AND r.value IS NOT NULL
      GROUP BY r.variable, floor(extract(epoch FROM r.measured_at - ${from}::timestamptz) * 1000 / ${stretchMs})
      ORDER BY 1, 2) AS made`;
  return Map.groupBy(rows, ({ pointId }) => pointId);
}

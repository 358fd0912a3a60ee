import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { reachSql } from '@cauce/shared/db/reach-sql';
import type { DateRange } from '@cauce/shared/schema/date-range';

export interface WaterDay {
  /** Calendar day in the zone of the points. */
  readonly date: string;
  readonly volumeM3: number;
}

/** Water that flowed at the points of a site or a company. */
export interface WaterUse {
  readonly range: DateRange;
  readonly volumeM3: number;
  /** Points that counted any. */
  readonly points: number;
  /** Granted a year to all points of the place that have a right, m3. */
  readonly grantedYearlyM3: string | null;
  /** Days with any reading, oldest first. */
  readonly days: readonly WaterDay[];
  /** The newest reading behind it. */
  readonly measuredAt: Date | null;
}

interface DayRow {
  readonly id: string;
  readonly date: string | null;
  readonly volume: number | null;
  readonly pointIds: string[];
}

interface PlaceRow {
  readonly id: string;
  readonly granted: string | null;
  readonly measuredAt: Date | null;
}

/**
 * Water used at places, as far as the viewer reaches their points: counter differences per day, read from the day
 * rollups of the points by their key. A place without reachable points has no entry.
 */
export async function readWaterUse(
  sql: PrismaClient,
  viewer: Viewer,
  place: 'site' | 'company',
  ids: readonly string[],
  range: DateRange,
): Promise<ReadonlyMap<string, WaterUse>> {
  const column = place === 'site' ? Prisma.sql`p.site_id` : Prisma.sql`p.company_id`;
  const points = Prisma.sql`${column} = ANY(${[...ids]}::uuid[]) AND p.deleted_at IS NULL
    AND ${reachSql(viewer, { site: 'p.site_id', company: null })}`;
  const [places, days] = await Promise.all([
    sql.$queryRaw<PlaceRow[]>`
      SELECT ${column} AS id, sum(p.water_right_yearly_m3)::text AS granted, max(l.measured_at) AS "measuredAt"
      FROM telemetry.catchment_points p
      LEFT JOIN telemetry.latest_measurements l ON l.point_id = p.id AND l.variable = 'TOTAL'
      WHERE ${points} GROUP BY 1`,
    sql.$queryRaw<DayRow[]>`
      SELECT ${column} AS id, to_char(r.bucket_start AT TIME ZONE p.time_zone, 'YYYY-MM-DD') AS date, sum(r.delta)::float8 AS volume,
             array_agg(DISTINCT p.id) FILTER (WHERE r.delta IS NOT NULL) AS "pointIds"
      FROM telemetry.catchment_points p
      CROSS JOIN LATERAL (
        SELECT bucket_start, delta FROM telemetry.measurement_rollups
        WHERE point_id = p.id AND variable = 'TOTAL' AND grain = 'DAY'
          AND bucket_start >= ${range.from}::timestamp AT TIME ZONE p.time_zone
          AND bucket_start < (${range.to}::timestamp + interval '1 day') AT TIME ZONE p.time_zone
        OFFSET 0) AS r
      WHERE ${points} GROUP BY 1, 2 ORDER BY 1, 2`,
  ]);
  const byPlace = Map.groupBy(days, ({ id }) => id);
  return new Map(
    places.map(({ id, granted, measuredAt }) => {
      const own = (byPlace.get(id) ?? []).map(({ date, volume, pointIds }) => ({
        date: date ?? '',
        volumeM3: volume ?? 0,
        pointIds,
      }));
      const use: WaterUse = {
        range,
        measuredAt,
        grantedYearlyM3: granted,
        volumeM3: own.reduce((sum, day) => sum + day.volumeM3, 0),
        points: new Set(own.flatMap((day) => day.pointIds ?? [])).size,
        days: own.map(({ date, volumeM3 }) => ({ date, volumeM3 })),
      };
      return [id, use];
    }),
  );
}

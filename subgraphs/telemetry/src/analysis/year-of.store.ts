import type { PrismaClient } from '@cauce/prisma/client';
import type { StaleSeries } from './analysis-input.store.ts';

/** What a counter has taken from the beginning of the calendar year until a day, and what is granted for the year. */
export async function yearOf(
  client: PrismaClient,
  { pointId, variable, timeZone }: StaleSeries,
  until: number,
): Promise<{ readonly usedM3: number; readonly grantedM3: number | null }> {
  const day = new Date(until).toISOString().slice(0, 10);
  const [row] = await client.$queryRaw<{ usedM3: number; grantedM3: number | null }[]>`
    SELECT p.water_right_yearly_m3::float8 AS "grantedM3", coalesce((
      SELECT sum(delta) FROM telemetry.measurement_rollups
      WHERE point_id = p.id AND variable = ${variable}::telemetry.variable_kind AND grain = 'DAY'
        AND bucket_start >= date_trunc('year', ${day}::timestamp) AT TIME ZONE ${timeZone}
        AND bucket_start < ${day}::timestamp AT TIME ZONE ${timeZone}), 0)::float8 AS "usedM3"
    FROM telemetry.catchment_points p WHERE p.id = ${pointId}::uuid`;
  return row ?? { usedM3: 0, grantedM3: null };
}

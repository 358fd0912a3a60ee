import { Prisma } from '@cauce/prisma/client';

const parameter = (name: string, usual: number) =>
  Prisma.sql`coalesce((w.parameters ->> ${name})::float8, ${usual}::float8)`;

/**
 * The anomaly that goes on at the end of the series, as it was found in the hours (`analysis`). News older than a day are
 * none: then the silence is what matters. A value that stands still has a rule of its own, which speaks first.
 */
export function seasonalAnomaly(now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT a.ongoing AS evidence FROM telemetry.series_analyses a
    WHERE a.point_id = w.id AND a.variable = w.variable AND a.ongoing IS NOT NULL
      AND a.anomalies_up_to > ${now}::timestamptz - interval '1 day'
      AND (a.ongoing ->> 'score')::float8 >= ${parameter('minScore', 5)}
      AND (a.ongoing ->> 'hours')::float8 >= ${parameter('minHours', 2)}
      AND NOT (a.ongoing ->> 'anomaly' = 'STUCK' AND EXISTS (
        SELECT FROM telemetry.alerts stuck JOIN telemetry.rules r ON r.id = stuck.rule_id
        WHERE stuck.point_id = w.id AND stuck.variable = w.variable AND stuck.status <> 'RESOLVED' AND r.kind = 'STUCK_VALUE'))`;
}

import type { PrismaClient } from '@cauce/prisma/client';
import { slotsBetween } from './slots-between.ts';

interface OwingPoint {
  readonly configId: string;
  readonly pointId: string;
  readonly sourceId: string;
  readonly siteId: string;
  readonly companyId: string;
  readonly cron: string;
  readonly timeZone: string;
  /** No slot is planned up to it. */
  readonly after: Date;
  readonly endsAt: Date | null;
}

/** How far ahead slots are written, so that what is coming can be seen. */
const aheadMs = 3 * 3_600_000;
/** After the slot, for readings that are under way. */
const readingsWithinMs = 10 * 60_000;

/**
 * Writes the slots that points owe by their standard, up to three hours ahead, and answers how many are new. Running it
 * twice at once adds nothing: a slot has one row.
 */
export async function planSlots(client: PrismaClient, now: Date): Promise<number> {
  const points = await client.$queryRaw<OwingPoint[]>`
    SELECT c.id::text AS "configId", p.id::text AS "pointId", s.id::text AS "sourceId", p.site_id::text AS "siteId",
           p.company_id::text AS "companyId", d.cron, s.time_zone AS "timeZone", c.ends_at AS "endsAt",
           greatest(c.starts_at, (SELECT max(slot_at) FROM telemetry.compliance_submissions o
             WHERE o.point_id = c.point_id AND o.source_id = c.source_id)) AS after
    FROM telemetry.compliance_configs c
    JOIN telemetry.catchment_points p ON p.id = c.point_id
    JOIN telemetry.compliance_sources s ON s.id = c.source_id AND s.is_active
    JOIN telemetry.compliance_schedules d ON d.source_id = s.id AND d.standard = p.standard
    WHERE c.is_active AND c.mode <> 'OFF' AND c.starts_at <= ${now} AND (c.ends_at IS NULL OR c.ends_at > ${now})`;
  let planned = 0;
  for (const point of points) {
    const until = new Date(Math.min(now.getTime() + aheadMs, point.endsAt?.getTime() ?? Number.POSITIVE_INFINITY));
    const { configId, pointId, sourceId, siteId, companyId } = point;
    const { count } = await client.complianceSubmission.createMany({
      data: slotsBetween(point.cron, point.timeZone, point.after, until).map((slotAt) => ({
        ...{ configId, pointId, sourceId, siteId, companyId, slotAt },
        notBefore: new Date(slotAt.getTime() + readingsWithinMs),
      })),
      skipDuplicates: true,
    });
    planned += count;
  }
  return planned;
}

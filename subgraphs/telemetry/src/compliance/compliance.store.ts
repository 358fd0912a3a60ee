import type { Prisma, PrismaClient, SubmissionAttempt } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { reachSql } from '@cauce/shared/db/reach-sql';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import type { Submission, SubmissionFilter, SubmissionStatus } from './submission.ts';

export type ComplianceStore = ReturnType<typeof createComplianceStore>;

export interface DayCount {
  readonly pointId: string;
  /** Calendar day in the regulator's zone. */
  readonly day: string;
  readonly status: SubmissionStatus;
  /** Skipped by a person's decision. */
  readonly isDismissed: boolean;
  readonly count: number;
}

const newestFirst = [
  { column: 'slotAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

/** The compliance ledger, kept to the viewer. Nothing here changes it. */
export function createComplianceStore(client: ScopedClient, sql: PrismaClient, viewer: Viewer) {
  return {
    page: (filter: SubmissionFilter, keyset: Keyset): Promise<Submission[]> =>
      client.complianceSubmission.findMany({
        where: { AND: [whereOf(filter), afterKeyset(newestFirst, keyset.after)] },
        include: { source: true },
        orderBy: [{ slotAt: 'desc' }, { id: 'desc' }],
        take: keyset.limit + 1,
      }),

    byId: (id: string): Promise<Submission | null> =>
      client.complianceSubmission.findFirst({ where: { id: { in: onlyUuids([id]) } }, include: { source: true } }),

    count: (filter: SubmissionFilter): Promise<number> => client.complianceSubmission.count({ where: whereOf(filter) }),

    attempts: (submissionIds: readonly string[]): Promise<SubmissionAttempt[]> =>
      client.submissionAttempt.findMany({
        where: { submissionId: { in: [...submissionIds] } },
        orderBy: [{ submissionId: 'asc' }, { number: 'asc' }],
      }),

    /** Of each point, the newest slot whose time has come. */
    newest: async (pointIds: readonly string[], now: Date): Promise<Submission[]> => {
      const rows = await sql.$queryRaw<{ id: string }[]>`
        SELECT found.id FROM unnest(${[...pointIds]}::uuid[]) AS wanted (id)
        CROSS JOIN LATERAL (
          SELECT s.id FROM telemetry.compliance_configs c
          JOIN LATERAL (
            SELECT s.id, s.slot_at, s.site_id FROM telemetry.compliance_submissions s
            WHERE s.point_id = c.point_id AND s.source_id = c.source_id AND s.slot_at <= ${now}
            ORDER BY s.slot_at DESC LIMIT 1) AS s ON true
          WHERE c.point_id = wanted.id AND ${reachSql(viewer, { site: 's.site_id', company: null })}
          ORDER BY s.slot_at DESC LIMIT 1) AS found`;
      return client.complianceSubmission.findMany({
        where: { id: { in: rows.map(({ id }) => id) } },
        include: { source: true },
      });
    },

    /** Of these points, those that owe a regulator anything. */
    registered: async (pointIds: readonly string[]): Promise<ReadonlySet<string>> => {
      const where = { pointId: { in: [...pointIds] }, isActive: true };
      const rows = await client.complianceConfig.findMany({ where, select: { pointId: true } });
      return new Set(rows.map(({ pointId }) => pointId));
    },

    /** Slots of a month by point, day and state. The month is cut in each regulator's own zone. */
    days: (pointIds: readonly string[], month: string): Promise<DayCount[]> => sql.$queryRaw<DayCount[]>`
      SELECT s.point_id::text AS "pointId", to_char(s.slot_at AT TIME ZONE r.time_zone, 'YYYY-MM-DD') AS day,
        s.status::text AS status, s.status = 'SKIPPED' AND s.resolved_by IS NOT NULL AS "isDismissed", count(*)::int AS count
      FROM telemetry.compliance_sources r
      JOIN telemetry.compliance_submissions s ON s.source_id = r.id AND s.point_id = ANY(${[...pointIds]}::uuid[])
       AND s.slot_at >= ${`${month}-01`}::timestamp AT TIME ZONE r.time_zone
       AND s.slot_at < (${`${month}-01`}::timestamp + interval '1 month') AT TIME ZONE r.time_zone
      WHERE ${reachSql(viewer, { site: 's.site_id', company: null })}
      GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
  };
}

function whereOf(filter: SubmissionFilter): Prisma.ComplianceSubmissionWhereInput {
  const { siteIds, pointIds, statuses, sourceCodes, from, to } = filter;
  return {
    ...(siteIds ? { siteId: { in: onlyUuids(siteIds) } } : {}),
    ...(pointIds ? { pointId: { in: onlyUuids(pointIds) } } : {}),
    ...(statuses ? { status: { in: [...statuses] } } : {}),
    ...(sourceCodes ? { source: { is: { code: { in: [...sourceCodes] } } } } : {}),
    ...(from || to ? { slotAt: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}),
  };
}

import type { PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { reachSql } from '@cauce/shared/db/reach-sql';

export interface Headcount {
  readonly siteId: string | null;
  readonly department: string | null;
  readonly headcount: number;
}

/** Staff of a company on one day. */
export interface Workforce {
  readonly companyId: string;
  readonly date: string;
  readonly headcount: number;
  /** In the 30 days up to and including the day. */
  readonly hired: number;
  readonly left: number;
  readonly groups: readonly Headcount[];
}

interface Counted extends Headcount {
  readonly hired: number;
  readonly left: number;
}

/** Counts who was employed on a day, within the viewer's reach; names stay in the database. */
export function createWorkforceStore(raw: PrismaClient, viewer: Viewer) {
  return {
    async on(companyId: string, date: string): Promise<Workforce> {
      const rows = await raw.$queryRaw<Counted[]>`
        SELECT w.site_id AS "siteId", w.department,
               count(*) FILTER (WHERE w.terminated_on IS NULL OR w.terminated_on > ${date}::date)::int AS headcount,
               count(*) FILTER (WHERE w.hired_on > ${date}::date - 30)::int AS hired,
               count(*) FILTER (WHERE w.terminated_on BETWEEN ${date}::date - 29 AND ${date}::date)::int AS left
        FROM finance.workers w
        WHERE w.company_id = ${companyId}::uuid AND w.deleted_at IS NULL AND w.hired_on <= ${date}::date
          AND ${reachSql(viewer, { site: 'w.site_id', company: 'w.company_id' })}
        GROUP BY w.site_id, w.department
        ORDER BY headcount DESC, w.department`;
      const sum = (pick: (row: Counted) => number) => rows.reduce((total, row) => total + pick(row), 0);
      return {
        companyId,
        date,
        headcount: sum((row) => row.headcount),
        hired: sum((row) => row.hired),
        left: sum((row) => row.left),
        groups: rows.filter((row) => row.headcount > 0),
      };
    },
  };
}

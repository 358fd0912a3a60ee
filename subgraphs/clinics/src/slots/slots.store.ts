import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { reachSql } from '@cauce/shared/db/reach-sql';
import { isUuid, onlyUuids } from '@cauce/shared/db/uuid';
import type { Keyset } from '@cauce/shared/schema/keyset';
import type { Slot, SlotFilter } from './slot.ts';
import { takenSql } from './taken-sql.ts';

/** Slots with what takes them at an instant, kept to those that the viewer reaches. */
export function createSlotStore(client: PrismaClient, viewer: Viewer) {
  return {
    byIds: (ids: readonly string[], now: Date): Promise<Slot[]> => client.$queryRaw<Slot[]>`
      ${slotsSql(now)} WHERE s.id = ANY(${[...ids]}::uuid[]) AND ${inReach(viewer)}`,

    /** Read clinic by clinic, because the index has the slots of one clinic in the order of the list. */
    page: (filter: SlotFilter, { limit, after }: Keyset, now: Date): Promise<Slot[]> => client.$queryRaw<Slot[]>`
      SELECT page.* FROM clinics.clinics c CROSS JOIN LATERAL (
        ${slotsSql(now)} WHERE s.clinic_id = c.id AND ${whereOf(filter, viewer)} AND ${inStatus(filter, now)} AND ${afterSql(after)}
        ORDER BY s.start_at, s.id LIMIT ${limit + 1}
      ) page
      WHERE ${reachSql(viewer, { site: 'c.site_id', company: null })} AND ${clinicSql(filter, 'c.id')}
      ORDER BY page."startAt", page.id::uuid LIMIT ${limit + 1}`,

    async count(filter: SlotFilter, now: Date): Promise<number> {
      const [row] = await client.$queryRaw<{ slots: number }[]>`
        SELECT count(*)::int AS slots FROM clinics.slots s ${takenJoin(now)}
        WHERE ${clinicSql(filter, 's.clinic_id')} AND ${whereOf(filter, viewer)} AND ${isStatus(filter)}`;
      return row?.slots ?? 0;
    },
  };
}

function slotsSql(now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT s.id::text AS id, s.clinic_id::text AS "clinicId", s.site_id::text AS "siteId",
      s.company_id::text AS "companyId", s.practitioner_id::text AS "practitionerId",
      s.specialty_id::text AS "specialtyId", s.start_at AS "startAt", s.end_at AS "endAt",
      ${statusSql} AS status,
      CASE WHEN taken.status <> 'PROPOSED' THEN taken.id::text END AS "appointmentId"
    FROM clinics.slots s ${takenJoin(now)}`;
}

function takenJoin(now: Date): Prisma.Sql {
  return Prisma.sql`LEFT JOIN LATERAL (${takenSql(now)} LIMIT 1) taken ON TRUE`;
}

const statusSql = Prisma.sql`CASE
  WHEN s.status <> 'FREE' THEN s.status::text
  WHEN taken.id IS NULL THEN 'FREE'
  WHEN taken.status = 'PROPOSED' THEN 'BUSY_TENTATIVE'
  ELSE 'BUSY'
END`;

function inReach(viewer: Viewer): Prisma.Sql {
  return reachSql(viewer, { site: 's.site_id', company: null });
}

function whereOf(filter: SlotFilter, viewer: Viewer): Prisma.Sql {
  const { practitionerId, specialty, from, to } = filter;
  return Prisma.join(
    [
      inReach(viewer),
      practitionerId ? Prisma.sql`s.practitioner_id = ANY(${onlyUuids([practitionerId])}::uuid[])` : null,
      specialty
        ? Prisma.sql`s.specialty_id = (SELECT y.id FROM clinics.specialties y WHERE y.code = ${specialty.trim().toUpperCase()})`
        : null,
      from ? Prisma.sql`s.start_at >= ${from}::timestamptz` : null,
      to ? Prisma.sql`s.start_at < ${to}::timestamptz` : null,
    ].filter((part) => part !== null),
    ' AND ',
  );
}

/** What most ask for, said in words that the planner can judge: a page then stops at its end. */
function inStatus(filter: SlotFilter, now: Date): Prisma.Sql {
  const isFreeOnly = filter.statuses?.length === 1 && filter.statuses[0] === 'FREE';
  return isFreeOnly ? Prisma.sql`s.status = 'FREE' AND NOT EXISTS (${takenSql(now)})` : isStatus(filter);
}

/** A count looks at every slot, which is quickest one by one: the planner would join the agenda with itself. */
function isStatus({ statuses }: SlotFilter): Prisma.Sql {
  return statuses ? Prisma.sql`${statusSql} = ANY(${[...statuses]}::text[])` : Prisma.sql`TRUE`;
}

/** The column is written by us, never by a client. */
function clinicSql({ clinicId }: SlotFilter, column: string): Prisma.Sql {
  if (!clinicId) return Prisma.sql`TRUE`;
  return isUuid(clinicId) ? Prisma.sql`${Prisma.raw(column)} = ${clinicId}::uuid` : Prisma.sql`FALSE`;
}

function afterSql(after: Keyset['after']): Prisma.Sql {
  if (after === null) return Prisma.sql`TRUE`;
  return Prisma.sql`(s.start_at, s.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`;
}

import type { PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { reachSql } from '@cauce/shared/db/reach-sql';
import { takenSql } from '../slots/taken-sql.ts';
import type { ClinicStats } from './clinic-stats.ts';

/** The numbers of the day, of any number of clinics in one statement, kept to those that the viewer reaches. */
export function createClinicStatsStore(client: PrismaClient, viewer: Viewer) {
  return {
    byClinics: (clinicIds: readonly string[], now: Date): Promise<ClinicStats[]> => client.$queryRaw<ClinicStats[]>`
      SELECT c.id::text AS "clinicId", ${now}::timestamptz AS "asOf", today.day::text AS day,
        agenda.*, booked.*, pending.*, slots.*, talks.*, answers.*
      FROM clinics.clinics c
      CROSS JOIN LATERAL (SELECT (${now}::timestamptz AT TIME ZONE c.time_zone)::date AS day) today
      CROSS JOIN LATERAL (
        SELECT today.day::timestamp AT TIME ZONE c.time_zone AS starts,
          (today.day + 1)::timestamp AT TIME ZONE c.time_zone AS ends
      ) day
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS "appointmentsToday",
          count(*) FILTER (WHERE a.status IN ('ARRIVED', 'FULFILLED'))::int AS "attendedToday",
          count(*) FILTER (WHERE a.status = 'NOSHOW')::int AS "noShowsToday"
        FROM clinics.appointments a
        WHERE a.clinic_id = c.id AND a.start_at >= day.starts AND a.start_at < day.ends
          AND a.status NOT IN ('CANCELLED', 'PROPOSED')
      ) agenda
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS "bookedToday" FROM clinics.appointments a
        WHERE a.clinic_id = c.id AND a.created_at >= day.starts AND a.created_at < day.ends AND a.status <> 'PROPOSED'
      ) booked
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS "pendingConfirmations" FROM clinics.appointments a
        WHERE a.clinic_id = c.id AND a.status IN ('PENDING', 'BOOKED') AND a.confirmed_at IS NULL
          AND a.start_at > ${now}::timestamptz AND a.start_at < ${now}::timestamptz + interval '7 days'
      ) pending
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS "slotsToday",
          count(*) FILTER (WHERE s.start_at > ${now}::timestamptz AND NOT EXISTS (${takenSql(now)}))::int AS "openSlotsToday"
        FROM clinics.slots s
        WHERE s.clinic_id = c.id AND s.status = 'FREE' AND s.start_at >= day.starts AND s.start_at < day.ends
      ) slots
      CROSS JOIN LATERAL (
        SELECT count(*)::int AS "conversationsOpen",
          count(*) FILTER (WHERE t.unread_count > 0)::int AS "conversationsUnread"
        FROM clinics.conversations t WHERE t.clinic_id = c.id AND t.closed_at IS NULL
      ) talks
      CROSS JOIN LATERAL (
        SELECT avg(extract(epoch FROM m.sent_at - m.asked_at))::float8 AS "averageResponseSeconds"
        FROM (
          SELECT m.direction, m.sent_at, lag(m.sent_at) OVER turns AS asked_at, lag(m.direction) OVER turns AS before
          FROM clinics.conversations t JOIN clinics.messages m ON m.conversation_id = t.id
          WHERE t.clinic_id = c.id AND t.last_activity_at >= day.starts AND m.sent_at >= day.starts
          WINDOW turns AS (PARTITION BY m.conversation_id ORDER BY m.sent_at, m.id)
        ) m
        WHERE m.direction = 'OUTBOUND' AND m.before = 'INBOUND'
      ) answers
      WHERE c.id = ANY(${[...clinicIds]}::uuid[]) AND ${reachSql(viewer, { site: 'c.site_id', company: null })}`,
  };
}

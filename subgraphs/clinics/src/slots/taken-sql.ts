import { Prisma } from '@cauce/prisma/client';

/**
 * What takes the time of slot `s` at an instant: the rows that the exclusion constraint of the practitioner counts,
 * less holds that have run out. Written with the constraint's own predicate, so that its index answers.
 */
export function takenSql(now: Date): Prisma.Sql {
  return Prisma.sql`
    SELECT a.id, a.status FROM clinics.appointments a
    WHERE a.practitioner_id = s.practitioner_id
      AND tstzrange(a.start_at, a.end_at) && tstzrange(s.start_at, s.end_at)
      AND a.status NOT IN ('CANCELLED', 'NOSHOW') AND NOT a.is_overlap_allowed
      AND (a.status <> 'PROPOSED' OR a.held_until > ${now}::timestamptz)`;
}

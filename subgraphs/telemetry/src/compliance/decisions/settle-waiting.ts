import { type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { appendEvents } from '@cauce/shared/events/outbox';
import { type MovedSlot, movedEvent } from '../ledger/ledger-events.ts';
import type { SubmissionStatus } from '../submission.ts';

/** Kept as the reason of slots that nobody owes any more since their point was switched off. */
export const switchedOff = 'SWITCHED_OFF';

/**
 * Settles what a point that is switched off still had to send, in the transaction of that: a slot without a call is
 * dismissed by who did it; one that the regulator may have waits for a person. One that is being called at this moment
 * is left alone: whoever waits for it here could wait for each other.
 */
export async function settleWaiting(
  tx: ScopedTransaction,
  { configId, by, now }: { readonly configId: string; readonly by: string | null; readonly now: Date },
): Promise<void> {
  const moved = await unscoped(tx).$queryRaw<
    (MovedSlot & { readonly before: SubmissionStatus; readonly after: SubmissionStatus })[]
  >`
    WITH held AS (
      SELECT s.id, s.status, EXISTS (
        SELECT FROM telemetry.submission_attempts a
        WHERE a.submission_id = s.id AND a.outcome::text IS DISTINCT FROM 'NOT_SENT') AS was_called
      FROM telemetry.compliance_submissions s
      WHERE s.config_id = ${configId}::uuid AND s.status IN ('SCHEDULED', 'DUE', 'UNKNOWN', 'RETRY_NEXT_DAY')
      ORDER BY s.id FOR UPDATE SKIP LOCKED)
    UPDATE telemetry.compliance_submissions s SET
      status = CASE WHEN held.was_called THEN 'NEEDS_REVIEW' ELSE 'SKIPPED' END::telemetry.submission_status,
      resolved_by = CASE WHEN held.was_called THEN s.resolved_by ELSE ${by}::uuid END,
      resolution = CASE WHEN held.was_called THEN s.resolution ELSE ${`DISMISSED: ${switchedOff}`} END,
      updated_at = ${now}
    FROM held WHERE held.id = s.id
    RETURNING s.id::text, s.point_id::text AS "pointId", s.site_id::text AS "siteId", s.company_id::text AS "companyId",
      held.status::text AS before, s.status::text AS after`;
  await appendEvents(
    unscoped(tx),
    moved.map((slot) => movedEvent(slot, slot.before, slot.after, now)),
  );
}

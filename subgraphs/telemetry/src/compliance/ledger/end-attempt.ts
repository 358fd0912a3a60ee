import type { PrismaClient } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { appendEvents } from '@cauce/shared/events/outbox';
import type { Answer, Regulator } from '../regulators/regulator.ts';
import type { SubmissionStatus } from '../submission.ts';
import { type MovedSlot, movedEvent } from './ledger-events.ts';
import { stateAfter } from './ledger-state.ts';

export interface Attempted extends MovedSlot {
  readonly configId: string;
  readonly attempts: number;
  readonly maximumAttempts: number;
}

export interface AttemptEnd {
  readonly submissionId: string;
  readonly number: number;
  readonly answer: Answer;
  readonly httpStatus: number | null;
  readonly canVerify: boolean;
  readonly previous: SubmissionStatus;
  readonly now: Date;
}

/**
 * Writes down what an attempt came to and moves its slot, both or neither. An answer that comes after it was given up
 * as lost is still believed, as long as nothing was tried since. Answers the new state; null when the slot has moved on.
 */
export function endAttempt(
  client: PrismaClient,
  rule: Pick<Regulator, 'afterLostAnswer' | 'afterRejection'>,
  end: AttemptEnd,
  beforeCommit: () => void | Promise<void> = () => {},
): Promise<SubmissionStatus | null> {
  return client.$transaction(async (tx) => {
    const held = await holdAttempt(tx, end.submissionId, end.number);
    if (held === null) return null;
    // Given up as lost already, by whoever came first.
    if (held.isEnded && end.answer.outcome === 'LOST_ANSWER') return null;
    const { answer, httpStatus, now } = end;
    const next = stateAfter(answer.outcome, { ...end, ...held }, rule);
    const response = answer.voucher === null ? {} : { response: { voucher: answer.voucher } };
    await tx.submissionAttempt.update({
      where: { id: held.attemptId },
      data: { outcome: answer.outcome, httpStatus, error: answer.error, finishedAt: now, ...response },
    });
    await tx.complianceSubmission.update({
      where: { id: held.id },
      data: {
        status: next.status,
        notBefore: next.notBefore,
        verifyAt: next.verifyAt,
        leaseUntil: null,
        lastError: answer.error,
        // What could not be made does not count.
        ...(answer.outcome === 'NOT_SENT' ? { attempts: { decrement: 1 } } : {}),
        ...(next.status === 'SENT' ? { sentAt: now, voucher: answer.voucher } : {}),
      },
    });
    if (next.status === 'STOPPED') await stopConfig(tx, held, answer.error, now);
    await appendEvents(tx, [movedEvent(held, held.status, next.status, now)]);
    await beforeCommit();
    return next.status;
  });
}

interface HeldAttempt extends Attempted {
  readonly attemptId: string;
  readonly startedAt: Date;
  readonly isEnded: boolean;
  readonly status: SubmissionStatus;
  readonly unsentSince: Date | null;
}

async function holdAttempt(tx: DatabaseTransaction, submissionId: string, number: number): Promise<HeldAttempt | null> {
  const [held] = await tx.$queryRaw<HeldAttempt[]>`
    SELECT s.id::text, s.point_id::text AS "pointId", s.site_id::text AS "siteId", s.company_id::text AS "companyId",
           s.config_id::text AS "configId", s.attempts, s.status::text AS status, c.maximum_attempts AS "maximumAttempts",
           a.id::text AS "attemptId", a.started_at AS "startedAt",
           a.finished_at IS NOT NULL AS "isEnded",
           (SELECT min(unsent.started_at) FROM telemetry.submission_attempts unsent
            WHERE unsent.submission_id = s.id AND unsent.outcome = 'NOT_SENT' AND unsent.number > coalesce((
              SELECT max(made.number) FROM telemetry.submission_attempts made
              WHERE made.submission_id = s.id AND made.number < a.number AND made.outcome IS DISTINCT FROM 'NOT_SENT'), 0)) AS "unsentSince"
    FROM telemetry.compliance_submissions s
    JOIN telemetry.compliance_configs c ON c.id = s.config_id
    JOIN telemetry.submission_attempts a ON a.submission_id = s.id AND a.number = ${number}
    WHERE s.id = ${submissionId}::uuid
      AND (a.finished_at IS NULL OR (a.outcome = 'LOST_ANSWER' AND s.status IN ('UNKNOWN', 'NEEDS_REVIEW')))
      AND NOT EXISTS (SELECT FROM telemetry.submission_attempts later WHERE later.submission_id = s.id AND later.number > a.number)
    FOR UPDATE OF s, a`;
  return held ?? null;
}

/** No further call of this registration can succeed, and each could get the sender blocked. */
async function stopConfig(
  tx: DatabaseTransaction,
  { configId, id }: HeldAttempt,
  reason: string | null,
  now: Date,
): Promise<void> {
  await tx.complianceConfig.update({ where: { id: configId }, data: { stoppedAt: now, stoppedReason: reason } });
  const waiting = await tx.$queryRaw<(MovedSlot & { status: SubmissionStatus })[]>`
    WITH held AS (
      SELECT id, status FROM telemetry.compliance_submissions
      WHERE config_id = ${configId}::uuid AND id <> ${id}::uuid AND status IN ('DUE', 'RETRY_NEXT_DAY')
      ORDER BY id FOR UPDATE)
    UPDATE telemetry.compliance_submissions s SET status = 'STOPPED', last_error = ${reason}, updated_at = ${now}
    FROM held WHERE held.id = s.id
    RETURNING s.id::text, s.point_id::text AS "pointId", s.site_id::text AS "siteId", s.company_id::text AS "companyId",
              held.status::text AS status`;
  await appendEvents(
    tx,
    waiting.map((slot) => movedEvent(slot, slot.status, 'STOPPED', now)),
  );
}

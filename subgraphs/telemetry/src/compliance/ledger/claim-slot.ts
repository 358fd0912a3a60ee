import type { PrismaClient } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { appendEvents } from '@cauce/shared/events/outbox';
import { RegistrationProblem, type RegulatorClient, type RegulatorRequest } from '../regulators/regulator.ts';
import type { SubmissionStatus } from '../submission.ts';
import { type MovedSlot, movedEvent } from './ledger-events.ts';
import { longestPauseMs } from './pause-source.ts';

export interface OpenSlot extends MovedSlot {
  readonly configId: string;
  readonly slotAt: Date;
  readonly status: SubmissionStatus;
  readonly values: Readonly<Record<string, string>> | null;
  readonly attempts: number;
  readonly maximumAttempts: number;
  readonly identifiers: unknown;
  readonly config: unknown;
  readonly credentialsEncrypted: string | null;
}

export interface ClaimedSlot {
  readonly slot: OpenSlot;
  readonly number: number;
  readonly startedAt: Date;
  readonly client: RegulatorClient;
  readonly request: RegulatorRequest;
}

export type Claim =
  | { readonly kind: 'CLAIMED'; readonly claimed: ClaimedSlot }
  /** The regulator was called a moment ago. */
  | { readonly kind: 'WAIT'; readonly ms: number }
  /** The slot was no case for a call and is settled. */
  | { readonly kind: 'SETTLED' }
  | { readonly kind: 'NONE' };

export interface ClaimOptions {
  readonly sourceId: string;
  readonly now: Date;
  readonly leaseMs: number;
  readonly paceMs: number;
  /** @throws RegistrationProblem */
  readonly open: (slot: OpenSlot) => RegulatorClient;
}

/**
 * Takes the next slot whose time has come and writes its attempt down, before anything is sent. The row of the
 * regulator is locked meanwhile, so that its calls keep their distance whoever makes them; that of the slot, so that one
 * slot has one sender. A registration that is not complete costs no attempt: it goes to a person.
 */
export function claimSlot(client: PrismaClient, options: ClaimOptions): Promise<Claim> {
  const { sourceId, now, leaseMs, paceMs, open } = options;
  return client.$transaction(async (tx) => {
    const [source] = await tx.$queryRaw<{ next: Date | null; paused: Date | null }[]>`
      SELECT next_send_at AS next, paused_until AS paused FROM telemetry.compliance_sources WHERE id = ${sourceId}::uuid AND is_active FOR UPDATE`;
    if (source === undefined) return { kind: 'NONE' };
    const pausedMs = (source.paused?.getTime() ?? 0) - now.getTime();
    if (pausedMs > 0 && pausedMs <= longestPauseMs) return { kind: 'NONE' };
    const waitMs = (source.next?.getTime() ?? 0) - now.getTime();
    // Longer than any distance: written under a clock that was wrong.
    if (waitMs > 0 && waitMs <= paceMs) return { kind: 'WAIT', ms: waitMs };
    const slot = await nextOpen(tx, sourceId, now);
    if (slot === null) return { kind: 'NONE' };
    let opened: { readonly client: RegulatorClient; readonly request: RegulatorRequest };
    try {
      if (slot.values === null) throw new RegistrationProblem('The slot has no values');
      const opening = open(slot);
      opened = { client: opening, request: opening.request({ slotAt: slot.slotAt, values: slot.values }, now) };
    } catch (error) {
      if (!(error instanceof RegistrationProblem)) throw error;
      await tx.complianceSubmission.update({
        where: { id: slot.id },
        data: { status: 'NEEDS_REVIEW', lastError: error.message },
      });
      await appendEvents(tx, [movedEvent(slot, slot.status, 'NEEDS_REVIEW', now)]);
      return { kind: 'SETTLED' };
    }
    const number = await writeAttempt(tx, slot.id, opened.request, now);
    await tx.complianceSubmission.update({
      where: { id: slot.id },
      data: { status: 'SENDING', attempts: { increment: 1 }, leaseUntil: new Date(now.getTime() + leaseMs) },
    });
    await tx.complianceSource.update({
      where: { id: sourceId },
      data: { nextSendAt: new Date(now.getTime() + paceMs) },
    });
    await appendEvents(tx, [movedEvent(slot, slot.status, 'SENDING', now)]);
    return { kind: 'CLAIMED', claimed: { slot, number, startedAt: now, ...opened } };
  });
}

async function nextOpen(tx: DatabaseTransaction, sourceId: string, now: Date): Promise<OpenSlot | null> {
  const [slot] = await tx.$queryRaw<OpenSlot[]>`
    SELECT s.id::text, s.point_id::text AS "pointId", s.site_id::text AS "siteId", s.company_id::text AS "companyId",
           s.config_id::text AS "configId", s.slot_at AS "slotAt", s.status::text AS status, s.values, s.attempts,
           c.maximum_attempts AS "maximumAttempts", c.identifiers, c.config, c.credentials_encrypted AS "credentialsEncrypted"
    FROM telemetry.compliance_submissions s
    JOIN telemetry.compliance_configs c ON c.id = s.config_id
    WHERE s.source_id = ${sourceId}::uuid AND s.status IN ('DUE', 'UNKNOWN', 'RETRY_NEXT_DAY') AND s.not_before <= ${now}
      AND c.mode = 'LIVE' AND c.is_active AND c.stopped_at IS NULL
    -- Those that nothing is wrong with go first: a registration that cannot be called holds up nobody else's.
    ORDER BY s.last_error IS NOT NULL, s.not_before, s.id LIMIT 1
    FOR UPDATE OF s SKIP LOCKED`;
  return slot ?? null;
}

async function writeAttempt(
  tx: DatabaseTransaction,
  submissionId: string,
  request: RegulatorRequest,
  now: Date,
): Promise<number> {
  const [row] = await tx.$queryRaw<{ number: number }[]>`
    INSERT INTO telemetry.submission_attempts (submission_id, number, request, started_at)
    SELECT ${submissionId}::uuid, coalesce(max(number), 0) + 1, ${JSON.stringify(request.redacted)}::jsonb, ${now}
    FROM telemetry.submission_attempts WHERE submission_id = ${submissionId}::uuid
    RETURNING number`;
  if (row === undefined) throw new Error('The attempt was not written');
  return row.number;
}

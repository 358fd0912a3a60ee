import type { DatabaseTransaction } from '@cauce/shared/db/database';
import type { DomainEvent } from '@cauce/shared/events/domain-event';
import { type OutboxConsumer, startOutboxConsumer } from '@cauce/shared/events/outbox-consumer';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { type SubmissionStatus, submissionStatuses } from '../compliance/submission.ts';
import { complianceSubmissionChanged } from '../events.ts';
import { complianceText } from './compliance-text.ts';
import type { Addressee } from './notification.ts';
import { findAddressees, planDeliveries, type Telling } from './plan-deliveries.ts';
import type { SendNotifications } from './send-notifications.ts';

/** Under which name it reads the outbox, and what of it. */
export const complianceNoticeConsumer = {
  name: 'telemetry.compliance-notices',
  topics: [complianceSubmissionChanged.name],
} as const;

/** Reads the outbox durably; run it in every process, one of them works at a time. */
export function startTellingOfCompliance(deps: Deps, send: SendNotifications): OutboxConsumer {
  const { db, log, metrics } = deps;
  return startOutboxConsumer({
    ...complianceNoticeConsumer,
    ...{ db, log, metrics },
    handle: (event, tx) => tellOfCompliance(deps, send, event, tx),
  });
}

/**
 * Plans what is to be told of a slot that its regulator refused, or that waits for a person, in the transaction that
 * marks its event as consumed: once for each slot, recipient and channel, and once for a point that was stopped,
 * however many slots that holds up. A slot that has moved on meanwhile is not told of.
 */
export async function tellOfCompliance(
  { clock, jobs }: Pick<Deps, 'clock' | 'jobs'>,
  send: SendNotifications,
  event: DomainEvent,
  tx: DatabaseTransaction,
): Promise<void> {
  const { submissionId, status } = payloadSchema.parse(event.payload);
  const tellings = tellingsOf(status);
  if (tellings.length === 0) return;
  const slot = await tx.complianceSubmission.findUnique({
    where: { id: submissionId },
    include: { source: true, config: true, point: true, attemptRows: { orderBy: { number: 'desc' }, take: 1 } },
  });
  if (slot === null || slot.status !== status) return;
  const now = clock.now();
  const { companyId, siteId, pointId, config } = slot;
  const isStop = status === 'STOPPED';
  if (isStop && config.stoppedAt === null) return;
  let planned = 0;
  for (const told of tellings) {
    const addressees: Addressee[] = await findAddressees(tx, {
      event: told,
      companyId,
      siteId,
      pointId,
      severity: null,
    });
    // Refused at once and for good is one thing to tell, whichever of the two events somebody asked for.
    const kind =
      told === 'COMPLIANCE_REVIEW' && status === 'REJECTED' && slot.attempts <= 1 ? 'COMPLIANCE_REJECTED' : told;
    const stop = `registration:${config.id}:${config.stoppedAt?.toISOString()}`;
    const telling: Telling = {
      ...{ event: told, companyId, alertId: null, isUrgent: false },
      cause: isStop ? stop : `submission:${submissionId}:${kind}`,
      textIn: (language) => complianceText(slot, language),
    };
    planned += await planDeliveries(tx, telling, addressees, now);
  }
  if (planned > 0) await jobs.enqueue(send, {}, { tx });
}

function tellingsOf(status: SubmissionStatus): readonly ('COMPLIANCE_REJECTED' | 'COMPLIANCE_REVIEW')[] {
  if (status === 'NEEDS_REVIEW') return ['COMPLIANCE_REVIEW'];
  if (status === 'REJECTED') return ['COMPLIANCE_REJECTED', 'COMPLIANCE_REVIEW'];
  return status === 'RETRY_NEXT_DAY' || status === 'STOPPED' ? ['COMPLIANCE_REJECTED'] : [];
}

const payloadSchema = z.object({ submissionId: z.uuid(), status: z.enum(submissionStatuses) });

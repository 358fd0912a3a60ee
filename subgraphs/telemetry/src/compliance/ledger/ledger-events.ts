import type { NewEvent } from '@cauce/shared/events/outbox';
import { complianceSubmissionChanged } from '../../events.ts';
import type { SubmissionStatus } from '../submission.ts';

export interface MovedSlot {
  readonly id: string;
  readonly pointId: string;
  readonly siteId: string;
  readonly companyId: string;
}

/** What is told of a slot that moved from one state to another. */
export function movedEvent(
  { id, pointId, siteId, companyId }: MovedSlot,
  previousStatus: SubmissionStatus | null,
  status: SubmissionStatus,
  now: Date,
): NewEvent {
  const payload = { submissionId: id, pointId, status, previousStatus };
  return { topic: complianceSubmissionChanged, key: id, siteId, companyId, occurredAt: now, payload };
}

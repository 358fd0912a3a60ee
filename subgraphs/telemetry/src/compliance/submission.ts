import type { ComplianceSource, ComplianceSubmission as SubmissionRow } from '@cauce/prisma/client';

/** One line of the ledger with the regulator that it is owed to. */
export type Submission = SubmissionRow & { readonly source: ComplianceSource };

export const submissionStatuses = [
  'SCHEDULED',
  'DUE',
  'SENDING',
  'SENT',
  'VERIFIED',
  'UNKNOWN',
  'RETRY_NEXT_DAY',
  'NEEDS_REVIEW',
  'REJECTED',
  'STOPPED',
  'SKIPPED',
  'SHADOWED',
] as const;
export type SubmissionStatus = (typeof submissionStatuses)[number];

export const submissionOutcomes = [
  'ACCEPTED',
  'ACCEPTED_WITHOUT_VOUCHER',
  'DUPLICATE_WITH_VOUCHER',
  'DUPLICATE_WITHOUT_VOUCHER',
  'REJECTED',
  'UNRECOVERABLE',
  'LOST_ANSWER',
  'NOT_SENT',
  'SHADOWED',
] as const;
export type SubmissionOutcome = (typeof submissionOutcomes)[number];

/** Why an accepted slot is not verified: asked back, the regulator told something else than was sent. */
export const heldDifferently = 'The regulator holds other values';

export interface SubmissionFilter {
  readonly siteIds?: readonly string[] | null | undefined;
  readonly pointIds?: readonly string[] | null | undefined;
  readonly statuses?: readonly SubmissionStatus[] | null | undefined;
  readonly sourceCodes?: readonly string[] | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

/** What a day or a month of slots comes to, worst first: the first state that any slot has. */
export const complianceStates = ['ACTION_NEEDED', 'WAITING', 'DONE', 'NOTHING_DUE'] as const;
export type ComplianceState = (typeof complianceStates)[number];

export interface SummarisedSlot {
  readonly status: SubmissionStatus;
  readonly isDismissed: boolean;
}

const stateOf: Readonly<Record<SubmissionStatus, ComplianceState>> = {
  NEEDS_REVIEW: 'ACTION_NEEDED',
  REJECTED: 'ACTION_NEEDED',
  STOPPED: 'ACTION_NEEDED',
  SKIPPED: 'ACTION_NEEDED',
  DUE: 'WAITING',
  SENDING: 'WAITING',
  UNKNOWN: 'WAITING',
  RETRY_NEXT_DAY: 'WAITING',
  SENT: 'DONE',
  VERIFIED: 'DONE',
  SHADOWED: 'DONE',
  SCHEDULED: 'NOTHING_DUE',
};

/** The worst state among the slots; `NOTHING_DUE` without any. One that a person has dismissed needs nobody any more. */
export function summarise(slots: readonly SummarisedSlot[]): ComplianceState {
  const states = new Set(slots.map(({ status, isDismissed }) => (isDismissed ? 'DONE' : stateOf[status])));
  return complianceStates.find((state) => states.has(state)) ?? 'NOTHING_DUE';
}

import type { ComplianceState, SubmissionStatus } from '../../../graphql/generated/graphql.ts';
import type { StateTone } from '../../../ui/state-tag.tsx';

interface Slot {
  readonly status: SubmissionStatus;
  /** Decided on by a person. */
  readonly isDismissed: boolean;
}

const tones: Readonly<Record<SubmissionStatus, StateTone>> = {
  SENT: 'ok',
  VERIFIED: 'ok',
  DUE: 'attention',
  SENDING: 'attention',
  UNKNOWN: 'attention',
  RETRY_NEXT_DAY: 'attention',
  NEEDS_REVIEW: 'fault',
  REJECTED: 'fault',
  STOPPED: 'fault',
  SKIPPED: 'fault',
  SCHEDULED: 'neutral',
  SHADOWED: 'neutral',
};

/** States that a person can settle. */
export const openStatuses = ['NEEDS_REVIEW', 'REJECTED', 'STOPPED', 'SKIPPED'] as const;

/** How a slot's state is coloured; one that a person has dismissed alarms nobody. */
export function toneOf({ status, isDismissed }: Slot): StateTone {
  return isDismissed ? 'neutral' : tones[status];
}

export interface Tally {
  readonly owed: number;
  readonly vouchers: number;
  readonly waiting: number;
  readonly inNeed: number;
  readonly dismissed: number;
  readonly shadowed: number;
}

/** What some days of slots come to; slots whose time has not come are not owed yet. */
export function tallyOf(days: readonly { readonly counts: readonly (Slot & { readonly count: number })[] }[]): Tally {
  const sum = (holds: (slot: Slot) => boolean) =>
    days.flatMap(({ counts }) => counts).reduce((total, slot) => (holds(slot) ? total + slot.count : total), 0);
  const hasTone = (tone: StateTone) => sum((slot) => toneOf(slot) === tone);
  return {
    owed: sum(({ status }) => status !== 'SCHEDULED'),
    vouchers: hasTone('ok'),
    waiting: hasTone('attention'),
    inNeed: hasTone('fault'),
    dismissed: sum(({ isDismissed }) => isDismissed),
    shadowed: sum(({ status }) => status === 'SHADOWED'),
  };
}

/** Worst first, as the graph has them. */
export const dayStates = [
  'ACTION_NEEDED',
  'WAITING',
  'DONE',
  'NOTHING_DUE',
] as const satisfies readonly ComplianceState[];

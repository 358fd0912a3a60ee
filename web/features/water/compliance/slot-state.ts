import type {
  ComplianceMode,
  ComplianceState,
  SubmissionDecision,
  SubmissionOutcome,
  SubmissionStatus,
} from '../../../graphql/generated/graphql.ts';
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

interface DecidableSlot {
  readonly status: SubmissionStatus;
  readonly resolution: string | null;
  readonly registration: { readonly mode: ComplianceMode; readonly stoppedAt: string | null } | null;
  readonly attempts: readonly { readonly outcome: SubmissionOutcome | null }[];
}

/** What a person can decide about a slot, the likeliest first; none where it needs nobody. */
export function decisionsFor({
  status,
  resolution,
  registration,
  attempts,
}: DecidableSlot): readonly SubmissionDecision[] {
  const came = (...outcomes: readonly SubmissionOutcome[]) =>
    attempts.some(({ outcome }) => outcomes.some((one) => one === outcome));
  const isProven = came('ACCEPTED', 'DUPLICATE_WITH_VOUCHER');
  if (status === 'SENT') return isProven || !resolution?.startsWith('ACCEPTED') ? [] : ['TAKEN_BACK'];
  const isReported = registration?.mode === 'LIVE' && registration.stoppedAt === null;
  if (status === 'DUE' || status === 'RETRY_NEXT_DAY') return isReported ? [] : ['DISMISSED', 'ACCEPTED'];
  if (!openStatuses.includes(status) || (status === 'SKIPPED' && resolution !== null)) return [];
  // The regulator has it already, or may: a person does not send it again.
  const isHeld = status === 'UNKNOWN' || isProven || came('ACCEPTED_WITHOUT_VOUCHER', 'DUPLICATE_WITHOUT_VOUCHER');
  return isHeld || registration?.mode === 'OFF' ? ['ACCEPTED', 'DISMISSED'] : ['SEND_AGAIN', 'ACCEPTED', 'DISMISSED'];
}

/** States that a person can settle whether the point is reported or not. */
const openStatuses: readonly SubmissionStatus[] = ['NEEDS_REVIEW', 'REJECTED', 'STOPPED', 'SKIPPED', 'UNKNOWN'];

const neverSent: readonly SubmissionStatus[] = ['SCHEDULED', 'SKIPPED', 'SHADOWED', 'STOPPED'];

/** Whether a person may send a slot now: its time has come, nothing was sent for it, and its point is reported for real. */
export function canBeSent(
  slot: {
    readonly status: SubmissionStatus;
    readonly slotAt: string;
    readonly attemptCount: number;
    readonly registration: { readonly mode: ComplianceMode; readonly stoppedAt: string | null } | null;
  },
  now: number,
): boolean {
  const { status, slotAt, attemptCount, registration } = slot;
  const isReported = registration?.mode === 'LIVE' && registration.stoppedAt === null;
  return isReported && attemptCount === 0 && neverSent.includes(status) && Date.parse(slotAt) <= now;
}

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

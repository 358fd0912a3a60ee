import type { Regulator } from '../regulators/regulator.ts';
import type { SubmissionOutcome, SubmissionStatus } from '../submission.ts';

/** What the ledger knows of a slot when an attempt at it ends. */
export interface EndedAttempt {
  /** Attempts so far, this one included. */
  readonly attempts: number;
  readonly maximumAttempts: number;
  readonly startedAt: Date;
  readonly now: Date;
  readonly canVerify: boolean;
  /** The state it was claimed in. */
  readonly previous: SubmissionStatus;
  /** Since when no call for it could be made; null when the attempt before was one. */
  readonly unsentSince: Date | null;
}

export interface NextState {
  readonly status: SubmissionStatus;
  /** Nothing is sent before it. */
  readonly notBefore: Date;
  /** When the regulator is asked whether it has the slot; null: not to be asked. */
  readonly verifyAt: Date | null;
}

/**
 * How long a slot is left alone after an attempt at it, ms: a day, and some minutes for workers whose clocks differ. The
 * database refuses an attempt within a day of the one before.
 */
export const resendAfterMs = (24 * 60 + 10) * 60_000;

/** Until a call that could not be made at all is made. */
const notSentPauseMs = 5 * 60_000;
/** For how long that is tried before a person is asked. */
const notSentAtMostMs = 24 * 60 * 60_000;
const verifyAfterMs = 10 * 60_000;

/** Where an attempt leads. Only DUE, UNKNOWN and RETRY_NEXT_DAY are ever sent again, and none before `notBefore`. */
export function stateAfter(
  outcome: SubmissionOutcome,
  { attempts, maximumAttempts, startedAt, now, canVerify, previous, unsentSince }: EndedAttempt,
  { afterLostAnswer, afterRejection }: Pick<Regulator, 'afterLostAnswer' | 'afterRejection'>,
): NextState {
  const nextDay = new Date(Math.max(startedAt.getTime(), now.getTime()) + resendAfterMs);
  const at = (status: SubmissionStatus, notBefore = nextDay, verifyAt: Date | null = null): NextState => ({
    ...{ status, notBefore, verifyAt },
  });
  const isLast = attempts >= maximumAttempts;
  switch (outcome) {
    case 'ACCEPTED':
    case 'DUPLICATE_WITH_VOUCHER':
      return at('SENT', nextDay, canVerify ? new Date(now.getTime() + verifyAfterMs) : null);
    case 'ACCEPTED_WITHOUT_VOUCHER':
    case 'DUPLICATE_WITHOUT_VOUCHER':
      return at('NEEDS_REVIEW');
    case 'UNRECOVERABLE':
      return at('STOPPED');
    case 'LOST_ANSWER':
      return at(afterLostAnswer === 'REVIEW' || isLast ? 'NEEDS_REVIEW' : 'UNKNOWN');
    case 'REJECTED':
      if (afterRejection === 'REVIEW') return at('NEEDS_REVIEW');
      return at(isLast ? 'REJECTED' : 'RETRY_NEXT_DAY');
    case 'NOT_SENT':
      if (unsentSince !== null && now.getTime() - unsentSince.getTime() >= notSentAtMostMs) return at('NEEDS_REVIEW');
      return at(previous, new Date(now.getTime() + notSentPauseMs));
    case 'SHADOWED':
      return at('SHADOWED');
  }
}

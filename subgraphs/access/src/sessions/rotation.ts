/** What is known of a presented refresh token when its family is locked. */
export interface PresentedToken {
  readonly rotatedAt: Date | null;
  readonly expiresAt: Date;
  readonly familyEndedAt: Date | null;
  readonly familyExpiresAt: Date;
  readonly isUserActive: boolean;
  /** Null until it was rotated. */
  readonly successor: { readonly rotatedAt: Date | null } | null;
}

/**
 * - `rotate`: it is the newest; exchange it.
 * - `repeat`: the same request came twice; give the answer of the first again.
 * - `reuse`: somebody holds an old token; end the family, whoever it is.
 * - `expired`, `ended`: nothing to be had.
 */
export type Rotation = 'rotate' | 'repeat' | 'reuse' | 'expired' | 'ended';

/** How long after a rotation the same request may still be a retry of it. */
const retryWindowMs = 10_000;

/**
 * Decides what a presented refresh token gets.
 *
 * A browser with two tabs, or a phone that lost an answer, sends the same token twice within seconds. Ending the family
 * then would sign people out at random; giving a second, different token would fork the chain and blind the detection
 * of theft. So a repeat within ten seconds, while the successor has not been used, gets the very same successor: one
 * chain, one rotation, no new credential. A thief who replays inside that window holds the same token as its owner,
 * and whichever of the two comes second with it after it was exchanged ends the family.
 */
export function decideRotation(token: PresentedToken, now: Date): Rotation {
  if (token.familyEndedAt !== null || !token.isUserActive) return 'ended';
  if (token.familyExpiresAt <= now || token.expiresAt <= now) return 'expired';
  if (token.rotatedAt === null) return 'rotate';
  const isRecent = now.getTime() - token.rotatedAt.getTime() < retryWindowMs;
  return isRecent && token.successor !== null && token.successor.rotatedAt === null ? 'repeat' : 'reuse';
}

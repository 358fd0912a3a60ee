import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import type { AccessDeps } from '../access-deps.ts';
import { announceViewerChange } from '../viewers/viewer-changed.ts';
import { type OpenSignIn, openSession, type Session } from './open-session.ts';
import { type RefreshTokenText, readRefreshToken, successorOf } from './refresh-token.ts';
import { decideRotation } from './rotation.ts';
import { SessionEnded } from './session.errors.ts';
import { endFamily, findToken, lockFamilyOf, rotateToken } from './session.store.ts';
import { signedInAs } from './signed-in-as.ts';

/**
 * Exchanges a refresh token for a new session. Throws `SessionEnded`; when an old token comes back (`TOKEN_REUSED`),
 * the whole family has ended for whoever holds any of it. See `decideRotation` for what a repeated request gets.
 */
export function createRefreshSession(deps: AccessDeps): (refreshToken: string, by: AuditActor) => Promise<Session> {
  const { db, clock, log, settings } = deps;

  return async (refreshToken, by) => {
    const presented = readRefreshToken(refreshToken);
    if (presented === null) throw new SessionEnded('UNKNOWN');
    const next = successorOf(presented, settings.tokenSecret);
    // An ended family must stay ended, so the refusal is an answer of the transaction and thrown after it.
    const outcome = await db.client.$transaction((tx) => exchange(tx, presented, next, by));
    if (outcome instanceof SessionEnded) throw outcome;
    const session = await openSession(deps, outcome, next);
    if (session === null) throw new SessionEnded('ENDED');
    return session;
  };

  async function exchange(
    tx: DatabaseTransaction,
    presented: RefreshTokenText,
    next: RefreshTokenText,
    by: AuditActor,
  ): Promise<OpenSignIn | SessionEnded> {
    const now = clock.now();
    const family = await lockFamilyOf(tx, presented);
    const token = family === null ? null : await findToken(tx, presented);
    if (family === null || token === null) return new SessionEnded('UNKNOWN');
    const rotation = decideRotation(
      {
        rotatedAt: token.rotatedAt,
        expiresAt: token.expiresAt,
        familyEndedAt: family.revokedAt,
        familyExpiresAt: family.expiresAt,
        isUserActive: family.user.isActive,
        successor: token.rotatedAt === null ? null : await findToken(tx, next),
      },
      now,
    );
    if (rotation === 'expired') return new SessionEnded('EXPIRED');
    if (rotation === 'ended') return new SessionEnded('ENDED');
    const change = {
      action: 'access.refreshSession',
      entityType: 'User',
      entityId: family.userId,
      after: { familyId: family.id },
    };
    if (rotation === 'reuse') {
      await endFamily(tx, family.id, 'TOKEN_REUSED', now);
      await announceViewerChange(tx, now, { userId: family.userId, familyId: family.id });
      await recordAudit(tx, by, { ...change, outcome: 'TOKEN_REUSED' });
      log.warn({ userId: family.userId, familyId: family.id }, 'An old refresh token came back; its family has ended');
      return new SessionEnded('TOKEN_REUSED');
    }
    if (rotation === 'rotate') {
      await rotateToken(tx, family, { from: presented, to: next }, now);
      await recordAudit(tx, signedInAs(family.userId, by), change);
    }
    return { userId: family.userId, familyId: family.id };
  }
}

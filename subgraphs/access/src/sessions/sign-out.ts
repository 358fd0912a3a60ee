import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { AccessDeps } from '../access-deps.ts';
import { announceViewerChange } from '../viewers/viewer-changed.ts';
import { readRefreshToken } from './refresh-token.ts';
import { endFamily, lockFamilyOf } from './session.store.ts';
import { signedInAs } from './signed-in-as.ts';

/**
 * Ends the sign-in that a refresh token belongs to, its access tokens and streams with it. Any token of the family
 * will do, so a client that lost an answer can still sign out. False when there was nothing to end.
 */
export function createSignOut({ db, clock }: AccessDeps): (refreshToken: string, by: AuditActor) => Promise<boolean> {
  return async (refreshToken, by) => {
    const presented = readRefreshToken(refreshToken);
    if (presented === null) return false;
    return db.client.$transaction(async (tx) => {
      const now = clock.now();
      const family = await lockFamilyOf(tx, presented);
      if (family === null || !(await endFamily(tx, family.id, 'SIGNED_OUT', now))) return false;
      await announceViewerChange(tx, now, { userId: family.userId, familyId: family.id });
      await recordAudit(tx, signedInAs(family.userId, by), {
        action: 'access.signOut',
        entityType: 'User',
        entityId: family.userId,
        before: { familyId: family.id },
      });
      return true;
    });
  };
}

import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { AppError } from '@cauce/shared/errors/app-error';
import { ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { AccessDeps } from '../access-deps.ts';
import { findPasswordProblem } from '../passwords/password-rules.ts';
import { announceViewerChange } from '../viewers/viewer-changed.ts';
import { readRefreshToken } from './refresh-token.ts';
import { InvalidCredentials } from './session.errors.ts';
import { endFamiliesOf, lockFamilyOf } from './session.store.ts';
import { createGuessLimits } from './sign-in-limits.ts';

export interface ChangePasswordInput {
  readonly currentPassword: string;
  readonly newPassword: string;
  /** The sign-in that goes on; without one, all end. */
  readonly refreshToken: string | null;
}

/**
 * Changes the password of who asks, and ends all their other sign-ins; answers how many. Throws `InvalidCredentials`
 * when the current one is wrong, `ValidationFailed` when the new one is weak, `RATE_LIMITED` after too many guesses.
 */
export function createChangePassword(
  deps: AccessDeps,
): (input: ChangePasswordInput, by: AuditActor) => Promise<number> {
  const { db, clock, passwords } = deps;
  const limits = createGuessLimits(deps.rateLimits);

  return async ({ currentPassword, newPassword, refreshToken }, by) => {
    const userId = personBehind(by);
    await limits.allowPasswordCheck(userId);
    const user = await db.client.user.findUnique({ where: { id: userId } });
    const isPassword = await passwords.verify(currentPassword, user?.passwordHash ?? null);
    if (user === null || !isPassword) throw new InvalidCredentials();
    checkNewPassword(newPassword, currentPassword, user.email);
    const passwordHash = await passwords.hash(newPassword);

    const ended = await db.client.$transaction(async (tx) => {
      const now = clock.now();
      // Whoever changed it in the meantime has ended this session too; the password that was checked must still be it.
      const { count } = await tx.user.updateMany({
        where: { id: userId, isActive: true, passwordHash: user.passwordHash },
        data: { passwordHash, passwordChangedAt: now },
      });
      if (count === 0) throw new InvalidCredentials();
      const presented = refreshToken === null ? null : readRefreshToken(refreshToken);
      const kept = presented === null ? null : await lockFamilyOf(tx, presented);
      const keptId = kept?.userId === userId ? kept.id : null;
      const endedCount = await endFamiliesOf(tx, userId, 'PASSWORD_CHANGED', now, keptId);
      await announceViewerChange(tx, now, { userId });
      await recordAudit(tx, by, {
        action: 'access.changePassword',
        entityType: 'User',
        entityId: userId,
        after: { endedSessions: endedCount },
      });
      return endedCount;
    });
    await limits.forgiveUser(userId);
    return ended;
  };
}

function personBehind({ viewer }: AuditActor): string {
  // An API key must not turn into a sign-in.
  if (viewer.kind !== 'user' || viewer.userId === null) {
    throw new AppError('FORBIDDEN', 'Only a person who is signed in can change their password');
  }
  return viewer.userId;
}

function checkNewPassword(newPassword: string, currentPassword: string, email: string): void {
  const problem =
    newPassword === currentPassword
      ? { code: 'UNCHANGED', message: 'must differ from the current one' }
      : findPasswordProblem(newPassword, email);
  if (problem !== null) throw new ValidationFailed([{ path: 'newPassword', ...problem }]);
}

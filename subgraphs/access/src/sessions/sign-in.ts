import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import type { AccessDeps } from '../access-deps.ts';
import { openSession, type Session } from './open-session.ts';
import { createRefreshToken } from './refresh-token.ts';
import { InvalidCredentials } from './session.errors.ts';
import { startFamily } from './session.store.ts';
import { createGuessLimits } from './sign-in-limits.ts';
import { signedInAs } from './signed-in-as.ts';

export interface SignInInput {
  readonly email: string;
  readonly password: string;
}

/** Anything else cannot be right, and is not worth hashing. Postgres has no text with a zero in it. */
const isPlausible = (text: string) => text.length <= 1_000 && !text.includes('\0');

/**
 * Opens a session for who knows the password. Throws `InvalidCredentials` (whatever is wrong, after the same work) or
 * `RATE_LIMITED` after too many tries at one account or from one address.
 */
export function createSignIn(deps: AccessDeps): (input: SignInInput, by: AuditActor) => Promise<Session> {
  const { db, clock, metrics, passwords } = deps;
  const limits = createGuessLimits(deps.rateLimits);

  return async (input, by) => {
    if (!isPlausible(input.email) || !isPlausible(input.password)) throw new InvalidCredentials();
    const email = input.email.trim().toLowerCase();
    await limits.allowSignIn(email, by.address);
    const user = await db.client.user.findUnique({ where: { email } });
    const isPassword = await passwords.verify(input.password, user?.passwordHash ?? null);
    metrics.count('cauce_sign_ins_total', 'Sign-ins by outcome', { outcome: isPassword ? 'right' : 'wrong' });
    if (user === null || !isPassword || !user.isActive) {
      await db.client.$transaction((tx) => recordRefusal(tx, by, user?.id ?? null, email));
      throw new InvalidCredentials();
    }

    const now = clock.now();
    const token = createRefreshToken();
    const passwordHash = passwords.isOutdated(user.passwordHash ?? '') ? await passwords.hash(input.password) : null;
    const family = await db.client.$transaction(async (tx) => {
      await tx.user.update({
        where: { id: user.id },
        data: { lastSignedInAt: now, ...(passwordHash === null ? {} : { passwordHash }) },
      });
      const started = await startFamily(tx, { userId: user.id, address: by.address, now }, token);
      await recordAudit(tx, signedInAs(user.id, by), {
        action: 'access.signIn',
        entityType: 'User',
        entityId: user.id,
        after: { familyId: started.id },
      });
      return started;
    });
    await limits.forgiveAccount(email);
    const session = await openSession(deps, { userId: user.id, familyId: family.id }, token);
    if (session === null) throw new InvalidCredentials();
    return session;
  };
}

async function recordRefusal(
  tx: DatabaseTransaction,
  by: AuditActor,
  userId: string | null,
  email: string,
): Promise<void> {
  await recordAudit(tx, by, {
    action: 'access.signIn',
    entityType: 'User',
    entityId: userId,
    outcome: 'INVALID_CREDENTIALS',
    after: { email: maskEmail(email) },
  });
}

/** Enough to recognise an address one knows, and nothing of a password typed into the wrong field. */
function maskEmail(text: string): string {
  const [name = '', domain] = text.split('@');
  return domain === undefined ? '***' : `${name.slice(0, 2)}***@${domain}`;
}

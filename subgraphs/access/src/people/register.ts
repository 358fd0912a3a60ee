import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { isUniqueViolation } from '@cauce/shared/db/unique-violation';
import { Conflict, ValidationFailed } from '@cauce/shared/errors/outcomes';
import { z } from 'zod';
import type { AccessDeps } from '../access-deps.ts';
import { findPasswordProblem } from '../passwords/password-rules.ts';
import { plainText } from '../plain-text.ts';
import { checkPlaces } from './check-places.ts';
import { checkGrant } from './granting.ts';
import { accessSchema } from './set-user-access.ts';
import { insertGrants } from './user-access.store.ts';

export const registerSchema = accessSchema.extend({
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  name: plainText(120),
  password: z.string(),
  locale: z.enum(['es', 'en']),
});

export type RegisterInput = z.output<typeof registerSchema>;

/**
 * Creates a person with a password to be handed over, which opens nothing until its owner has changed it; answers
 * their id. Throws `ValidationFailed`, `GrantExceedsOwn`, `NotFound` for places, `Conflict` (`EMAIL_TAKEN`).
 */
export function createRegister({
  db,
  passwords,
}: AccessDeps): (input: RegisterInput, by: AuditActor) => Promise<string> {
  return async ({ email, name, password, locale, ...access }, by) => {
    checkGrant(by.viewer, access);
    const problem = findPasswordProblem(password, email);
    if (problem !== null) throw new ValidationFailed([{ path: 'password', ...problem }]);
    const passwordHash = await passwords.hash(password);
    try {
      return await db.client.$transaction(async (tx) => {
        await checkPlaces(tx, access);
        const { id } = await tx.user.create({
          data: { email, name, locale, role: access.role, passwordHash },
          select: { id: true },
        });
        await insertGrants(tx, id, access);
        await recordAudit(tx, by, {
          action: 'access.register',
          entityType: 'User',
          entityId: id,
          after: { id, email, name, locale, ...access },
        });
        return id;
      });
    } catch (cause) {
      if (isUniqueViolation(cause)) throw new Conflict('EMAIL_TAKEN', 'Somebody has this email already');
      throw cause;
    }
  };
}

import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { dashboards, roles } from '@cauce/shared/auth/permissions';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import { z } from 'zod';
import type { AccessDeps } from '../access-deps.ts';
import { idInput, idListInput } from '../id-input.ts';
import { endFamiliesOf } from '../sessions/session.store.ts';
import { announceViewerChange } from '../viewers/viewer-changed.ts';
import { checkPlaces } from './check-places.ts';
import { checkGrant, checkSubject } from './granting.ts';
import { lockActiveAdmins, lockUser, writeAccess } from './user-access.store.ts';

export const accessSchema = z.object({
  role: z.enum(roles),
  companyIds: idListInput,
  siteIds: idListInput,
  dashboards: z.array(z.enum(dashboards)).transform((tabs) => [...new Set(tabs)]),
});

export const setUserAccessSchema = accessSchema.extend({
  userId: idInput,
  isActive: z.boolean().nullish(),
});

export type SetUserAccessInput = z.output<typeof setUserAccessSchema>;

/**
 * Replaces what a person holds. Throws `NotFound` for a person or place out of reach, `GrantExceedsOwn` when it is
 * more than the granter holds, `Conflict` (`LAST_ADMIN`) when nobody would be left who can give access.
 */
export function createSetUserAccess({
  db,
  clock,
  createSight,
}: AccessDeps): (input: SetUserAccessInput, by: AuditActor) => Promise<void> {
  return async ({ userId, isActive, ...access }, by) => {
    const { viewer } = by;
    checkGrant(viewer, access);
    if ((await createSight(viewer).people.user(userId)) === null) throw new NotFound('User');
    await db.client.$transaction(async (tx) => {
      // Admins are locked before the person, always in this order, so that two changes cannot wait for each other.
      const admins = await lockActiveAdmins(tx);
      const before = await lockUser(tx, userId);
      if (before === null) throw new NotFound('User');
      checkSubject(viewer, before);
      await checkPlaces(tx, access);
      const after = { ...access, isActive: isActive ?? before.isActive };
      const staysAdmin = after.role === 'ADMIN' && after.isActive;
      if (!staysAdmin && admins.length === 1 && admins[0] === userId) {
        throw new Conflict('LAST_ADMIN', 'The last active ADMIN cannot be demoted or shut out');
      }
      const now = clock.now();
      await writeAccess(tx, userId, after);
      if (!after.isActive) await endFamiliesOf(tx, userId, 'ACCESS_CHANGED', now);
      await announceViewerChange(tx, now, { userId });
      await recordAudit(tx, by, {
        action: 'access.setUserAccess',
        entityType: 'User',
        entityId: userId,
        before,
        after: { id: userId, ...after },
      });
    });
  };
}

import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { NotFound } from '@cauce/shared/errors/outcomes';
import type { AccessDeps } from '../access-deps.ts';
import { announceViewerChange } from '../viewers/viewer-changed.ts';
import { type ApiKeyRow, visibleApiKeys, withoutHash } from './api-key.store.ts';

/** Ends a key for good, its streams with it. Throws `NotFound` for a key that who asks may not know of. */
export function createRevokeApiKey({ db, clock }: AccessDeps): (id: string, by: AuditActor) => Promise<ApiKeyRow> {
  return async (id, by) =>
    db.client.$transaction(async (tx) => {
      const where = { AND: [{ id: { in: onlyUuids([id]) } }, visibleApiKeys(by.viewer)] };
      const before = await tx.apiKey.findFirst({ where, omit: withoutHash });
      if (before === null) throw new NotFound('ApiKey');
      const now = clock.now();
      const { count } = await tx.apiKey.updateMany({
        where: { id: before.id, revokedAt: null },
        data: { revokedAt: now },
      });
      // Revoked before, perhaps a moment ago by somebody else: it is what was asked for.
      if (count === 0) return tx.apiKey.findUniqueOrThrow({ where: { id: before.id }, omit: withoutHash });
      const after = { ...before, revokedAt: now };
      await announceViewerChange(tx, now, { userId: before.userId, keyId: before.id });
      await recordAudit(tx, by, {
        action: 'access.revokeApiKey',
        entityType: 'ApiKey',
        entityId: before.id,
        before,
        after,
      });
      return after;
    });
}

import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { createApiKey } from '@cauce/shared/auth/api-key-format';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { AppError } from '@cauce/shared/errors/app-error';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import { z } from 'zod';
import type { AccessDeps } from '../access-deps.ts';
import { idInput } from '../id-input.ts';
import { announceViewerChange } from '../viewers/viewer-changed.ts';
import { type ApiKeyRow, withoutHash } from './api-key.store.ts';

export const rotateApiKeySchema = z.object({
  id: idInput,
  /** How long the old secret stays good; none ends it at once. */
  overlapHours: z
    .int()
    .min(0)
    .max(7 * 24),
});

type RotateApiKeyInput = z.output<typeof rotateApiKeySchema>;

/**
 * Gives a key a new secret and answers its text. The old one stays good for the overlap, so that programs can move
 * over one by one; one from an earlier rotation ends now. What the key may do, its quota and its usage stay. For its
 * owner only: who manages access may end the keys of others and not hold them. Throws `NotFound`, `Conflict`
 * (`KEY_ENDED`).
 */
export function createRotateApiKey({
  db,
  clock,
}: AccessDeps): (input: RotateApiKeyInput, by: AuditActor) => Promise<{ row: ApiKeyRow; text: string }> {
  return async ({ id, overlapHours }, by) => {
    const { viewer } = by;
    if (viewer.kind !== 'user' || viewer.userId === null) {
      throw new AppError('FORBIDDEN', 'Only a person rotates API keys');
    }
    const [keyId] = onlyUuids([id]);
    const { text, keyId: prefix, secretHash } = createApiKey();
    const now = clock.now();
    const previousEndsAt = new Date(now.getTime() + overlapHours * 60 * 60 * 1000);
    const row = await db.client.$transaction(async (tx) => {
      const before = keyId ? await tx.apiKey.findFirst({ where: { id: keyId, userId: viewer.userId ?? '' } }) : null;
      if (before === null) throw new NotFound('ApiKey');
      // Whoever rotated or ended it in the meantime was first: two new secrets would leave one that nobody knows of.
      const { count } = await tx.apiKey.updateMany({
        where: {
          id: before.id,
          hash: before.hash,
          revokedAt: null,
          OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
        },
        data: {
          ...{ prefix, hash: secretHash, rotatedAt: now, lastUsedAt: null },
          ...{ previousPrefix: before.prefix, previousHash: before.hash, previousEndsAt },
          previousLastUsedAt: before.lastUsedAt,
        },
      });
      if (count === 0) throw new Conflict('KEY_ENDED', 'The key has ended, or was rotated a moment ago');
      const after = await tx.apiKey.findUniqueOrThrow({ where: { id: before.id }, omit: withoutHash });
      const endsOne = overlapHours === 0 || (before.previousEndsAt !== null && before.previousEndsAt > now);
      if (endsOne) await announceViewerChange(tx, now, { userId: before.userId, keyId: before.id });
      const { hash: _hash, previousHash: _previous, ...known } = before;
      await recordAudit(tx, by, {
        action: 'access.rotateApiKey',
        entityType: 'ApiKey',
        entityId: before.id,
        before: known,
        after,
      });
      return after;
    });
    return { row, text };
  };
}

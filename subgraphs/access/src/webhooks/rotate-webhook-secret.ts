import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { Conflict } from '@cauce/shared/errors/outcomes';
import { z } from 'zod';
import type { AccessDeps } from '../access-deps.ts';
import { idInput } from '../id-input.ts';
import { findOwnWebhook } from './change-webhook.ts';
import { makeWebhookSecret } from './create-webhook.ts';
import { secretContext } from './send-delivery.ts';
import { type WebhookRow, withoutSecret } from './webhook.store.ts';

export const rotateWebhookSecretSchema = z.object({
  id: idInput,
  /** How long the old secret signs beside the new one. */
  overlapHours: z
    .int()
    .min(0)
    .max(7 * 24),
});

type RotateWebhookSecretInput = z.output<typeof rotateWebhookSecretSchema>;

/**
 * Gives a webhook a new secret, shown this once. For the overlap deliveries carry two signatures, so that a receiver
 * may move over whenever it likes within it; a secret from an earlier rotation signs no more. Throws `NotFound`, or
 * `Conflict` (`JUST_ROTATED`) for the second of two at the same time.
 */
export function createRotateWebhookSecret({
  scopedFor,
  secretBox,
  clock,
}: AccessDeps): (input: RotateWebhookSecretInput, by: AuditActor) => Promise<{ row: WebhookRow; secret: string }> {
  return async ({ id, overlapHours }, by) => {
    const secret = makeWebhookSecret();
    const now = clock.now();
    const endsAt = new Date(now.getTime() + overlapHours * 60 * 60 * 1000);
    const row = await scopedFor(by.viewer).$transaction(async (tx) => {
      const before = await findOwnWebhook(tx, id, by.viewer);
      const { secretEncrypted } = await tx.webhook.findUniqueOrThrow({
        where: { id: before.id },
        select: { secretEncrypted: true },
      });
      const { count } = await tx.webhook.updateMany({
        where: { id: before.id, secretEncrypted },
        data: {
          secretEncrypted: secretBox.seal(secret, secretContext(before.id)),
          secretRotatedAt: now,
          previousSecretEncrypted: overlapHours === 0 ? null : secretEncrypted,
          previousSecretEndsAt: overlapHours === 0 ? null : endsAt,
        },
      });
      if (count === 0) throw new Conflict('JUST_ROTATED', 'The secret was rotated a moment ago');
      const after = await tx.webhook.findUniqueOrThrow({ where: { id: before.id }, omit: withoutSecret });
      await recordAudit(tx, by, {
        action: 'access.rotateWebhookSecret',
        entityType: 'Webhook',
        entityId: before.id,
        companyId: before.companyId,
        before,
        after,
      });
      return after;
    });
    return { row, secret };
  };
}

import { randomBytes } from 'node:crypto';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { reaches } from '@cauce/shared/auth/viewer';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import { z } from 'zod';
import type { AccessDeps } from '../access-deps.ts';
import { idInput, idListInput } from '../id-input.ts';
import { plainText } from '../plain-text.ts';
import { checkTopics, checkUrl, narrowSites } from './check-webhook.ts';
import { secretContext } from './send-delivery.ts';
import { type WebhookRow, withoutSecret } from './webhook.store.ts';

export const topicNames = z
  .array(z.string().max(120))
  .min(1)
  .max(50)
  .transform((names) => [...new Set(names)]);

export const createWebhookSchema = z.object({
  companyId: idInput,
  url: z.string(),
  topics: topicNames,
  siteIds: idListInput.nullish(),
  description: plainText(500).nullish(),
});

export type CreateWebhookInput = z.output<typeof createWebhookSchema>;

const mostWebhooks = 20;

/**
 * Makes a webhook that belongs to who asks, and answers the secret that signs its deliveries: stored sealed, shown this
 * once. Throws `NotFound`, `ValidationFailed`, `GrantExceedsOwn` or `Conflict` (`TOO_MANY_WEBHOOKS`).
 */
export function createCreateWebhook({
  db,
  clock,
  settings,
  secretBox,
}: AccessDeps): (input: CreateWebhookInput, by: AuditActor) => Promise<{ row: WebhookRow; secret: string }> {
  return async ({ companyId, url, topics, siteIds, description }, by) => {
    const { viewer } = by;
    if (!reaches(viewer.companyIds, companyId)) throw new NotFound('Company');
    checkUrl(url, settings);
    checkTopics(topics, viewer);
    const secret = makeWebhookSecret();
    const row = await db.client.$transaction(async (tx) => {
      const own = await tx.webhook.count({ where: { companyId, createdBy: viewer.userId } });
      if (own >= mostWebhooks)
        throw new Conflict('TOO_MANY_WEBHOOKS', `A company has at most ${mostWebhooks} of one owner`);
      const narrowed = await narrowSites(tx, companyId, siteIds ?? [], viewer);
      const [made] = await tx.$queryRaw<{ id: string }[]>`SELECT uuidv7()::text AS id`;
      if (made === undefined) throw new Error('Postgres answered no id');
      const created = await tx.webhook.create({
        data: {
          ...{ id: made.id, companyId, url, topics, siteIds: narrowed, description: description ?? null },
          secretEncrypted: secretBox.seal(secret, secretContext(made.id)),
          createdBy: viewer.userId,
          createdAt: clock.now(),
        },
        omit: withoutSecret,
      });
      await recordAudit(tx, by, {
        action: 'access.createWebhook',
        entityType: 'Webhook',
        entityId: created.id,
        companyId,
        after: created,
      });
      return created;
    });
    return { row, secret };
  };
}

/** Signs the deliveries of one webhook. */
export function makeWebhookSecret(): string {
  return `whsec_${randomBytes(32).toString('base64url')}`;
}

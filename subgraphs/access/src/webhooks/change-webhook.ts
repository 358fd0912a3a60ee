import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { NotFound } from '@cauce/shared/errors/outcomes';
import { z } from 'zod';
import type { AccessDeps } from '../access-deps.ts';
import { idInput, idListInput } from '../id-input.ts';
import { plainText } from '../plain-text.ts';
import { checkTopics, checkUrl, narrowSites } from './check-webhook.ts';
import { topicNames } from './create-webhook.ts';
import { visibleWebhooks, type WebhookRow, withoutSecret } from './webhook.store.ts';

export const updateWebhookSchema = z.object({
  id: idInput,
  url: z.string().nullish(),
  topics: topicNames.nullish(),
  siteIds: idListInput.nullish(),
  description: plainText(500).nullish(),
  isActive: z.boolean().nullish(),
});

type UpdateWebhookInput = z.output<typeof updateWebhookSchema>;

/** Changes and ends webhooks. Both throw `NotFound` for one that is not the viewer's to change. */
export interface WebhookChanges {
  /** What is null stays. Turning it on forgets its failures. Throws as creating does. */
  update(input: UpdateWebhookInput, by: AuditActor): Promise<WebhookRow>;
  /** Its deliveries go with it. */
  delete(id: string, by: AuditActor): Promise<void>;
}

export function createWebhookChanges({ scopedFor, settings }: AccessDeps): WebhookChanges {
  return {
    async update({ id, url, topics, siteIds, description, isActive }, by) {
      const { viewer } = by;
      if (url) checkUrl(url, settings);
      if (topics) checkTopics(topics, viewer);
      return scopedFor(viewer).$transaction(async (tx) => {
        const before = await findOwnWebhook(tx, id, viewer);
        const narrowed = siteIds ? await narrowSites(unscoped(tx), before.companyId, siteIds, viewer) : null;
        const after = await tx.webhook.update({
          where: { id: before.id },
          data: {
            ...(url ? { url } : {}),
            ...(topics ? { topics } : {}),
            ...(narrowed === null ? {} : { siteIds: narrowed }),
            ...(typeof description === 'string' ? { description } : {}),
            ...(typeof isActive === 'boolean' ? { isActive } : {}),
            ...(isActive === true ? { disabledAt: null, failureCount: 0 } : {}),
          },
          omit: withoutSecret,
        });
        const { companyId } = before;
        await recordAudit(tx, by, { ...subject('access.updateWebhook', before.id), companyId, before, after });
        return after;
      });
    },
    async delete(id, by) {
      await scopedFor(by.viewer).$transaction(async (tx) => {
        const before = await findOwnWebhook(tx, id, by.viewer);
        await tx.webhook.delete({ where: { id: before.id }, select: { id: true } });
        const { companyId } = before;
        await recordAudit(tx, by, { ...subject('access.deleteWebhook', before.id), companyId, before });
      });
    },
  };
}

/** A webhook that is the viewer's to change. Throws `NotFound`. */
export async function findOwnWebhook(tx: ScopedTransaction, id: string, viewer: Viewer): Promise<WebhookRow> {
  const found = await tx.webhook.findFirst({
    where: { AND: [{ id: { in: onlyUuids([id]) } }, await visibleWebhooks(tx, viewer)] },
    omit: withoutSecret,
  });
  if (found === null) throw new NotFound('Webhook');
  return found;
}

function subject(action: string, entityId: string) {
  return { action, entityType: 'Webhook', entityId };
}

import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { unscoped } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import { reachesEvent } from '@cauce/shared/events/reachable-events';
import type { AccessDeps } from '../access-deps.ts';
import type { DeliverWebhook } from './deliver-webhook.ts';
import { deliveryBodySchema } from './delivery-body.ts';
import { type DeliveryRow, visibleWebhooks } from './webhook.store.ts';

/**
 * Sends a delivery once more, under the same id, with eight new tries. Throws `NotFound` for one that the viewer may
 * not see, `Conflict` while it is still being tried (`STILL_TRYING`) or its webhook is off (`WEBHOOK_OFF`).
 */
export function createRedeliverWebhook(
  { scopedFor, clock, jobs }: AccessDeps,
  deliverWebhook: DeliverWebhook,
): (deliveryId: string, by: AuditActor) => Promise<DeliveryRow> {
  return async (deliveryId, by) =>
    scopedFor(by.viewer).$transaction(async (tx) => {
      const before = await tx.webhookDelivery.findFirst({
        where: { id: { in: onlyUuids([deliveryId]) }, webhook: await visibleWebhooks(tx, by.viewer) },
        include: { webhook: { select: { isActive: true, companyId: true } } },
      });
      // What it holds may lie outside the reach of who asks, although the webhook does not.
      if (before === null || !reachesEvent(by.viewer, deliveryBodySchema.parse(before.payload))) {
        throw new NotFound('WebhookDelivery');
      }
      if (!before.webhook.isActive) throw new Conflict('WEBHOOK_OFF', 'The webhook is turned off');
      const { count } = await tx.webhookDelivery.updateMany({
        where: { id: before.id, status: { in: ['DELIVERED', 'DEAD'] } },
        data: { status: 'PENDING', attempts: 0, nextAttemptAt: clock.now(), deliveredAt: null },
      });
      if (count === 0) throw new Conflict('STILL_TRYING', 'The delivery is still being tried');
      await jobs.enqueue(deliverWebhook, { deliveryId: before.id }, { tx: unscoped(tx) });
      const { webhook, ...row } = before;
      await recordAudit(tx, by, {
        action: 'access.redeliverWebhook',
        entityType: 'WebhookDelivery',
        entityId: row.id,
        companyId: webhook.companyId,
        before: { status: row.status, attempts: row.attempts },
        after: { status: 'PENDING', attempts: 0 },
      });
      return tx.webhookDelivery.findUniqueOrThrow({ where: { id: row.id } });
    });
}

import { randomUUID } from 'node:crypto';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { unscoped } from '@cauce/shared/db/scoped-client';
import { Conflict } from '@cauce/shared/errors/outcomes';
import type { AccessDeps } from '../access-deps.ts';
import { findOwnWebhook } from './change-webhook.ts';
import type { DeliverWebhook } from './deliver-webhook.ts';
import type { DeliveryBody } from './delivery-body.ts';
import type { DeliveryRow } from './webhook.store.ts';
import { testTopic } from './webhook-topics.ts';

const perMinute = { name: 'webhook.test', points: 10, windowSeconds: 60 };

/**
 * Sends a webhook an event that means nothing, signed and logged like any other, so that its receiver can be tried out
 * before anything happens. Throws `NotFound`, `Conflict` (`WEBHOOK_OFF`), or `RATE_LIMITED` after ten in a minute.
 */
export function createTestWebhook(
  { scopedFor, clock, jobs, rateLimits }: AccessDeps,
  deliverWebhook: DeliverWebhook,
): (id: string, by: AuditActor) => Promise<DeliveryRow> {
  return async (id, by) =>
    scopedFor(by.viewer).$transaction(async (tx) => {
      const webhook = await findOwnWebhook(tx, id, by.viewer);
      if (!webhook.isActive) throw new Conflict('WEBHOOK_OFF', 'The webhook is turned off');
      await rateLimits.consume(perMinute, webhook.id);
      const now = clock.now();
      const body: DeliveryBody = {
        id: randomUUID(),
        topic: testTopic.name,
        occurredAt: now.toISOString(),
        companyId: webhook.companyId,
        siteId: webhook.siteIds[0] ?? null,
        key: webhook.id,
        data: { message: 'If you can read this and its signature holds, your receiver is ready.' },
      };
      // No event of the outbox stands behind it: numbers below zero are never theirs.
      const [row] = await unscoped(tx).$queryRaw<{ id: string }[]>`
        INSERT INTO access.webhook_deliveries
          (webhook_id, event_id, topic, payload, next_attempt_at, created_at, updated_at)
        VALUES (${webhook.id}::uuid, -(extract(epoch FROM clock_timestamp()) * 1000000)::bigint, ${body.topic},
          ${JSON.stringify(body)}::jsonb, ${now}, ${now}, ${now})
        RETURNING id::text`;
      if (row === undefined) throw new Error('Postgres made no delivery');
      await jobs.enqueue(deliverWebhook, { deliveryId: row.id }, { tx: unscoped(tx) });
      await recordAudit(tx, by, {
        action: 'access.testWebhook',
        entityType: 'Webhook',
        entityId: webhook.id,
        companyId: webhook.companyId,
      });
      return tx.webhookDelivery.findUniqueOrThrow({ where: { id: row.id } });
    });
}

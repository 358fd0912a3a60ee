import { type Role, rolePermissions, roles } from '@cauce/shared/auth/permissions';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import type { DomainEvent } from '@cauce/shared/events/domain-event';
import type { DeliveryBody } from './delivery-body.ts';
import type { WebhookTopic } from './webhook-topics.ts';

/**
 * A webhook hears what its owner may see at this moment and what it was made for, whichever is less: the company it
 * belongs to, its sites when it names any, and the permission of the topic.
 */
const reachSql = `
  w.is_active
  AND u.is_active AND u.password_changed_at IS NOT NULL AND u.role::text = ANY($4)
  AND w.company_id = COALESCE($2::uuid, (SELECT s.company_id FROM access.sites s WHERE s.id = $3::uuid))
  AND (cardinality(w.site_ids) = 0 OR $3::uuid = ANY(w.site_ids))
  AND (u.role = 'ADMIN' OR (
    EXISTS (SELECT FROM access.user_companies uc WHERE uc.user_id = u.id AND uc.company_id = w.company_id)
    AND ($3::uuid IS NULL OR EXISTS (
      SELECT FROM access.user_sites us
      JOIN access.sites s ON s.id = us.site_id AND s.company_id = w.company_id
      WHERE us.user_id = u.id AND us.site_id = $3::uuid
    ))
  ))`;

/** Puts one delivery aside for each webhook that may hear of the event; answers their ids. Once for each pair. */
export async function insertDeliveries(
  tx: DatabaseTransaction,
  event: DomainEvent,
  topic: WebhookTopic,
  now: Date,
): Promise<readonly string[]> {
  const { payload, ...rest } = event;
  const body: DeliveryBody = { ...rest, data: payload };
  const rows = await tx.$queryRawUnsafe<{ id: string }[]>(
    `INSERT INTO access.webhook_deliveries (webhook_id, event_id, topic, payload, next_attempt_at, created_at, updated_at)
     SELECT w.id, $5::bigint, $1, $6::jsonb, $7, $7, $7
     FROM access.webhooks w JOIN access.users u ON u.id = w.created_by
     WHERE w.topics @> ARRAY[$1] AND ${reachSql}
     ON CONFLICT (webhook_id, event_id) DO NOTHING
     RETURNING id::text`,
    ...[event.topic, event.companyId, event.siteId, rolesWith(topic), event.id, JSON.stringify(body), now],
  );
  return rows.map(({ id }) => id);
}

/** Whether a webhook may still hear of what a delivery holds: rights can end while it waits for its next try. */
export async function stillReaches(
  client: Pick<DatabaseTransaction, '$queryRawUnsafe'>,
  webhookId: string,
  body: Pick<DeliveryBody, 'companyId' | 'siteId'>,
  topic: WebhookTopic,
): Promise<boolean> {
  const rows = await client.$queryRawUnsafe<unknown[]>(
    `SELECT FROM access.webhooks w JOIN access.users u ON u.id = w.created_by WHERE w.id = $1::uuid AND ${reachSql}`,
    ...[webhookId, body.companyId, body.siteId, rolesWith(topic)],
  );
  return rows.length > 0;
}

function rolesWith({ permission }: WebhookTopic): Role[] {
  return roles.filter((role) => rolePermissions[role].includes(permission));
}

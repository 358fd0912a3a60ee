import type { WebhookDeliveryStatus } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { systemViewer } from '@cauce/shared/auth/viewer';
import type { Database, DatabaseTransaction } from '@cauce/shared/db/database';
import { z } from 'zod';
import { type DeliveryBody, deliveryBodySchema } from './delivery-body.ts';
import { nextAttemptAt } from './retry-schedule.ts';
import { notAllowed, type SendOutcome } from './send-delivery.ts';

/** A delivery in hand, with what is needed to send it. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly webhookId: string;
  readonly topic: string;
  readonly body: DeliveryBody;
  /** This try included. */
  readonly attempts: number;
  readonly url: string;
  /** All that are good now, the newest first. */
  readonly secretsEncrypted: readonly string[];
}

/** What became of it: when it is tried again, and whether its webhook was turned off over it. */
export interface Settled {
  readonly status: WebhookDeliveryStatus;
  readonly retryAt: Date | null;
  readonly isWebhookDisabled: boolean;
}

/** Failing for so long, a webhook is turned off. */
const patienceDays = 5;
const dayMs = 24 * 60 * 60 * 1000;
const keptAnswerLength = 1_000;

/**
 * Takes a delivery in hand and counts the try. Null when there is nothing to send: delivered, given up, or gone. One
 * that is `SENDING` was left by a worker that died.
 */
export async function claimDelivery({ pool }: Database, id: string, now: Date): Promise<ClaimedDelivery | null> {
  const { rows } = await pool.query(
    `UPDATE access.webhook_deliveries d
     SET status = 'SENDING', attempts = d.attempts + 1, updated_at = $2
     FROM access.webhooks w
     WHERE d.id = $1 AND w.id = d.webhook_id AND d.status IN ('PENDING', 'FAILED', 'SENDING')
     RETURNING d.id::text, w.id::text AS webhook_id, d.topic, d.payload, d.attempts, w.url, array_remove(ARRAY[
       w.secret_encrypted, CASE WHEN w.previous_secret_ends_at > $2 THEN w.previous_secret_encrypted END
     ], NULL) AS secrets_encrypted`,
    [id, now],
  );
  if (rows[0] === undefined) return null;
  const row = rowSchema.parse(rows[0]);
  return {
    id: row.id,
    webhookId: row.webhook_id,
    topic: row.topic,
    body: row.payload,
    attempts: row.attempts,
    url: row.url,
    secretsEncrypted: row.secrets_encrypted,
  };
}

/** Writes down what came of a try. A webhook that was deleted meanwhile took its deliveries with it. */
export async function settleDelivery(
  tx: DatabaseTransaction,
  { id, webhookId, attempts }: Pick<ClaimedDelivery, 'id' | 'webhookId' | 'attempts'>,
  outcome: SendOutcome,
  now: Date,
): Promise<Settled> {
  const isDelivered = outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;
  // 410 is how a receiver says that it is gone for good.
  const isGone = outcome.kind === 'answered' && outcome.status === 410;
  const canRetry = outcome.kind !== 'refused' && !isDelivered && !isGone;
  const retryAt = canRetry ? nextAttemptAt(attempts, now, Math.random()) : null;
  const status = isDelivered ? 'DELIVERED' : retryAt === null ? 'DEAD' : 'FAILED';
  const answer = answerOf(outcome);
  const { count } = await tx.webhookDelivery.updateMany({
    where: { id },
    data: { status, nextAttemptAt: retryAt, deliveredAt: isDelivered ? now : null, ...answer },
  });
  if (count === 0) return { status, retryAt: null, isWebhookDisabled: false };
  const { responseStatus, error, durationMs } = answer;
  await tx.webhookAttempt.create({ data: { deliveryId: id, at: now, responseStatus, error, durationMs } });
  const isFailure = status === 'DEAD' && outcome.kind !== 'refused';
  if (isDelivered) await tx.webhook.updateMany({ where: { id: webhookId }, data: { failureCount: 0 } });
  if (!isFailure) return { status, retryAt, isWebhookDisabled: false };
  await tx.webhook.updateMany({ where: { id: webhookId }, data: { failureCount: { increment: 1 } } });
  const isHopeless = isGone || (await hasFailedForDays(tx, webhookId, now));
  return { status, retryAt, isWebhookDisabled: isHopeless && (await disableWebhook(tx, webhookId, now)) };
}

/** Whether everything since the last that arrived was given up, and that began days ago. */
async function hasFailedForDays(tx: DatabaseTransaction, webhookId: string, now: Date): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ since: Date | null }[]>`
    SELECT min(d.created_at) AS since FROM access.webhook_deliveries d
    WHERE d.webhook_id = ${webhookId}::uuid AND d.status = 'DEAD' AND d.error IS DISTINCT FROM ${notAllowed}
      AND d.created_at > COALESCE(
        (SELECT max(a.delivered_at) FROM access.webhook_deliveries a WHERE a.webhook_id = ${webhookId}::uuid),
        '-infinity')`;
  const since = row?.since ?? null;
  return since !== null && now.getTime() - since.getTime() > patienceDays * dayMs;
}

/** Turns a webhook off; false when it was off before. */
async function disableWebhook(tx: DatabaseTransaction, webhookId: string, now: Date): Promise<boolean> {
  const [before] = await tx.webhook.updateManyAndReturn({
    where: { id: webhookId, isActive: true },
    data: { isActive: false, disabledAt: now },
    select: { companyId: true },
  });
  if (before === undefined) return false;
  await recordAudit(tx, platform, {
    action: 'access.disableWebhook',
    entityType: 'Webhook',
    entityId: webhookId,
    companyId: before.companyId,
    before: { isActive: true },
    after: { isActive: false, disabledAt: now },
  });
  return true;
}

const platform: AuditActor = { viewer: systemViewer('access.deliver-webhook'), requestId: 'job', address: null };

const rowSchema = z.object({
  id: z.string(),
  webhook_id: z.string(),
  topic: z.string(),
  payload: deliveryBodySchema,
  attempts: z.number(),
  url: z.string(),
  secrets_encrypted: z.array(z.string()),
});

function answerOf(outcome: SendOutcome) {
  const nothing = { responseStatus: null, responseBody: null, error: null, durationMs: null };
  switch (outcome.kind) {
    case 'answered':
      // Receivers answer anything; Postgres keeps no zero in a text.
      return {
        ...nothing,
        responseStatus: outcome.status,
        responseBody: outcome.body.slice(0, keptAnswerLength).replaceAll('\0', ''),
        durationMs: outcome.durationMs,
      };
    case 'unanswered':
      return { ...nothing, error: outcome.error, durationMs: outcome.durationMs };
    case 'refused':
      return { ...nothing, error: outcome.error };
  }
}

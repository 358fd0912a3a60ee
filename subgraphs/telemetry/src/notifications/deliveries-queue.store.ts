import type { Database } from '@cauce/shared/db/database';
import { z } from 'zod';
import { languages, notificationChannels } from './notification.ts';

/** A message in hand, with what is needed to send it. */
export interface ClaimedDelivery {
  readonly id: string;
  readonly event: string;
  readonly channel: (typeof notificationChannels)[number];
  readonly address: string;
  readonly subject: string;
  readonly body: string;
  readonly isDigested: boolean;
  /** This try included. */
  readonly attempts: number;
  /** Null when it was removed since. */
  readonly recipientId: string | null;
  readonly language: (typeof languages)[number];
  readonly webhookUrlEncrypted: string | null;
  /** When its recipient is left alone; null when quiet hours do not hold it up. */
  readonly quiet: z.output<typeof quietSchema> | null;
}

export interface Settlement {
  readonly status: 'SENT' | 'KEPT' | 'FAILED' | 'PENDING';
  readonly error: string | null;
  readonly retryAt: Date | null;
}

const mostAtOnce = 50;
/** Longer than a try can take: a worker that has not settled by then is dead. */
const leaseMs = 2 * 60 * 1000;

/**
 * Takes what is due in hand and counts the try; two workers never take the same. What a dead worker held is taken
 * again when its time is over, so a message may arrive twice, under the same id.
 */
export async function claimDue({ pool }: Database, now: Date): Promise<readonly ClaimedDelivery[]> {
  const { rows } = await pool.query(
    `WITH due AS (
       SELECT id FROM telemetry.notification_deliveries
       WHERE status IN ('PENDING', 'SENDING') AND next_attempt_at <= $1
       ORDER BY next_attempt_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
     UPDATE telemetry.notification_deliveries d
     SET status = 'SENDING', attempts = d.attempts + 1, next_attempt_at = $3
     FROM due WHERE d.id = due.id
     RETURNING d.id::text, d.event::text, d.channel::text, d.address, d.subject, d.body, d.is_digested AS "isDigested",
       d.attempts, d.recipient_id::text AS "recipientId",
       coalesce((SELECT language::text FROM telemetry.notification_recipients n WHERE n.id = d.recipient_id), 'es') AS language,
       (SELECT webhook_url_encrypted FROM telemetry.notification_recipients n WHERE n.id = d.recipient_id) AS "webhookUrlEncrypted",
       (SELECT jsonb_build_object('timeZone', n.time_zone, 'quietFromMinute', n.quiet_from_minute, 'quietToMinute', n.quiet_to_minute)
        FROM telemetry.notification_recipients n
        WHERE n.id = d.recipient_id AND d.event IN ('ALERT_OPENED', 'ALERT_RESOLVED', 'COMPLIANCE_REJECTED', 'COMPLIANCE_REVIEW')
          AND NOT (d.event = 'ALERT_OPENED' AND EXISTS (SELECT FROM telemetry.alerts a WHERE a.id = d.alert_id AND a.severity = 'CRITICAL'))) AS quiet`,
    [now, mostAtOnce, new Date(now.getTime() + leaseMs)],
  );
  return z.array(rowSchema).parse(rows);
}

/** Writes down what came of a try, unless the lease was lost and somebody else has it. */
export async function settle(
  { pool }: Database,
  deliveries: readonly Pick<ClaimedDelivery, 'id' | 'attempts'>[],
  { status, error, retryAt }: Settlement,
  now: Date,
): Promise<void> {
  await pool.query(
    `UPDATE telemetry.notification_deliveries d
     SET status = $3::telemetry.notification_status, error = $4, next_attempt_at = $5,
         sent_at = CASE WHEN $3 IN ('SENT', 'KEPT') THEN $6::timestamptz END
     FROM unnest($1::uuid[], $2::int[]) AS mine (id, attempts)
     WHERE d.id = mine.id AND d.attempts = mine.attempts AND d.status = 'SENDING'`,
    [deliveries.map(({ id }) => id), deliveries.map(({ attempts }) => attempts), status, error, retryAt, now],
  );
}

const minute = z.number().nullable();
const quietSchema = z.object({ timeZone: z.string(), quietFromMinute: minute, quietToMinute: minute });

const rowSchema = z.object({
  ...{ id: z.string(), event: z.string(), channel: z.enum(notificationChannels), address: z.string() },
  ...{ subject: z.string(), body: z.string(), isDigested: z.boolean(), attempts: z.number() },
  ...{ recipientId: z.string().nullable(), language: z.enum(languages), webhookUrlEncrypted: z.string().nullable() },
  quiet: quietSchema.nullable(),
});

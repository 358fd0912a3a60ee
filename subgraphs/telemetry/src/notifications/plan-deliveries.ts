import { Prisma } from '@cauce/prisma/client';
import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { dueAt, isDigested } from './due-time.ts';
import type { MessageText } from './message-text.ts';
import type { Addressee, Language, NotificationEvent } from './notification.ts';

/** What there is to tell. */
export interface Telling {
  readonly event: NotificationEvent;
  readonly companyId: string;
  readonly alertId: string | null;
  /** Names the cause; with recipient and channel it is told once. */
  readonly cause: string;
  /** Neither quiet hours nor a digest hold it up. */
  readonly isUrgent: boolean;
  readonly textIn: (language: Language) => MessageText;
}

/** Where something happened and how bad it is, as rules match it. */
export interface Matched {
  readonly event: NotificationEvent;
  readonly companyId: string;
  readonly siteId: string | null;
  readonly pointId: string | null;
  /** Null for what has no severity: every rule of the event matches. */
  readonly severity: 'INFO' | 'WARNING' | 'CRITICAL' | null;
}

/** Who is told of it, each over each channel once, whichever of the rules match. */
export function findAddressees(tx: DatabaseTransaction, matched: Matched): Promise<Addressee[]> {
  const { event, companyId, siteId, pointId, severity } = matched;
  return tx.$queryRaw<Addressee[]>`
    SELECT DISTINCT ON (n.id, channel)
      r.id AS "ruleId", n.id AS "recipientId", n.language::text AS language, channel::text AS channel,
      ${addressOf} AS address, n.time_zone AS "timeZone", n.quiet_from_minute AS "quietFromMinute",
      n.quiet_to_minute AS "quietToMinute", n.digest::text AS digest
    FROM telemetry.notification_rules r
    JOIN telemetry.notification_rule_recipients l ON l.rule_id = r.id
    JOIN telemetry.notification_recipients n ON n.id = l.recipient_id AND n.company_id = r.company_id AND n.is_active
    CROSS JOIN LATERAL unnest(r.channels) AS channel
    WHERE r.company_id = ${companyId}::uuid AND r.is_active
      AND ${event}::telemetry.notification_event = ANY(r.events)
      AND (r.site_id IS NULL OR r.site_id = ${siteId}::uuid)
      AND (r.point_id IS NULL OR r.point_id = ${pointId}::uuid)
      AND (${severity}::telemetry.alert_severity IS NULL OR ${severity}::telemetry.alert_severity >= r.minimum_severity)
      AND ${addressOf} IS NOT NULL
    ORDER BY n.id, channel, r.created_at`;
}

/** Writes one delivery for each addressee that was not told of this cause before; answers how many. */
export async function planDeliveries(
  tx: DatabaseTransaction,
  telling: Telling,
  addressees: readonly Addressee[],
  now: Date,
): Promise<number> {
  const { event, companyId, alertId, cause, isUrgent, textIn } = telling;
  const { count } = await tx.notificationDelivery.createMany({
    data: addressees.map((to) => ({
      ...{ companyId, event, alertId, ruleId: to.ruleId, recipientId: to.recipientId },
      ...{ channel: to.channel, address: to.address, ...textIn(to.language) },
      idempotencyKey: `${cause}:${to.recipientId}:${to.channel}`,
      isDigested: isDigested(to, isUrgent),
      nextAttemptAt: dueAt(now, to, isUrgent),
      createdAt: now,
    })),
    skipDuplicates: true,
  });
  return count;
}

/** A hook has no address that may be shown: its URL is opened when it is called. */
const addressOf = Prisma.sql`CASE channel WHEN 'EMAIL' THEN n.email WHEN 'SMS' THEN n.phone
  WHEN 'WEBHOOK' THEN CASE WHEN n.webhook_url_encrypted IS NOT NULL THEN 'webhook' END END`;

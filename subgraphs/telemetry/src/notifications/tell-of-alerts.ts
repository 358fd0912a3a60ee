import type { DatabaseTransaction } from '@cauce/shared/db/database';
import type { DomainEvent } from '@cauce/shared/events/domain-event';
import { type OutboxConsumer, startOutboxConsumer } from '@cauce/shared/events/outbox-consumer';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { alertChanged, alertRaised } from '../events.ts';
import { alertText } from './message-text.ts';
import { findAddressees, planDeliveries, type Telling } from './plan-deliveries.ts';
import type { SendNotifications } from './send-notifications.ts';

/** Under which name notifications read the outbox, and what of it. */
export const notificationConsumer = {
  name: 'telemetry.notifications',
  topics: [alertRaised.name, alertChanged.name],
} as const;

/** Reads the outbox durably; run it in every process, one of them works at a time. */
export function startTellingOfAlerts(deps: Deps, send: SendNotifications): OutboxConsumer {
  const { db, log, metrics } = deps;
  return startOutboxConsumer({
    ...notificationConsumer,
    db,
    log,
    metrics,
    handle: (event, tx) => tellOfAlert(deps, send, event, tx),
  });
}

/**
 * Plans what is to be told of an alert, in the transaction that marks its event as consumed: an episode is told once to
 * each recipient over each channel, whatever is killed or comes twice. That it is over is told to who was told that it
 * began; who was not told yet is spared both.
 */
export async function tellOfAlert(
  { clock, jobs }: Pick<Deps, 'clock' | 'jobs'>,
  send: SendNotifications,
  event: DomainEvent,
  tx: DatabaseTransaction,
): Promise<void> {
  const { alertId, status } = payloadSchema.parse(event.payload);
  if (status === 'ACKNOWLEDGED') return;
  const alert = await tx.alert.findUnique({ where: { id: alertId }, include: { rule: true, point: true } });
  if (alert === null) return;
  const now = clock.now();
  const { companyId, siteId, pointId, severity, point } = alert;
  const told = status === 'RESOLVED' ? 'ALERT_RESOLVED' : 'ALERT_OPENED';
  const found = await findAddressees(tx, { event: told, companyId, siteId, pointId, severity });
  const addressees = told === 'ALERT_RESOLVED' ? found.filter(await onlyTold(tx, alertId)) : found;
  const telling: Telling = {
    ...({ event: told, companyId, alertId, cause: `alert:${alertId}:${told}` } as const),
    isUrgent: severity === 'CRITICAL' && told === 'ALERT_OPENED',
    textIn: (language) => alertText(told, alert, point, language),
  };
  const planned = await planDeliveries(tx, telling, addressees, now);
  if (planned > 0) await jobs.enqueue(send, {}, { tx });
}

/** Drops what waits to be told of the alert's beginning; passes who heard of it, or hears of it just now. */
async function onlyTold(tx: DatabaseTransaction, alertId: string) {
  const opened = { alertId, event: 'ALERT_OPENED' } as const;
  await tx.notificationDelivery.updateMany({
    where: { ...opened, status: 'PENDING' },
    data: { status: 'SUPPRESSED', nextAttemptAt: null, error: 'OVER_BEFORE_TOLD' },
  });
  const told = await tx.notificationDelivery.findMany({
    where: { ...opened, status: { in: ['SENDING', 'SENT', 'KEPT'] } },
    select: { recipientId: true, channel: true },
  });
  const ways = new Set(told.map(({ recipientId, channel }) => `${recipientId}:${channel}`));
  return ({ recipientId, channel }: { readonly recipientId: string; readonly channel: string }) =>
    ways.has(`${recipientId}:${channel}`);
}

const payloadSchema = z.object({ alertId: z.uuid(), status: z.enum(['ACKNOWLEDGED', 'RESOLVED']).optional() });

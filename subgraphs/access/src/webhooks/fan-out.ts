import type { DatabaseTransaction } from '@cauce/shared/db/database';
import type { DomainEvent } from '@cauce/shared/events/domain-event';
import { type OutboxConsumer, startOutboxConsumer } from '@cauce/shared/events/outbox-consumer';
import type { AccessDeps } from '../access-deps.ts';
import type { DeliverWebhook } from './deliver-webhook.ts';
import { insertDeliveries } from './webhook-reach.ts';
import { webhookTopics } from './webhook-topics.ts';

const topics = new Map(webhookTopics.map((topic) => [topic.name, topic]));

/** Under which name webhooks read the outbox, and what of it. */
export const webhookConsumer = { name: 'access.webhooks', topics: [...topics.keys()] } as const;

/** Reads the outbox durably; run it in every process, one of them works at a time. */
export function startFanOut(deps: AccessDeps, deliverWebhook: DeliverWebhook): OutboxConsumer {
  const { db, log, metrics } = deps;
  return startOutboxConsumer({
    ...webhookConsumer,
    db,
    log,
    metrics,
    handle: (event, tx) => fanOut(deps, deliverWebhook, event, tx),
  });
}

/**
 * Turns events into deliveries: for each webhook that may hear of it a row and the job that sends it, in the
 * transaction that marks the event as consumed. A process that is killed leaves both or neither.
 */
async function fanOut(
  { clock, jobs }: Pick<AccessDeps, 'clock' | 'jobs'>,
  deliverWebhook: DeliverWebhook,
  event: DomainEvent,
  tx: DatabaseTransaction,
): Promise<void> {
  const topic = topics.get(event.topic);
  if (topic === undefined) return;
  for (const deliveryId of await insertDeliveries(tx, event, topic, clock.now())) {
    await jobs.enqueue(deliverWebhook, { deliveryId }, { tx });
  }
}

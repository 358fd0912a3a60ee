import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import { z } from 'zod';
import type { AccessDeps } from '../access-deps.ts';
import { type ClaimedDelivery, claimDelivery, settleDelivery } from './delivery.store.ts';
import { notAllowed, type SendOutcome, sendDelivery } from './send-delivery.ts';
import { stillReaches } from './webhook-reach.ts';
import { findWebhookTopic } from './webhook-topics.ts';

export type DeliverWebhook = JobDefinition<{ deliveryId: string }>;

/** How long a receiver may take to answer. */
const usualTimeoutMs = 10_000;

/**
 * Sends one delivery and writes down what came of it; what failed is put aside again until eight tries are used up.
 * At least once: a worker that is killed after sending leaves the row as it was, and the next one sends it again under
 * the same `Cauce-Delivery` id, by which receivers know it.
 */
export function createDeliverWebhook(deps: AccessDeps, options: { readonly timeoutMs?: number } = {}): DeliverWebhook {
  const { db, clock, jobs, locks, log, metrics } = deps;

  const deliver = async (deliveryId: string): Promise<void> => {
    const delivery = await claimDelivery(db, deliveryId, clock.now());
    if (delivery === null) return;
    const outcome = await attempt(delivery);
    const settled = await db.client.$transaction(async (tx) => {
      const next = await settleDelivery(tx, delivery, outcome, clock.now());
      if (next.retryAt !== null) await jobs.enqueue(job, { deliveryId }, { tx, startAfter: next.retryAt });
      return next;
    });
    metrics.count('cauce_webhook_attempts_total', 'Tries to deliver a webhook', { status: settled.status });
    if (settled.isWebhookDisabled)
      log.warn({ webhookId: delivery.webhookId }, 'A webhook failed for days and is off now');
  };

  const attempt = async (delivery: ClaimedDelivery): Promise<SendOutcome> => {
    const topic = findWebhookTopic(delivery.topic);
    if (topic === undefined || !(await stillReaches(db.client, delivery.webhookId, delivery.body, topic))) {
      return { kind: 'refused', error: notAllowed };
    }
    return sendDelivery(deps, delivery, options.timeoutMs ?? usualTimeoutMs);
  };

  const job: DeliverWebhook = defineJob({
    name: 'access.deliver-webhook',
    data: z.object({ deliveryId: z.uuid() }),
    // Only for a worker that died: failures of the receiver are kept in the row and have their own schedule.
    retryLimit: 20,
    retryDelaySeconds: 15,
    expireInSeconds: 60,
    concurrency: 4,
    async handle({ deliveryId }) {
      // Two workers with one delivery would send it twice for nothing; losing the lock costs no more than that.
      await locks.tryRun(`webhook-delivery:${deliveryId}`, 60_000, () => deliver(deliveryId));
    },
  });
  return job;
}

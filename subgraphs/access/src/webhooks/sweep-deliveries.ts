import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import { z } from 'zod';
import type { AccessDeps } from '../access-deps.ts';
import type { DeliverWebhook } from './deliver-webhook.ts';

const nothing = z.object({}).loose();
const mostAtOnce = 500;
/** Longer than a try can take: what is later than this has lost its job. */
const overdueMs = 5 * 60 * 1000;

/**
 * Finds deliveries that nobody works on any more and puts them back to work. Rows and jobs are written together, so
 * this has nothing to do unless jobs were lost: a queue that was emptied by hand, or a job that used up its tries.
 */
export function createSweepDeliveries(
  { db, clock, jobs }: AccessDeps,
  deliverWebhook: DeliverWebhook,
): JobDefinition<Record<string, unknown>> {
  return defineJob({
    name: 'access.sweep-webhook-deliveries',
    data: nothing,
    cron: { expression: '*/5 * * * *', timeZone: 'UTC' },
    async handle(_data, { log }) {
      const overdueSince = new Date(clock.now().getTime() - overdueMs);
      const overdue = await db.client.webhookDelivery.findMany({
        where: {
          OR: [
            { status: { in: ['PENDING', 'FAILED'] }, nextAttemptAt: { lt: overdueSince } },
            { status: 'SENDING', updatedAt: { lt: overdueSince } },
          ],
        },
        select: { id: true },
        orderBy: { nextAttemptAt: 'asc' },
        take: mostAtOnce,
      });
      for (const { id } of overdue) await jobs.enqueue(deliverWebhook, { deliveryId: id }, { singletonKey: id });
      if (overdue.length > 0) log.warn({ count: overdue.length }, 'Webhook deliveries had lost their job');
    },
  });
}

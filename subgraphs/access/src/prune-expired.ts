import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import { z } from 'zod';
import type { AccessDeps } from './access-deps.ts';

const keptDays = 90;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Forgets sign-ins that ended and deliveries that were settled a quarter ago. Nobody can use them; the audit log keeps
 * what happened.
 */
export function createPruneExpired({ db, clock }: AccessDeps): JobDefinition<Record<string, unknown>> {
  return defineJob({
    name: 'access.prune-expired',
    data: z.object({}).loose(),
    cron: { expression: '20 4 * * *', timeZone: 'UTC' },
    async handle(_data, { log }) {
      const before = new Date(clock.now().getTime() - keptDays * dayMs);
      const families = await db.client.refreshTokenFamily.deleteMany({
        where: { OR: [{ revokedAt: { lt: before } }, { expiresAt: { lt: before } }] },
      });
      const deliveries = await db.client.webhookDelivery.deleteMany({
        where: { status: { in: ['DELIVERED', 'DEAD'] }, updatedAt: { lt: before } },
      });
      // A batch comes again within minutes or never.
      const lastWeek = new Date(clock.now().getTime() - 7 * dayMs);
      await db.client.apiKeyUsageBatch.deleteMany({ where: { recordedAt: { lt: lastWeek } } });
      log.info({ families: families.count, deliveries: deliveries.count }, 'Forgot what ended long ago');
    },
  });
}

import type { PrismaClient } from '@cauce/prisma/client';
import type { Clock } from '@cauce/shared/clock';
import { appendEvents } from '@cauce/shared/events/outbox';
import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import { z } from 'zod';
import { statsChange } from '../events.ts';

/**
 * Removes holds that have run out and tells the clinics' listeners. Nothing waits for it: a hold that has run out
 * blocks nobody, swept or not. Answers how many there were.
 */
export async function releaseRunOutHolds(client: PrismaClient, clock: Clock): Promise<number> {
  return client.$transaction(async (tx) => {
    const now = clock.now();
    const holds = await tx.$queryRaw<{ clinicId: string; siteId: string; companyId: string }[]>`
      DELETE FROM clinics.appointments WHERE id IN (
        SELECT id FROM clinics.appointments
        WHERE status = 'PROPOSED' AND held_until <= ${now}::timestamptz
        ORDER BY id LIMIT 1000 FOR UPDATE SKIP LOCKED
      )
      RETURNING clinic_id::text AS "clinicId", site_id::text AS "siteId", company_id::text AS "companyId"`;
    const clinics = new Map(holds.map((hold) => [hold.clinicId, hold]));
    await appendEvents(
      tx,
      [...clinics.values()].map((clinic) => statsChange(clinic, now)),
    );
    return holds.length;
  });
}

/** Sweeps each minute. */
export function releaseHoldsJob(client: PrismaClient): JobDefinition<Record<string, unknown>> {
  return defineJob({
    name: 'clinics.release-run-out-holds',
    data: z.object({}).loose(),
    cron: { expression: '* * * * *', timeZone: 'UTC' },
    handle: async (_data, { clock }) => {
      await releaseRunOutHolds(client, clock);
    },
  });
}

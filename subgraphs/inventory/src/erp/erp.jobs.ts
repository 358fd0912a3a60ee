import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { appendEvents } from '@cauce/shared/events/outbox';
import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { statusEvent } from './copy/run-records.ts';
import { nextRun } from './cron.ts';
import { sourceOf } from './installation-settings.ts';
import { createRunSync } from './run-sync.ts';
import { deadAfterSeconds, endCancelled } from './sync-run.store.ts';
import { moveWarehouseJob } from './warehouses/move-warehouse.job.ts';

const asked = z.object({ jobId: z.uuid() });

/** What enqueues a run: known by its name and data alone. */
export const copyFromErpJob = (handle: JobDefinition<z.output<typeof asked>>['handle']) =>
  defineJob({
    name: 'inventory.copy-from-erp',
    data: asked,
    // The run itself knows when to try again; only a failure of our own database comes through to here.
    retryLimit: 3,
    expireInSeconds: 6 * 3_600,
    concurrency: 2,
    handle,
  });

/** The jobs that copy from the ERPs: one plans each minute what is due or was left lying, one works a run, one moves warehouses. */
export function erpJobs(deps: Deps): readonly JobDefinition[] {
  const secretBox = createSecretBox(deps.settings.encryptionKey);
  const { isPrivateNetworkAllowed } = deps.settings;
  const run = createRunSync({
    ...deps,
    sourceOf: (taken) =>
      sourceOf({ secretBox, now: deps.clock.now, isPrivateNetworkAllowed }, { ...taken, id: taken.installationId }),
    runLater: async (tx, jobId, at) => void (await deps.jobs.enqueue(copy, { jobId }, { tx, startAfter: at })),
  });
  const copy = copyFromErpJob(async ({ jobId }, { log, signal }) => {
    await run(jobId, { log, signal });
  });
  const plan = defineJob({
    name: 'inventory.plan-copies',
    data: z.object({}).loose(),
    retryLimit: 0,
    cron: { expression: '* * * * *', timeZone: 'UTC' },
    handle: async () => planCopies(deps, copy),
  });
  return [plan, copy, moveWarehouseJob(deps)];
}

interface Due {
  readonly id: string;
  readonly cron: string;
  readonly timeZone: string;
}

/**
 * Makes runs of the schedules that are due, however long ago, one for each; a complete copy stands for the changes that
 * were due with it, and waits for those under way. And has runs taken up again that nobody works.
 */
export async function planCopies(
  { db, jobs, clock }: Pick<Deps, 'db' | 'jobs' | 'clock'>,
  copy: JobDefinition<z.output<typeof asked>>,
): Promise<void> {
  const now = clock.now();
  await db.client.$transaction(async (tx) => {
    for (const job of await endCancelled(tx, now)) await appendEvents(tx, [statusEvent(job, now)]);
    const due = await tx.$queryRaw<Due[]>`
      SELECT s.id::text, s.cron, i.time_zone AS "timeZone" FROM inventory.sync_schedules s
      JOIN inventory.erp_installations i ON i.id = s.installation_id
      WHERE s.is_active AND i.is_active AND i.mapping_confirmed_at IS NOT NULL AND s.next_run_at <= ${now}
        AND NOT (s.mode = 'FULL' AND EXISTS (SELECT FROM inventory.sync_jobs o WHERE o.installation_id = s.installation_id
          AND o.job_type = s.entity AND o.mode = 'INCREMENTAL' AND o.status IN ('pending', 'running')))
      ORDER BY s.mode = 'FULL' DESC, s.next_run_at LIMIT 200 FOR UPDATE OF s SKIP LOCKED`;
    for (const { id, cron, timeZone } of due) {
      const next = nextRun(cron, timeZone, now);
      // One that waits or works already will see what has changed.
      const made = await tx.$queryRaw<{ id: string; companyId: string }[]>`
        WITH moved AS (
          UPDATE inventory.sync_schedules SET next_run_at = ${next}, last_run_at = ${now} WHERE id = ${id}::uuid
          RETURNING installation_id, entity, mode)
        INSERT INTO inventory.sync_jobs (installation_id, company_id, job_type, mode, created_at)
        SELECT m.installation_id, i.company_id, m.entity, m.mode, ${now} FROM moved m
        JOIN inventory.erp_installations i ON i.id = m.installation_id
        ON CONFLICT (installation_id, job_type) WHERE status IN ('pending', 'running') DO NOTHING
        RETURNING id::text, company_id::text AS "companyId"`;
      for (const job of made) {
        await jobs.enqueue(copy, { jobId: job.id }, { tx });
        await appendEvents(tx, [statusEvent(job, now)]);
      }
    }
    const left = await tx.$queryRaw<{ id: string }[]>`
      SELECT id::text FROM inventory.sync_jobs WHERE installation_id IS NOT NULL AND cancel_requested_at IS NULL AND (
        (status = 'running' AND heartbeat_at < now() - make_interval(secs => ${deadAfterSeconds}::float8))
        OR (status = 'pending' AND coalesce(next_attempt_at, created_at) < ${new Date(now.getTime() - 120_000)}))
      LIMIT 100`;
    for (const { id } of left) await jobs.enqueue(copy, { jobId: id }, { tx });
  });
}

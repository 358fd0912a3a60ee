import { appendEvents } from '@cauce/shared/events/outbox';
import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import type { Forecaster } from '../forecaster.ts';
import { runEvent } from './forecast-run.ts';
import { deadAfterSeconds, runForecasts } from './run-forecasts.ts';

const asked = z.object({ runId: z.uuid() });

/** What enqueues a run: known by its name and data alone. */
export const forecastAllJob = (handle: JobDefinition<z.output<typeof asked>>['handle']) =>
  defineJob({ name: 'inventory.forecast-all', data: asked, retryLimit: 3, expireInSeconds: 4 * 3_600, handle });

/** The jobs that forecast: one plans each night and has runs taken up again that nobody works, one works a run. */
export function forecastJobs(deps: Deps, forecaster: Forecaster): readonly JobDefinition[] {
  const work = forecastAllJob(({ runId }, run) => runForecasts({ ...deps, forecaster }, runId, run));
  const plan = defineJob({
    name: 'inventory.plan-forecasts',
    data: z.object({}).loose(),
    retryLimit: 0,
    cron: { expression: '*/5 * * * *', timeZone: 'UTC' },
    handle: async () => planForecasts(deps, work),
  });
  return [plan, work];
}

/** Hours of the night, where the company is, in which its run begins: after the last sale and before the first order. */
const nightFrom = 2;
const nightUntil = 6;
const staleAfterMs = 24 * 3_600_000;

/**
 * Makes the run of each company whose night it is, once a night, and enqueues what was left lying. A night that nobody
 * was there for is made up for by day: once, where nothing was forecast to its end for a day.
 */
export async function planForecasts(
  { db, jobs, clock }: Pick<Deps, 'db' | 'jobs' | 'clock'>,
  work: JobDefinition<z.output<typeof asked>>,
): Promise<void> {
  const now = clock.now();
  await db.client.$transaction(async (tx) => {
    const made = await tx.$queryRaw<{ id: string; companyId: string }[]>`
      INSERT INTO inventory.forecast_runs (company_id, night_of, created_at)
      SELECT company_id, (here - make_interval(hours => ${nightFrom}::int))::date, ${now} FROM (
        SELECT p.company_id, min(p.created_at) AS known_since, ${now}::timestamptz AT TIME ZONE coalesce(
          (SELECT min(i.time_zone) FROM inventory.erp_installations i WHERE i.company_id = p.company_id AND i.is_active),
          'America/Santiago') AS here
        FROM inventory.erp_productos p WHERE p.company_id IS NOT NULL GROUP BY p.company_id) company
      WHERE (extract(hour FROM here) >= ${nightFrom} AND extract(hour FROM here) < ${nightUntil})
        OR coalesce(
          (SELECT max(r.completed_at) FROM inventory.forecast_runs r WHERE r.company_id = company.company_id AND r.status = 'COMPLETED'),
          known_since) < ${new Date(now.getTime() - staleAfterMs)}
      ORDER BY company_id
      ON CONFLICT DO NOTHING RETURNING id::text, company_id::text AS "companyId"`;
    const left = await tx.$queryRaw<{ id: string }[]>`
      SELECT id::text FROM inventory.forecast_runs
      WHERE (status = 'RUNNING' AND heartbeat_at < now() - make_interval(secs => ${deadAfterSeconds}::float8))
        OR (status = 'PENDING' AND created_at < ${new Date(now.getTime() - 120_000)}) LIMIT 100`;
    for (const { id } of [...made, ...left]) await jobs.enqueue(work, { runId: id }, { tx });
    await appendEvents(
      tx,
      made.map((run) => runEvent(run, now)),
    );
  });
}

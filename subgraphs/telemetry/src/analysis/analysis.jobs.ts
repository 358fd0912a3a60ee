import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { createComputeThread } from '@cauce/shared/threads/compute-thread';
import { z } from 'zod';
import { type AnalysisThread, analyse, pointsToAnalyse } from './analyse-series.ts';
import type { AnalysisPart } from './analysis-input.store.ts';

type JobDeps = Pick<Deps, 'db'> & { readonly thread: AnalysisThread };

/** The thread that analyses series: one for the process, begun by the first series and ended when none comes. */
export function createAnalysisThread(): AnalysisThread {
  return createComputeThread({
    script: new URL('./analysis-thread.ts', import.meta.url),
    ...{ milliseconds: 30_000, heapMegabytes: 256 },
  });
}

/** Looks every hour for anomalies in the hours that ended or changed. Twice at once makes the same. */
export function findAnomaliesJob(deps: JobDeps): JobDefinition {
  return analysisJob(deps, 'anomalies', { name: 'telemetry.find-anomalies', expression: '7 * * * *', hours: 1 });
}

/** Makes trends and forecasts every night of what came since. */
export function forecastSeriesJob(deps: JobDeps): JobDefinition {
  return analysisJob(deps, 'outlook', { name: 'telemetry.forecast-series', expression: '40 4 * * *', hours: 6 });
}

/** So long after the start: who has just started the demo looks at a page first. */
const startPauseMs = 15_000;

/**
 * Puts the analysis of what was never analysed aside for right after the start, where otherwise people would be told to
 * wait for the night. Twice, or by several workers, makes it once.
 */
export async function analyseAtStart(
  { db, jobs, clock }: Pick<Deps, 'db' | 'jobs' | 'clock'>,
  definitions: readonly JobDefinition[],
): Promise<void> {
  const [row] = await db.client.$queryRaw<{ isWaiting: boolean }[]>`
    SELECT EXISTS (SELECT FROM telemetry.latest_measurements l
      LEFT JOIN telemetry.series_analyses a ON a.point_id = l.point_id AND a.variable = l.variable
      WHERE a.outlook_stamp IS NULL OR a.anomalies_stamp IS NULL) AS "isWaiting"`;
  if (row?.isWaiting !== true) return;
  const startAfter = new Date(clock.now().getTime() + startPauseMs);
  for (const job of definitions) await jobs.enqueue(job, {}, { startAfter, singletonKey: 'at-start' });
}

/** Hourly or nightly; a killed one goes on with the series that are not made yet. */
function analysisJob(
  { db, thread }: JobDeps,
  part: AnalysisPart,
  { name, expression, hours }: { readonly name: string; readonly expression: string; readonly hours: number },
): JobDefinition {
  return defineJob({
    ...{ name, data: z.object({}).loose(), expireInSeconds: hours * 3_600 },
    cron: { expression, timeZone: 'UTC' },
    handle: async (_data, { log, clock, signal }) => {
      const tally = await analyse({ client: db.client, thread }, part, {
        ...{ now: clock.now(), signal, pointIds: await pointsToAnalyse(db.client) },
      });
      if (part === 'outlook') await forgetRemoved(db);
      if (tally.failed > 0) log.warn(tally, 'Some series could not be analysed');
      else if (tally.made > 0) log.info(tally, 'Series were analysed');
    },
  });
}

/** Nothing is kept of points that were removed, nor of quantities that are not measured any more. */
async function forgetRemoved({ client }: Deps['db']): Promise<void> {
  await client.$executeRaw`
    DELETE FROM telemetry.series_analyses a
    WHERE NOT EXISTS (SELECT FROM telemetry.latest_measurements l WHERE l.point_id = a.point_id AND l.variable = a.variable)
      OR EXISTS (SELECT FROM telemetry.catchment_points p WHERE p.id = a.point_id AND p.deleted_at IS NOT NULL)`;
}

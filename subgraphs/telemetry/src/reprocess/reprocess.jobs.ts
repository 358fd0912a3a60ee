import { defineJob, HopelessJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { failReprocess, runReprocess } from './run-reprocess.ts';

const data = z.object({ runId: z.uuid() });
const retryLimit = 5;

/** Works a reprocess run. It may be killed at any moment: the next try goes on where the last stretch was committed. */
export function reprocessJob({ db }: Pick<Deps, 'db'>): JobDefinition<z.output<typeof data>> {
  return defineJob({
    name: 'telemetry.reprocess',
    ...{ data, retryLimit, expireInSeconds: 3_600 },
    handle: async ({ runId }, { clock, signal, attempt, log, reportProgress }) => {
      try {
        await runReprocess(db, runId, { now: clock.now, signal, report: reportProgress });
      } catch (error) {
        if (attempt >= retryLimit)
          await failReprocess(db, runId, error instanceof HopelessJob ? error.message : 'INTERNAL');
        else log.warn({ err: error, runId }, 'A reprocess run goes on later');
        throw error;
      }
    },
  });
}

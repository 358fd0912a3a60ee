import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { pruneRecords, type Retention } from './prune-records.ts';

/** Forgets every night what is older than it has to be kept. Running it twice changes nothing. */
export function pruneRecordsJob({ db }: Pick<Deps, 'db'>, retention: Retention): JobDefinition {
  return defineJob({
    name: 'telemetry.prune-records',
    data: z.object({}).loose(),
    cron: { expression: '40 3 * * *', timeZone: 'UTC' },
    handle: async (_data, { log, clock, signal }) => {
      log.info(await pruneRecords({ db, now: clock.now(), retention, signal }), 'Old records were pruned');
    },
  });
}

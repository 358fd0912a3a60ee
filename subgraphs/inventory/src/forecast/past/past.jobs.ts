import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { prunePastForecasts } from './prune-past.ts';
import { settlePastForecasts } from './settle-past.ts';

/** The jobs that hold past forecasts against what was sold: one counts each hour what came of them, one forgets the old. */
export function pastForecastJobs({ db }: Pick<Deps, 'db'>): readonly JobDefinition[] {
  const settle = defineJob({
    name: 'inventory.settle-forecasts',
    data: z.object({}).loose(),
    cron: { expression: '35 * * * *', timeZone: 'UTC' },
    expireInSeconds: 3_600,
    handle: async (_data, { log, clock, signal }) => {
      const counted = await settlePastForecasts({ pool: db.pool, now: clock.now(), signal });
      if (counted > 0) log.info({ counted }, 'Past forecasts were held against what was sold');
    },
  });
  const prune = defineJob({
    name: 'inventory.prune-forecasts',
    data: z.object({}).loose(),
    cron: { expression: '50 3 * * *', timeZone: 'UTC' },
    handle: async (_data, { log, clock, signal }) => {
      log.info({ pruned: await prunePastForecasts(db.pool, clock.now(), signal) }, 'Old past forecasts were pruned');
    },
  });
  return [settle, prune];
}

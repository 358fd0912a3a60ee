import { z } from 'zod';
import type { Database } from '../db/database.ts';
import { defineJob, type JobDefinition } from '../jobs/define-job.ts';
import { type PruneOptions, pruneOutbox } from './prune-outbox.ts';

/** Events are kept for a week after they were published, so that a consumer that was away can catch up. */
const keptMs = 7 * 86_400_000;

/** The hourly clearing of the outbox. */
export function definePruneOutboxJob(
  db: Database,
  consumers: PruneOptions['consumers'],
): JobDefinition<Record<string, never>> {
  return defineJob({
    name: 'platform.prune-outbox',
    data: z.strictObject({}),
    cron: { expression: '17 * * * *', timeZone: 'UTC' },
    handle: async (_data, { clock, log, signal }) => {
      const publishedBefore = new Date(clock.now().getTime() - keptMs);
      const pruned = await pruneOutbox({ db, publishedBefore, consumers, signal });
      log.info({ pruned }, 'Old events were pruned');
    },
  });
}

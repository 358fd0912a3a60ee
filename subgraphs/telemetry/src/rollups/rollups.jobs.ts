import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { refreshRollups } from './refresh-rollups.ts';

const nothing = z.object({}).loose();

/** Keeps the sums up to date. Running it twice, or twice at once, changes nothing. */
export function refreshRollupsJob({ db }: Pick<Deps, 'db'>): JobDefinition {
  return defineJob({
    name: 'telemetry.refresh-rollups',
    data: nothing,
    retryLimit: 0,
    cron: { expression: '* * * * *', timeZone: 'UTC' },
    handle: async (_data, { log, signal }) => {
      const hours = await refreshRollups(db.client, signal, (hour, err) =>
        log.error({ err, hour }, 'An hour of measurements cannot be added up and is left out'),
      );
      if (hours > 0) log.debug({ hours }, 'Added up hours of measurements');
    },
  });
}

/** Makes the partitions of the months to come, so that readings never pile up in the one that takes the rest. */
export function ensurePartitionsJob({ db }: Pick<Deps, 'db'>): JobDefinition {
  return defineJob({
    name: 'telemetry.ensure-partitions',
    data: nothing,
    cron: { expression: '20 3 * * *', timeZone: 'UTC' },
    handle: async (_data, { log, clock }) => {
      const made = await ensurePartitions({ db }, clock.now());
      if (made > 0) log.info({ made }, 'Made partitions for readings');
    },
  });
}

/** Partitions from last month to two months ahead; answers how many were missing. */
export async function ensurePartitions({ db }: Pick<Deps, 'db'>, now: Date): Promise<number> {
  const { rows } = await db.pool.query<{ made: number }>(
    `SELECT telemetry.ensure_partitions(($1::timestamptz - interval '1 month')::date, ($1::timestamptz + interval '2 months')::date) AS made`,
    [now],
  );
  return rows[0]?.made ?? 0;
}

import { createSecretBox } from '@cauce/shared/crypto/secret-box';
import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { claimDueRuns } from './provider-runs.store.ts';
import { createRunProvider } from './run-provider.ts';

export interface PullSettings {
  /** Providers that one process pulls at a time. */
  readonly concurrency: number;
  /** How long one run may go on, s. */
  readonly budgetSeconds: number;
}

const pulled = z.object({ providerId: z.uuid() });

/**
 * The jobs that pull from providers: one plans what is due each minute, and each provider is a job of its own, at most
 * once at a time. Those that were slow or failed lately are worked beside the others, so that they can only hold up
 * each other; and no run outlasts its time.
 */
export function pullJobs(deps: Deps, { concurrency, budgetSeconds }: PullSettings): readonly JobDefinition[] {
  const { db, clock, settings } = deps;
  const run = createRunProvider({
    ...deps,
    secretBox: createSecretBox(settings.encryptionKey),
    budgetMs: budgetSeconds * 1_000,
  });
  const pull = (name: string, atATime: number) =>
    defineJob({
      name,
      data: pulled,
      // The next run of the schedule is a better try than a repeated one: it knows how long to wait.
      retryLimit: 0,
      expireInSeconds: budgetSeconds * 2 + 120,
      concurrency: atATime,
      handle: async ({ providerId }, { log, signal }) => {
        // Two queues must not work the same provider at once; what gets through all the same is stored once.
        await deps.locks.tryRun(`telemetry.pull:${providerId}`, 60_000, (lost) =>
          run(providerId, { log, signal: AbortSignal.any([signal, lost]) }),
        );
      },
    });
  const well = pull('telemetry.pull-provider', concurrency);
  const troubled = pull('telemetry.pull-troubled-provider', Math.max(1, Math.ceil(concurrency / 2)));
  const plan = defineJob({
    name: 'telemetry.plan-pulls',
    data: z.object({}).loose(),
    retryLimit: 0,
    cron: { expression: '* * * * *', timeZone: 'UTC' },
    handle: async (_data, { log }) => {
      const due = await db.client.$transaction(async (tx) => {
        const runs = await claimDueRuns(tx, clock.now());
        for (const { providerId, isTroubled } of runs) {
          await deps.jobs.enqueue(isTroubled ? troubled : well, { providerId }, { tx, singletonKey: providerId });
        }
        return runs.length;
      });
      if (due > 0) log.debug({ due }, 'Providers are due');
    },
  });
  return [plan, well, troubled];
}

import { defineJob, type JobDefinition } from '@cauce/shared/jobs/define-job';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { z } from 'zod';
import { watchRules } from '../rules/watch-rules.ts';
import { watchSchemas } from '../rules/watch-schemas.ts';
import { createExpressionCompiler } from '../schemas/expressions/expression-compiler.ts';
import { learnCadence } from './learn-cadence.ts';
import { watchSilence } from './watch-silence.ts';

/** Looks every minute for points that have gone silent or come back. Running it twice at once changes nothing. */
export function watchSilenceJob({ db }: Pick<Deps, 'db'>): JobDefinition {
  return defineJob({
    name: 'telemetry.watch-silence',
    data: z.object({}).loose(),
    // The next minute is a better try than a repeated one.
    retryLimit: 0,
    cron: { expression: '* * * * *', timeZone: 'UTC' },
    handle: async (_data, { log, clock }) => {
      const changes = await watchSilence(db.client, clock.now());
      if (changes.raised + changes.resolved > 0) log.info(changes, 'Points went silent or came back');
    },
  });
}

/** Learns every hour how often each quantity comes. */
export function learnCadenceJob({ db }: Pick<Deps, 'db'>): JobDefinition {
  return defineJob({
    name: 'telemetry.learn-cadence',
    data: z.object({}).loose(),
    cron: { expression: '25 * * * *', timeZone: 'UTC' },
    handle: async (_data, { log, clock, signal }) => {
      const changed = await learnCadence(db.client, clock.now(), signal);
      if (changed > 0) log.info({ changed }, 'The cadence of quantities was learned');
    },
  });
}

/** Holds points against their rules every minute. */
export function watchRulesJob({ db }: Pick<Deps, 'db'>): JobDefinition {
  const compiler = createExpressionCompiler();
  return defineJob({
    name: 'telemetry.watch-rules',
    data: z.object({}).loose(),
    // The next minute is a better try than a repeated one.
    retryLimit: 0,
    expireInSeconds: 300,
    cron: { expression: '* * * * *', timeZone: 'UTC' },
    handle: async (_data, { log, clock }) => {
      // Neither keeps the other from being watched: a company's rule that cannot be judged is no reason to forget schemas.
      const looks = await Promise.allSettled([
        watchRules(db.client, clock.now()),
        watchSchemas(db.client, compiler, clock.now()),
      ]);
      for (const look of looks) {
        if (look.status === 'fulfilled' && look.value.raised + look.value.resolved > 0)
          log.info(look.value, 'Rules were broken or hold again');
      }
      const failures = looks.flatMap((look) => (look.status === 'rejected' ? [look.reason] : []));
      if (failures.length > 0) throw new AggregateError(failures, 'Some rules could not be watched');
    },
  });
}

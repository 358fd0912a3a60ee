import type { Log } from '@cauce/shared/log/log';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import { createApolloPlanner } from './apollo-planner.ts';
import { hivePlanners } from './hive-planner.ts';
import { createIsolatedPlanner } from './isolated-planner.ts';
import type { CreatePlanner } from './planner.ts';

export interface Planners {
  readonly createPlanner: CreatePlanner;
  stop(): Promise<void>;
}

/** The planner that the configuration names. Only with `hive` is its package looked for, in a process of its own. */
export function openPlanners(
  kind: 'apollo' | 'hive',
  { log, metrics }: { readonly log: Log; readonly metrics: Metrics },
): Planners {
  if (kind === 'apollo') return { createPlanner: createApolloPlanner, stop: async () => undefined };
  const ended = metrics.countOf('cauce_planner_ends_total', "Times that Hive's planner has ended its process", {});
  const isolated = createIsolatedPlanner({ log, ended });
  return {
    createPlanner: hivePlanners({
      isolated,
      planned: metrics.countOf('cauce_planner_plans_total', "Operations that Hive's planner has planned", {}),
      fellBack: (reason) =>
        metrics.count('cauce_planner_fallbacks_total', "Operations that fell back to Apollo's planner", { reason }),
    }),
    stop: isolated.stop,
  };
}

import { silentLog } from '@cauce/shared/test/silent-log';
import { hivePlanners, type WhyFallBack } from '../../plan/hive-planner.ts';
import {
  createIsolatedPlanner,
  type IsolatedPlanner,
  type IsolatedPlannerOptions,
} from '../../plan/isolated-planner.ts';
import type { CreatePlanner } from '../../plan/planner.ts';

export interface HiveForTests {
  readonly createPlanner: CreatePlanner;
  readonly isolated: IsolatedPlanner;
  /** How each operation came to its plan, in order. */
  readonly how: ('hive' | WhyFallBack)[];
}

/** Hive's planner in a process of its own; slow machines have their time, and every end is followed by a start at once. */
export function createHive(options: Partial<IsolatedPlannerOptions> = {}): HiveForTests {
  const how: HiveForTests['how'] = [];
  const limits = { deadlineMs: 10_000, maxWaitMs: 10_000, restartMs: () => 0, ...options.limits };
  const isolated = createIsolatedPlanner({ log: silentLog, ...options, limits });
  const createPlanner = hivePlanners({
    isolated,
    planned: () => how.push('hive'),
    fellBack: (why) => how.push(why),
  });
  return { createPlanner, isolated, how };
}

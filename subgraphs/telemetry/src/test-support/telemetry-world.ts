import type { Clock } from '@cauce/shared/clock';
import type { Database } from '@cauce/shared/db/database';
import { askSubgraph, type SubgraphQuestions } from '@cauce/shared/test/ask-subgraph';
import { type TestWorld, testDeps } from '@cauce/shared/test/test-deps';
import { readTelemetryEnv } from '../env.ts';
import { createTelemetrySubgraph } from '../subgraph.ts';

export interface TelemetryWorld extends TestWorld, SubgraphQuestions {}

/** The telemetry subgraph on a database of its own, asked the way the gateway asks it. */
export async function telemetryWorld(db: Database, options: { readonly clock?: Clock } = {}): Promise<TelemetryWorld> {
  const world = await testDeps(db, options);
  return {
    ...world,
    ...askSubgraph(createTelemetrySubgraph(world.deps, readTelemetryEnv({})), db),
  };
}

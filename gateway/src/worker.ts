import { parseEnv } from '@cauce/shared/env/parse-env';
import { createDeps } from '@cauce/shared/subgraph/create-deps';
import { subgraphNames } from '@cauce/shared/subgraph/subgraph';
import { failWith, untilToldToStop } from '@cauce/shared/subgraph/until-told';
import { subgraphRegistry } from './transports/subgraph-registry.ts';

/** Works the jobs of every subgraph; run as many as the work needs. */
try {
  const env = parseEnv();
  if (env.databaseUrl === null) throw new Error('A worker needs DATABASE_URL.');
  const world = await createDeps({ env, databaseUrl: env.databaseUrl, process: 'worker', isWorker: true });
  const subgraphs = subgraphNames.map((name) => subgraphRegistry[name](world.deps));
  await world.startJobs(
    subgraphs.flatMap(({ jobs }) => jobs),
    subgraphs.flatMap(({ outboxConsumers = [] }) => outboxConsumers),
  );
  world.startRelay();
  world.deps.log.info('The worker works');
  await untilToldToStop();
  await world.stop();
  process.exit(0);
} catch (error) {
  failWith(error);
}

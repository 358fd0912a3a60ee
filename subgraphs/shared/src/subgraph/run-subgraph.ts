import { parseEnv } from '../env/parse-env.ts';
import { createDeps } from './create-deps.ts';
import type { Deps } from './deps.ts';
import { serveSubgraph } from './serve-subgraph.ts';
import { startParts } from './start-parts.ts';
import type { Subgraph, SubgraphName } from './subgraph.ts';
import { failWith, untilToldToStop } from './until-told.ts';

/** Runs one subgraph as a process of its own, from the environment, until it is told to stop. */
export async function runSubgraph(name: SubgraphName, create: (deps: Deps) => Subgraph): Promise<void> {
  try {
    const env = parseEnv();
    if (env.databaseUrl === null) throw new Error('A subgraph that runs alone needs DATABASE_URL.');
    const world = await createDeps({ env, databaseUrl: env.databaseUrl, process: name, isWorker: false });
    const subgraph = create(world.deps);
    const stopParts = await startParts([subgraph], world.deps.log);
    world.startRelay();
    const health = [...world.health, ...(subgraph.health ?? [])];
    const server = await serveSubgraph({ ...subgraph, health }, world.deps, { host: env.host, port: env.subgraphPort });
    world.deps.log.info({ url: server.url }, `The ${name} subgraph serves`);
    await untilToldToStop();
    await server.stop();
    await stopParts();
    await world.stop();
    process.exit(0);
  } catch (error) {
    failWith(error);
  }
}

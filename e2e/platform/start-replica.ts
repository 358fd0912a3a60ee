import type { SubgraphName } from '@cauce/shared/subgraph/subgraph';
import { freePort } from '@cauce/shared/test/free-port';
import { type PlatformDoors, startNode } from './start-platform.ts';

/** A second gateway, with a second process of one subgraph behind it: whatever the first ones do is done elsewhere. */
export interface Replica {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts one beside a running platform; null where that is one process, which has no other. */
export async function startReplica(
  { replicaEnv }: Pick<PlatformDoors, 'replicaEnv'>,
  name: SubgraphName,
): Promise<Replica | null> {
  if (replicaEnv === null) return null;
  const [port, gatewayPort] = [await freePort(), await freePort()];
  const own = { ...replicaEnv, SUBGRAPH_PORT: String(port) };
  const subgraph = await startNode(`${name} again`, `subgraphs/${name}/src/main.ts`, own, port);
  const env = {
    ...replicaEnv,
    [`SUBGRAPH_${name.toUpperCase()}_URL`]: `http://127.0.0.1:${port}/graphql`,
    GATEWAY_PORT: String(gatewayPort),
  };
  const gateway = await startNode('gateway again', 'gateway/src/main.ts', env, gatewayPort).catch(async (error) => {
    await subgraph.stop();
    throw error;
  });
  return {
    url: `http://127.0.0.1:${gatewayPort}`,
    async stop() {
      await gateway.stop();
      await subgraph.stop();
    },
  };
}

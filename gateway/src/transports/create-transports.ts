import { createInternalTokenSigner } from '@cauce/shared/auth/internal-token';
import type { PlatformEnv } from '@cauce/shared/env/platform-env';
import type { Deps } from '@cauce/shared/subgraph/deps';
import { createOperationRunner } from '@cauce/shared/subgraph/operation-runner';
import { type Subgraph, subgraphNames } from '@cauce/shared/subgraph/subgraph';
import { withCircuitBreaker } from './circuit-breaker.ts';
import { createInProcessTransport } from './in-process.ts';
import { createRemoteTransport } from './remote.ts';
import { subgraphRegistry } from './subgraph-registry.ts';
import type { Transport } from './transport.ts';

export interface Transports {
  readonly byName: ReadonlyMap<string, Transport>;
  /** Those that live in this process, for the rest of it to start. */
  readonly local: readonly Subgraph[];
  close(): Promise<void>;
}

/** Lies around the transport of a subgraph, outermost, whatever else it is made of. */
export type ObserveTransport = (subgraph: string, transport: Transport) => Transport;

/** Reaches each subgraph where the environment says it is: at its URL, or else in this process. */
export function createTransports(
  env: Pick<PlatformEnv, 'subgraphUrls' | 'subgraphTimeoutMs'>,
  deps: Deps,
  observe: ObserveTransport = (_subgraph, transport) => transport,
): Transports {
  const sign = createInternalTokenSigner(deps.settings.internalSecret);
  const byName = new Map<string, Transport>();
  const local: Subgraph[] = [];
  for (const name of subgraphNames) {
    const url = env.subgraphUrls[name];
    if (url === undefined) {
      const subgraph = subgraphRegistry[name](deps);
      local.push(subgraph);
      const runner = createOperationRunner(subgraph, deps.log, deps.tracing);
      byName.set(name, observe(name, createInProcessTransport(runner)));
    } else {
      const remote = createRemoteTransport({
        subgraph: name,
        url,
        signScope: ({ viewer }) => sign(viewer),
        timeoutMs: env.subgraphTimeoutMs,
      });
      byName.set(name, observe(name, withCircuitBreaker(remote, name, deps)));
    }
  }
  return {
    byName,
    local,
    async close() {
      await Promise.all([...byName.values()].map((transport) => transport.close?.()));
    },
  };
}

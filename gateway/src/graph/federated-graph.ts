import type { GraphQLSchema } from 'graphql';
import { createExecutor, type Executor, type ExecutorOptions } from '../execute/executor.ts';
import { createSharedReads, type SharedReadsOptions } from '../execute/shared-reads.ts';

export interface FederatedGraphOptions extends ExecutorOptions, SharedReadsOptions {
  /** Measures the executor that everybody is given. Default: it is given as it is. */
  readonly observeExecutor?: (executor: Executor) => Executor;
}

/** The graph that this process serves: its executor, and the supergraph it was made from. */
export interface FederatedGraph {
  readonly executor: Executor;
  /** What clients may ask for: the supergraph without what is inaccessible. */
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  /** Serves another supergraph from now on; requests and streams under way end on theirs. Throws and changes nothing when it cannot. */
  reload(supergraphSdl: string): void;
  /** The same once the busiest operations are planned on it; requests do not wait for that. Rejects when it cannot. */
  reloadWhenWarm(supergraphSdl: string): Promise<void>;
  /** Called after each reload. */
  onReload(listener: () => void): () => void;
}

export function createFederatedGraph({ observeExecutor, ...options }: FederatedGraphOptions): FederatedGraph {
  const made = createSharedReads(createExecutor(options), options);
  const executor = observeExecutor === undefined ? made : observeExecutor(made);
  const listeners = new Set<() => void>();
  let { supergraphSdl } = options;
  const reloaded = (sdl: string) => {
    supergraphSdl = sdl;
    for (const listener of listeners) listener();
  };
  return {
    executor,
    get apiSchema() {
      return executor.schema;
    },
    get supergraphSdl() {
      return supergraphSdl;
    },
    reload(sdl) {
      executor.replaceSupergraph(sdl);
      reloaded(sdl);
    },
    reloadWhenWarm: (sdl) => executor.replaceWhenWarm(sdl, () => reloaded(sdl)),
    onReload(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

import { type AccessRules, createAccessRules, type Demand } from '../plan/access-rules.ts';
import { createApolloPlanner } from '../plan/apollo-planner.ts';
import { type ByRights, readByRights } from '../plan/by-rights.ts';
import type { Decisions } from '../plan/decisions.ts';
import { createOperationCache, defaultCacheLimits } from '../plan/operation-cache.ts';
import { overrideLabelsIn } from '../plan/override-labels.ts';
import type { Planner } from '../plan/planner.ts';
import type { Soon } from '../plan/when-ready.ts';
import type { Transport } from '../transports/transport.ts';
import { type CompiledOperation, compileOperation } from './compiled-operation.ts';
import type { ExecutorOptions, GraphRequest } from './executor.ts';
import {
  type PreparedOperation,
  type PrepareOptions,
  prepareOperation,
  type ReadyOperation,
} from './prepared-operation.ts';
import { decidedAgain, defaultWarmLimits, forBusiest } from './warm-operations.ts';

/** One supergraph with all that was worked out for it; dropped as a whole when another takes its place. */
export interface Generation {
  readonly planner: Planner;
  readonly rules: AccessRules | null;
  readonly overrideLabels: readonly string[];
  readonly isByRights: ByRights;
  readonly operations: ReturnType<typeof createOperationCache<CachedOperation>>;
}

export interface CachedOperation {
  readonly prepared: PreparedOperation;
  /** What its fields demand of a viewer. */
  readonly demands: readonly Demand[];
  /** By the key of the decisions that they were compiled for. */
  readonly variants: Map<string, Variant>;
  /** Those that the planner is at work on. */
  readonly pending: Map<string, Promise<CompiledOperation>>;
  readonly request: Pick<GraphRequest, 'source' | 'operationName'>;
  /** Requests so far. */
  uses: number;
}

interface Variant {
  readonly compiled: CompiledOperation;
  readonly decisions: Decisions;
}

/** Makes generations, and works out for one what an operation needs; each thing once while it is remembered. */
export interface Generations {
  /** Throws when the supergraph cannot be served or names a subgraph without a transport. */
  create(supergraphSdl: string): Generation;
  /** Reads and checks an operation. */
  load(generation: Generation, request: Omit<GraphRequest, 'scope'>): CachedOperation;
  /** Plans and compiles it as it was decided for a viewer. */
  compile(
    generation: Generation,
    operation: CachedOperation,
    prepared: ReadyOperation,
    decisions: Decisions,
  ): Soon<CompiledOperation>;
  /** Makes the busiest operations of one ready on another. */
  warm(from: Generation, to: Generation): Promise<void>;
}

const maxVariants = 64;

export function createGenerations(options: ExecutorOptions, prepareOptions: PrepareOptions): Generations {
  const { transports, observer, createPlanner = createApolloPlanner, cacheLimits = defaultCacheLimits } = options;
  const reportFetchFailure = options.reportFetchFailure ?? (() => undefined);
  const transportFor = (subgraph: string): Transport => {
    const transport = transports.get(subgraph);
    if (transport === undefined) throw new Error(`No transport reaches the subgraph ${subgraph}`);
    return transport;
  };

  const load: Generations['load'] = (generation, request) => {
    const { source, document = source, operationName = null } = request;
    const prepare = () => prepareOperation(generation.planner.schema, document, operationName, prepareOptions);
    return generation.operations.get(source, operationName, source.length, () => {
      const prepared = observer === undefined ? prepare() : observer.stage('prepare', prepare);
      const demands = prepared.kind === 'ready' ? (generation.rules?.demandsIn(prepared.document) ?? []) : [];
      const known = { variants: new Map(), pending: new Map(), uses: 0 };
      return { ...{ prepared, demands, ...known }, request: { source, operationName } };
    });
  };

  const compile: Generations['compile'] = ({ planner, isByRights }, { variants, pending }, prepared, decisions) => {
    const awaited = pending.get(decisions.key);
    if (awaited !== undefined) return awaited;
    const keep = (compiled: CompiledOperation) => {
      const [oldest] = variants.keys();
      if (variants.size >= maxVariants && oldest !== undefined) variants.delete(oldest);
      variants.set(decisions.key, { compiled, decisions });
      return compiled;
    };
    const deps = { planner, isByRights, transportFor, reportFetchFailure };
    const work = () => compileOperation(deps, prepared, decisions);
    const compiled = observer === undefined ? work() : observer.stage('plan', work);
    if (!(compiled instanceof Promise)) return keep(compiled);
    const coming = compiled.then(keep).finally(() => pending.delete(decisions.key));
    pending.set(decisions.key, coming);
    return coming;
  };

  const warmOne = async (from: Generation, to: Generation, operation: CachedOperation): Promise<void> => {
    const { prepared, request, demands, variants, uses } = operation;
    if (prepared.kind === 'refused') return;
    const again = load(to, { ...request, document: prepared.document });
    // What was asked long ago counts less with each reload.
    again.uses = Math.floor(uses / 2);
    if (again.prepared.kind === 'refused') return;
    for (const { decisions } of variants.values()) {
      const decided = decidedAgain(decisions, { ...from, demands }, { ...to, demands: again.demands });
      if (decided !== null) await compile(to, again, again.prepared, decided);
    }
  };

  return {
    ...{ load, compile },
    create(supergraphSdl) {
      const planner = createPlanner(supergraphSdl);
      for (const subgraph of planner.subgraphs) transportFor(subgraph);
      return {
        planner,
        isByRights: readByRights(supergraphSdl),
        rules: createAccessRules(supergraphSdl, planner.schema),
        overrideLabels: overrideLabelsIn(supergraphSdl),
        operations: createOperationCache<CachedOperation>(cacheLimits),
      };
    },
    warm: async (from, to) => {
      await forBusiest(from.operations.values(), options.warmLimits ?? defaultWarmLimits, (operation) =>
        warmOne(from, to, operation),
      );
    },
  };
}

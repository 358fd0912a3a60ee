import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { type DecisionOptions, decide } from '../plan/decisions.ts';
import type { OperationCacheLimits } from '../plan/operation-cache.ts';
import type { CreatePlanner } from '../plan/planner.ts';
import type { QueryPlan } from '../plan/query-plan.ts';
import { type Soon, whenReady } from '../plan/when-ready.ts';
import type { SubgraphAnswer, Transport } from '../transports/transport.ts';
import type { CompiledOperation } from './compiled-operation.ts';
import { inErrorOrder } from './error-order.ts';
import { createGenerations } from './generation.ts';
import { deferredPayloads, type IncrementalAnswer } from './incremental-answer.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import type { ReportFetchFailure } from './plan-context.ts';
import { createPlannedStream, type PlannedStream } from './planned-stream.ts';
import { asGraphQLError, type PreparedOperation, prepareOperation } from './prepared-operation.ts';
import { Run } from './run.ts';
import { coerceVariables } from './variables.ts';
import type { WarmLimits } from './warm-operations.ts';

export interface GraphRequest {
  readonly source: string;
  /** The parsed source, when the caller has it. */
  readonly document?: DocumentNode | undefined;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly scope: RequestScope;
}

export interface ExecutorOptions extends DecisionOptions {
  readonly supergraphSdl: string;
  readonly transports: ReadonlyMap<string, Transport>;
  readonly createPlanner?: CreatePlanner;
  /** Default 4,000. */
  readonly maxTokens?: number;
  /** Checked once per operation, in addition to the specification's. */
  readonly validationRules?: readonly ValidationRule[];
  /** Refusals name nothing of the schema that was not in the request; default false. */
  readonly hidesSuggestions?: boolean;
  /** Looks at each parsed document before validation does; throws an `AppError` to refuse it. */
  readonly checkDocument?: (document: DocumentNode) => void;
  readonly cacheLimits?: OperationCacheLimits;
  readonly reportFetchFailure?: ReportFetchFailure;
  readonly observer?: ExecutionObserver;
  /** What `replaceWhenWarm` makes ready; default: 200 operations, 3 seconds. */
  readonly warmLimits?: WarmLimits;
}

/** Told how operations are made ready; for measuring, and part of no answer. */
export interface ExecutionObserver {
  /** Runs one stage: reading and checking, or planning and compiling. Each happens once while it is remembered. */
  stage<Value>(stage: 'prepare' | 'plan', work: () => Value): Value;
  /** Called for each request that was not refused: whether its plan was at hand. */
  planned(isCached: boolean): void;
  /** Runs the completion of one event of a stream, as its subgraph sent it. */
  event(event: SubgraphAnswer, scope: RequestScope, work: () => Promise<ExecutionResult>): Promise<ExecutionResult>;
}

/** Answers operations on the whole graph from its subgraphs. */
export interface Executor {
  /** What clients see, of the supergraph in use now. */
  readonly schema: GraphQLSchema;
  /** Parses and validates as `execute` will, from the same cache: for limits that need the document. */
  prepare(request: Omit<GraphRequest, 'scope'>): PreparedOperation;
  /** Why `prepare` refuses a request, with suggestions, for those who may know the schema. */
  explainRefusal(request: Omit<GraphRequest, 'scope'>): readonly GraphQLError[];
  /** Answers a query or mutation. Never rejects: what goes wrong is in `errors`. */
  execute(request: GraphRequest): Promise<ExecutionResult>;
  /** The same, but what the client defers comes later, when it defers anything. */
  executeIncrementally(request: GraphRequest): Promise<ExecutionResult | IncrementalAnswer>;
  /** Plans a subscription, for whoever opens it; or says what refuses it. */
  planStream(request: GraphRequest): Soon<PlannedStream | ExecutionResult>;
  /** How the request would be answered; null when it is refused or asks for introspection only. */
  explain(request: Omit<GraphRequest, 'scope'>): Soon<QueryPlan | null>;
  /**
   * Serves all later requests from another supergraph; those under way end on the one they started on. Throws, and
   * changes nothing, when the SDL cannot be served.
   */
  replaceSupergraph(supergraphSdl: string): void;
  /**
   * The same, once the busiest operations of now are planned on it; the one before serves until then. Does nothing when
   * another has taken its place in the meantime. `replaced` is called at the moment of the change. Rejects when the SDL
   * cannot be served.
   */
  replaceWhenWarm(supergraphSdl: string, replaced: () => void): Promise<void>;
}

/** Builds the executor. Throws when the supergraph cannot be served or names a subgraph without a transport. */
export function createExecutor(options: ExecutorOptions): Executor {
  const { observer } = options;
  const prepareOptions = {
    maxTokens: options.maxTokens ?? 4_000,
    validationRules: options.validationRules ?? [],
    hidesSuggestions: options.hidesSuggestions ?? false,
    checkDocument: options.checkDocument ?? (() => undefined),
  };
  const generations = createGenerations(options, prepareOptions);
  let current = generations.create(options.supergraphSdl);

  /** The compiled operation and its variables, or the errors that refuse the request. */
  const start = (
    request: Omit<GraphRequest, 'scope'>,
    scope: RequestScope | null,
    mayDefer = false,
  ): Soon<Started | Refused> => {
    const generation = current;
    const cached = generations.load(generation, request);
    const { prepared, demands, variants } = cached;
    if (prepared.kind === 'refused') return { errors: prepared.errors };
    const { operation, conditionVariables, hasDefer } = prepared;
    const isDeferring = mayDefer && hasDefer;
    const coerced = coerceVariables(generation.planner.schema, prepared, request.variables ?? {});
    if ('errors' in coerced) return { errors: coerced.errors };
    const variables = coerced.values;
    const { rules, overrideLabels } = generation;
    const decisions = decide(
      { conditionVariables, rules, demands, overrideLabels, isDeferring },
      variables,
      scope,
      options,
    );
    cached.uses += 1;
    const known = variants.get(decisions.key);
    const isPlanned = known !== undefined;
    const isSubscription = operation.operation === 'subscription';
    const started = (compiled: CompiledOperation): Started => ({
      ...{ compiled, variables, isPlanned, isSubscription, decided: decisions.key },
    });
    return known === undefined
      ? whenReady(generations.compile(generation, cached, prepared, decisions), started)
      : started(known.compiled);
  };

  const streamOf = (started: Started | Refused, request: GraphRequest): PlannedStream | ExecutionResult => {
    if ('errors' in started) return started;
    observer?.planned(started.isPlanned);
    const { compiled, variables, isSubscription } = started;
    const answer = async (run: Run) => {
      await compiled.fetch(run);
      return resultOf(run, compiled);
    };
    if (compiled.stream !== null) {
      return createPlannedStream({
        stream: compiled.stream,
        observeEvent: observer?.event,
        operationKey: JSON.stringify([request.operationName ?? null, variables, started.decided, request.source]),
        variables,
        complete: answer,
      });
    }
    // Its only field is denied: nothing is opened, and the answer says why.
    if (isSubscription) return resultOf(new Run(request.scope, variables, {}), compiled);
    return { errors: [wrongKind('Only a subscription is answered as a stream')] };
  };

  return {
    get schema() {
      return current.planner.schema;
    },
    prepare: (request) => generations.load(current, request).prepared,
    explainRefusal(request) {
      const { source, operationName = null } = request;
      const prepared = prepareOptions.hidesSuggestions
        ? prepareOperation(current.planner.schema, source, operationName, {
            ...prepareOptions,
            hidesSuggestions: false,
          })
        : generations.load(current, request).prepared;
      return prepared.kind === 'refused' ? prepared.errors : [];
    },
    async execute(request) {
      try {
        const begun = start(request, request.scope);
        const started = begun instanceof Promise ? await begun : begun;
        if ('errors' in started) return started;
        observer?.planned(started.isPlanned);
        if (started.isSubscription) return { errors: [wrongKind('A subscription is answered as a stream')] };
        const { compiled, variables } = started;
        const run = new Run(request.scope, variables, compiled.introspect(variables));
        const pending = compiled.fetch(run);
        if (pending !== undefined) await pending;
        return resultOf(run, compiled);
      } catch (error) {
        return { errors: [asGraphQLError(error)] };
      }
    },
    async executeIncrementally(request) {
      try {
        const begun = start(request, request.scope, true);
        const started = begun instanceof Promise ? await begun : begun;
        if ('errors' in started) return started;
        observer?.planned(started.isPlanned);
        if (started.isSubscription) return { errors: [wrongKind('A subscription is answered as a stream')] };
        const { compiled, variables } = started;
        const run = new Run(request.scope, variables, compiled.introspect(variables));
        await compiled.fetch(run);
        const initial = resultOf(run, compiled);
        // Nothing can come for an answer that is null as a whole.
        if (compiled.parts.length === 0 || !isJsonObject(initial.data)) return initial;
        return { initial: { ...initial, hasNext: true }, rest: deferredPayloads(run, compiled, initial.data) };
      } catch (error) {
        return { errors: [asGraphQLError(error)] };
      }
    },
    planStream(request) {
      const refused = (error: unknown): ExecutionResult => ({ errors: [asGraphQLError(error)] });
      try {
        const planned = whenReady(start(request, request.scope), (started) => streamOf(started, request));
        return planned instanceof Promise ? planned.catch(refused) : planned;
      } catch (error) {
        return refused(error);
      }
    },
    explain: (request) =>
      whenReady(start(request, null), (started) => ('errors' in started ? null : started.compiled.plan)),
    replaceSupergraph(supergraphSdl) {
      current = generations.create(supergraphSdl);
    },
    async replaceWhenWarm(supergraphSdl, replaced) {
      const from = current;
      const to = generations.create(supergraphSdl);
      await generations.warm(from, to);
      if (current !== from) return;
      current = to;
      replaced();
    },
  };
}

interface Started {
  readonly compiled: CompiledOperation;
  readonly variables: JsonObject;
  /** Whether the plan was at hand. */
  readonly isPlanned: boolean;
  readonly isSubscription: boolean;
  /** What was decided for the viewer; equal for an equal plan. */
  readonly decided: string;
}

interface Refused {
  readonly errors: readonly GraphQLError[];
}

function resultOf(run: Run, compiled: CompiledOperation): ExecutionResult {
  const data = compiled.project(run.data, run);
  return run.errors.length === 0 ? { data } : { errors: inErrorOrder(run.errors), data };
}

function wrongKind(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_REQUEST' } });
}

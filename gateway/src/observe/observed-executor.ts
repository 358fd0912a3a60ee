import type { Tracing } from '@cauce/shared/tracing/tracing';
import type { ExecutionResult } from 'graphql';
import type { Executor, GraphRequest } from '../execute/executor.ts';
import type { IncrementalAnswer } from '../execute/incremental-answer.ts';
import { type Soon, whenReady } from '../plan/when-ready.ts';
import { describePlan } from './describe-plan.ts';
import type { FetchTimings } from './fetch-timings.ts';
import { hashOf, runObserved } from './observed-run.ts';
import type { OperationMetrics } from './operation-metrics.ts';
import type { MeasuredName } from './operation-names.ts';
import type { SlowOperations } from './slow-operations.ts';

export interface ObservedExecutorOptions {
  readonly metrics: OperationMetrics;
  readonly tracing: Tracing | null;
  readonly timings: FetchTimings;
  readonly slow: SlowOperations;
  readonly nameOf: MeasuredName;
}

/** Measures, traces and, when they are slow, logs the operations of an executor; it answers what that answers. */
export function observeExecutor(executor: Executor, options: ObservedExecutorOptions): Executor {
  const { metrics, timings, slow, nameOf } = options;

  const measured = async <Answer extends ExecutionResult | IncrementalAnswer>(
    request: GraphRequest,
    work: () => Promise<Answer>,
  ): Promise<Answer> => {
    const { kind, name } = identify(executor, request);
    const startedAt = performance.now();
    timings.begin(request.scope);
    metrics.started();
    const as = { kind, name, request, ...request.scope };
    const answer = await runObserved(options, as, work);
    // Of an answer in parts, the part that the client waits for.
    const result: ExecutionResult = 'rest' in answer ? answer.initial : answer;
    const durationMs = performance.now() - startedAt;
    const outcome = outcomeOf(result);
    metrics.ended(nameOf(name, request.scope.viewer), kind, outcome, durationMs / 1000, result.errors);
    if (slow.isSlow(durationMs)) {
      slow.report(hashOf(request), () => {
        const fetches = timings.of(request.scope);
        return whenReady(planOf(executor, request), (plan) => ({
          requestId: request.scope.requestId,
          ...{ kind, operation: name ?? 'anonymous', outcome, durationMs: Math.round(durationMs) },
          ...{ fetches, plan },
        }));
      });
    }
    return answer;
  };
  const execute: Executor['execute'] = (request) => measured(request, () => executor.execute(request));
  const executeIncrementally: Executor['executeIncrementally'] = (request) =>
    measured(request, () => executor.executeIncrementally(request));

  // On the executor itself, so that whatever else it offers is offered here.
  const observed: Executor = Object.create(executor);
  return Object.assign(observed, { execute, executeIncrementally });
}

/** From what the executor remembers of the text; an operation that it refuses has no kind. */
function identify(executor: Executor, request: GraphRequest): { readonly kind: string; readonly name: string | null } {
  const prepared = executor.prepare(request);
  if (prepared.kind === 'refused') return { kind: 'invalid', name: null };
  const { operation } = prepared;
  return { kind: operation.operation, name: operation.name?.value ?? null };
}

function outcomeOf({ data, errors }: ExecutionResult): string {
  if (errors === undefined || errors.length === 0) return 'ok';
  return data === undefined || data === null ? 'error' : 'partial';
}

function planOf(executor: Executor, request: GraphRequest): Soon<string> {
  return whenReady(executor.explain(request), (plan) => (plan === null ? 'no plan' : describePlan(plan)));
}

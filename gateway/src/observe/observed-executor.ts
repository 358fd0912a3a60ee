import { createHash } from 'node:crypto';
import { currentActivity, runAs } from '@cauce/shared/tracing/activity';
import type { Tracing } from '@cauce/shared/tracing/tracing';
import type { ExecutionResult } from 'graphql';
import type { Executor, GraphRequest } from '../execute/executor.ts';
import type { IncrementalAnswer } from '../execute/incremental-answer.ts';
import { describePlan } from './describe-plan.ts';
import type { FetchTimings } from './fetch-timings.ts';
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
  const { metrics, tracing, timings, slow, nameOf } = options;

  const measured = async <Answer extends ExecutionResult | IncrementalAnswer>(
    request: GraphRequest,
    work: () => Promise<Answer>,
  ): Promise<Answer> => {
    const { kind, name } = identify(executor, request);
    const startedAt = performance.now();
    timings.begin(request.scope);
    metrics.started();
    const answer = await run(request, kind, name, work);
    // Of an answer in parts, the part that the client waits for.
    const result: ExecutionResult = 'rest' in answer ? answer.initial : answer;
    const durationMs = performance.now() - startedAt;
    const outcome = outcomeOf(result);
    metrics.ended(nameOf(name, request.scope.viewer), kind, outcome, durationMs / 1000, result.errors);
    if (slow.isSlow(durationMs)) {
      slow.report(hashOf(request), () => ({
        requestId: request.scope.requestId,
        ...{ kind, operation: name ?? 'anonymous', outcome, durationMs: Math.round(durationMs) },
        fetches: timings.of(request.scope),
        plan: planOf(executor, request),
      }));
    }
    return answer;
  };
  const execute: Executor['execute'] = (request) => measured(request, () => executor.execute(request));
  const executeIncrementally: Executor['executeIncrementally'] = (request) =>
    measured(request, () => executor.executeIncrementally(request));
  const subscribe: Executor['subscribe'] = async (request) => {
    const { kind, name } = identify(executor, request);
    const opened = await run(request, kind, name, () => executor.subscribe(request));
    if (!(Symbol.asyncIterator in opened)) {
      metrics.refused(opened.errors);
      return opened;
    }
    return countEvents(opened, metrics.streamOpened(nameOf(name, request.scope.viewer)));
  };
  const run = <Value>(
    request: GraphRequest,
    kind: string,
    name: string | null,
    work: () => Promise<Value>,
  ): Promise<Value> => {
    const { requestId } = request.scope;
    if (tracing === null) {
      // Over a live connection no HTTP request stands around the operation.
      return currentActivity() === undefined ? runAs({ requestId, trace: null }, work) : work();
    }
    const attributes = {
      'graphql.operation.type': kind,
      ...(name === null ? {} : { 'graphql.operation.name': name }),
      'cauce.operation.hash': hashOf(request),
    };
    const role = currentActivity() === undefined ? 'server' : 'internal';
    return tracing.inSpan(`${kind} ${nameOf(name, request.scope.viewer)}`, { role, requestId, attributes }, work);
  };

  // On the executor itself, so that whatever else it offers is offered here.
  const observed: Executor = Object.create(executor);
  return Object.assign(observed, { execute, executeIncrementally, subscribe });
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

function hashOf({ source }: GraphRequest): string {
  return createHash('sha256').update(source).digest('hex').slice(0, 16);
}

function planOf(executor: Executor, request: GraphRequest): string {
  const plan = executor.explain(request);
  return plan === null ? 'no plan' : describePlan(plan);
}

interface StreamMetrics {
  delivered(): void;
  closed(): void;
}

/** The same events; how many passed and when the stream is over is counted beside them. */
function countEvents(
  stream: AsyncIterableIterator<ExecutionResult>,
  metrics: StreamMetrics,
): AsyncIterableIterator<ExecutionResult> {
  let isOpen = true;
  const close = () => {
    if (isOpen) metrics.closed();
    isOpen = false;
  };
  const counted: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const step = await stream.next();
      if (step.done === true) close();
      else metrics.delivered();
      return step;
    },
    async return() {
      close();
      return (await stream.return?.()) ?? { done: true, value: undefined };
    },
    async throw(error) {
      close();
      if (stream.throw === undefined) throw error;
      return stream.throw(error);
    },
    [Symbol.asyncIterator]: () => counted,
  };
  return counted;
}

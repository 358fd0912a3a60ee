import type { Deps } from '@cauce/shared/subgraph/deps';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { ExecutionObserver, Executor } from '../execute/executor.ts';
import type { StreamObserver } from '../streams/stream-observer.ts';
import { createObservedTransport } from '../transports/observed.ts';
import type { Transport } from '../transports/transport.ts';
import { createFetchTimings } from './fetch-timings.ts';
import { observeExecutor } from './observed-executor.ts';
import { observeStreams } from './observed-streams.ts';
import { createOperationMetrics } from './operation-metrics.ts';
import { createMeasuredNames } from './operation-names.ts';
import { createSlowOperations } from './slow-operations.ts';
import { traceDelivery } from './trace-delivery.ts';

export interface ObserverOptions {
  readonly deps: Pick<Deps, 'log' | 'metrics' | 'tracing'>;
  /** 0: none is slow. */
  readonly slowOperationMs: number;
  /** Names that operations are measured under. */
  readonly operationNames: ReadonlySet<string>;
}

/** All that looks at the gateway from outside: metrics, spans, the log of slow operations. */
export interface Observer {
  readonly execution: ExecutionObserver;
  transport(subgraph: string, inner: Transport): Transport;
  executor(inner: Executor): Executor;
  /** Counts the fetches of this work for the request that has begun it. */
  workBegins(work: RequestScope, request: RequestScope): void;
  readonly streams: StreamObserver;
}

export function createObserver({ deps, slowOperationMs, operationNames }: ObserverOptions): Observer {
  const { log, tracing } = deps;
  const timings = createFetchTimings();
  const metrics = createOperationMetrics(deps.metrics);
  const nameOf = createMeasuredNames(operationNames);
  const slow = createSlowOperations({ log, thresholdMs: slowOperationMs });
  const timed = <Value>(stage: string, work: () => Value): Value => {
    const startedAt = performance.now();
    const ended = () => metrics.stageSeconds(stage, (performance.now() - startedAt) / 1000);
    let isUnderWay = false;
    try {
      const value = work();
      isUnderWay = value instanceof Promise;
      if (value instanceof Promise) value.then(ended, ended);
      return value;
    } finally {
      if (!isUnderWay) ended();
    }
  };
  return {
    execution: {
      event: (event, { requestId }, work) =>
        tracing === null ? work() : traceDelivery(tracing, event, requestId, work),
      planned: metrics.planned,
      stage: (stage, work) => timed(stage, () => (tracing === null ? work() : tracing.inSpan(stage, {}, work))),
    },
    workBegins: timings.follow,
    transport: (subgraph, inner) =>
      createObservedTransport(inner, { subgraph, metrics: deps.metrics, tracing, timings }),
    executor: (inner) => observeExecutor(inner, { metrics, tracing, timings, slow, nameOf }),
    streams: observeStreams({ metrics, tracing, nameOf }),
  };
}

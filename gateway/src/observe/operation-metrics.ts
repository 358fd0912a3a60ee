import { errorCodes } from '@cauce/shared/errors/error-codes';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { GraphQLError } from 'graphql';

/** What is measured of operations and streams; label values come from closed sets only. */
export interface OperationMetrics {
  started(): void;
  ended(name: string, kind: string, outcome: string, seconds: number, errors: Errors): void;
  /** An operation that was not run. */
  refused(errors: Errors): void;
  streamOpened(name: string): { delivered(): void; closed(): void };
  planned(isCached: boolean): void;
  stageSeconds(stage: string, seconds: number): void;
}

type Errors = readonly GraphQLError[] | undefined;

export function createOperationMetrics(metrics: Metrics): OperationMetrics {
  let inFlight = 0;
  const openStreams = new Map<string, number>();
  const plans = (outcome: string) =>
    metrics.countOf('cauce_plan_cache_total', 'Requests by whether their plan was at hand', { outcome });
  const planHit = plans('hit');
  const planMiss = plans('miss');
  const durations = new Map<string, (seconds: number) => void>();
  metrics.gaugeFrom('cauce_operations_in_flight', 'Operations being answered now', [], () => [{ value: inFlight }]);
  metrics.gaugeFrom('cauce_live_streams', 'Subscriptions open now', ['operation'], () =>
    [...openStreams].map(([operation, value]) => ({ value, labels: { operation } })),
  );

  const countErrors = (errors: Errors) => {
    for (const { extensions } of errors ?? []) {
      metrics.count('cauce_operation_errors_total', 'Errors in answers, by code', { code: knownCode(extensions.code) });
    }
  };
  const add = (name: string, by: number) => openStreams.set(name, (openStreams.get(name) ?? 0) + by);
  return {
    started() {
      inFlight += 1;
    },
    ended(name, kind, outcome, seconds, errors) {
      inFlight -= 1;
      const key = `${kind} ${outcome} ${name}`;
      let observe = durations.get(key);
      if (observe === undefined) {
        const labels = { operation: name, kind, outcome };
        observe = metrics.secondsOf('cauce_operation_duration_seconds', 'From a read request to its answer', labels);
        durations.set(key, observe);
      }
      observe(seconds);
      if (errors !== undefined) countErrors(errors);
    },
    refused: countErrors,
    streamOpened(name) {
      add(name, 1);
      return {
        delivered: metrics.countOf('cauce_live_events_total', 'Events of subscriptions', { operation: name }),
        closed: () => add(name, -1),
      };
    },
    planned: (isCached) => (isCached ? planHit() : planMiss()),
    stageSeconds: (stage, seconds) =>
      metrics.observeSeconds('cauce_operation_stage_duration_seconds', 'Making an operation ready', seconds, { stage }),
  };
}

/** One of our codes; whatever else is a fault of ours. */
export function knownCode(code: unknown): string {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code) ? code : 'INTERNAL';
}

import { AppError } from '@cauce/shared/errors/app-error';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { Tracing } from '@cauce/shared/tracing/tracing';
import type { FetchTimings } from '../observe/fetch-timings.ts';
import type { SubgraphAnswer, SubgraphRequest, Transport } from './transport.ts';

export interface ObservedOptions {
  readonly subgraph: string;
  readonly metrics: Metrics;
  readonly tracing: Tracing | null;
  readonly timings: FetchTimings;
}

/** `ok`, `errors` when the subgraph answered with some, or the code with which no answer came. */
type Outcome = string;

/**
 * Measures what a subgraph's fetches take and how they end, and puts each under a span while tracing is on. It lies
 * around everything else that a transport is made of, so it sees what a plan waited for.
 */
export function createObservedTransport(inner: Transport, options: ObservedOptions): Transport {
  const { subgraph, metrics, tracing, timings } = options;
  const byOutcome = new Map<Outcome, (seconds: number) => void>();
  const observe = (outcome: Outcome, seconds: number) => {
    let observer = byOutcome.get(outcome);
    if (observer === undefined) {
      observer = metrics.secondsOf('cauce_subgraph_fetch_duration_seconds', 'Fetches from subgraphs', {
        subgraph,
        outcome,
      });
      byOutcome.set(outcome, observer);
    }
    observer(seconds);
  };
  const finish = (request: SubgraphRequest, scope: RequestScope, startedAt: number, outcome: Outcome) => {
    observe(outcome, (performance.now() - startedAt) / 1000);
    timings.add(scope, startedAt, {
      subgraph,
      path: request.path ?? '',
      entities: entitiesOf(request),
      outcome,
    });
  };
  const fetch = (request: SubgraphRequest, scope: RequestScope) => {
    const startedAt = performance.now();
    try {
      const answer = inner.execute(request, scope);
      if (!(answer instanceof Promise)) {
        finish(request, scope, startedAt, outcomeOf(answer));
        return answer;
      }
      return answer.then(
        (value) => {
          finish(request, scope, startedAt, outcomeOf(value));
          return value;
        },
        (error: unknown) => {
          finish(request, scope, startedAt, failureOf(error));
          throw error;
        },
      );
    } catch (error) {
      finish(request, scope, startedAt, failureOf(error));
      throw error;
    }
  };

  const execute: Transport['execute'] =
    tracing === null
      ? fetch
      : (request, scope) =>
          tracing.inSpan(`fetch ${subgraph}`, detailOf(subgraph, request, scope), (span) => {
            const answer = fetch(request, scope);
            const tell = ({ errors }: SubgraphAnswer) => span.setAttribute('cauce.errors', errors?.length ?? 0);
            if (answer instanceof Promise) answer.then(tell, () => undefined);
            else tell(answer);
            return answer;
          });
  const subscribe: Transport['subscribe'] =
    tracing === null
      ? (request, scope) => inner.subscribe(request, scope)
      : (request, scope) =>
          tracing.inSpan(`subscribe ${subgraph}`, detailOf(subgraph, request, scope), () =>
            inner.subscribe(request, scope),
          );
  return { ...inner, execute, subscribe };
}

function detailOf(subgraph: string, request: SubgraphRequest, scope: RequestScope) {
  return {
    role: 'client',
    requestId: scope.requestId,
    attributes: {
      'cauce.subgraph': subgraph,
      'cauce.path': request.path ?? '',
      'cauce.entities': entitiesOf(request),
      'graphql.operation.type': request.operationKind,
    },
  } as const;
}

/** Those of all the entity queries that one fetch holds; each has a variable of its own for them. */
function entitiesOf({ variables }: SubgraphRequest): number {
  let count = 0;
  for (const name in variables) {
    const value = name.startsWith('representations') ? variables[name] : null;
    if (Array.isArray(value)) count += value.length;
  }
  return count;
}

function outcomeOf({ errors }: SubgraphAnswer): Outcome {
  return errors === undefined || errors.length === 0 ? 'ok' : 'errors';
}

function failureOf(error: unknown): Outcome {
  return error instanceof AppError ? error.code : 'INTERNAL';
}

import { AppError } from '@cauce/shared/errors/app-error';
import { createCircuitBreakers } from '@cauce/shared/http/circuit-breakers';
import type { Log } from '@cauce/shared/log/log';
import type { Metrics } from '@cauce/shared/metrics/metrics';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { SubgraphAnswer, SubgraphRequest, Transport } from './transport.ts';

export interface CircuitBreakerDeps {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Requests in ten seconds before it can open. Default 20. */
  readonly volumeThreshold?: number;
  /** How long it stays open before one request may try. Default 3,000. */
  readonly resetMs?: number;
}

const stateNumbers = { close: 0, halfOpen: 1, open: 2 } as const;

/**
 * Leaves a subgraph alone for a while when half of what it was asked had no answer: its fields fail at once instead of
 * holding every operation until its time is up, and it is not asked more than it can take while it comes back. Answers
 * with errors are answers. A request that its own client ended says nothing about the subgraph. Streams pass.
 */
export function withCircuitBreaker(transport: Transport, subgraph: string, deps: CircuitBreakerDeps): Transport {
  const report = (state: keyof typeof stateNumbers) =>
    deps.metrics.gauge(
      'cauce_subgraph_breaker_state',
      'Whether a subgraph is asked: 0 yes, 1 one request tries, 2 no',
      stateNumbers[state],
      { subgraph },
    );
  const breakers = createCircuitBreakers<Call, SubgraphAnswer>({
    async action({ request, scope }) {
      try {
        return await transport.execute(request, scope);
      } catch (cause) {
        throw scope.signal.aborted ? new GivenUp('The client has left', { cause }) : cause;
      }
    },
    isOurFault: (error) => error instanceof GivenUp,
    onChange(_system, state) {
      report(state);
      deps.log.warn({ subgraph, state }, 'The circuit breaker of a subgraph changed');
    },
    volumeThreshold: deps.volumeThreshold ?? 20,
    resetMs: deps.resetMs ?? 3_000,
  });
  report('close');
  return {
    ...transport,
    async execute(request, scope) {
      try {
        return await breakers.call(subgraph, { request, scope });
      } catch (error) {
        if (error instanceof GivenUp) throw error.cause;
        if (!isOpen(error)) throw error;
        throw new AppError(
          'SUBGRAPH_UNAVAILABLE',
          `The ${subgraph} subgraph cannot be reached; try again in a moment`,
          {
            cause: error,
          },
        );
      }
    },
    async close() {
      breakers.close();
      await transport.close?.();
    },
  };
}

interface Call {
  readonly request: SubgraphRequest;
  readonly scope: RequestScope;
}

/** The failure of a request whose client had left. */
class GivenUp extends Error {}

function isOpen(error: unknown): boolean {
  return error instanceof AppError && error.detail.reason === 'CIRCUIT_OPEN';
}

import CircuitBreaker from 'opossum';
import { AppError } from '../errors/app-error.ts';

/** One breaker for each outside system, so that one that is down costs nobody a timeout each time. */
export interface CircuitBreakers<Request, Response> {
  /** Calls through the system's breaker; throws `AppError('UPSTREAM_UNAVAILABLE')` at once while it is open. */
  call(system: string, request: Request): Promise<Response>;
  close(): void;
}

export interface CircuitBreakerOptions<Request, Response> {
  readonly action: (request: Request) => Promise<Response>;
  /** Failures that say nothing about the system, such as the caller giving up. */
  readonly isOurFault: (error: unknown) => boolean;
  readonly onChange: (system: string, state: 'open' | 'halfOpen' | 'close') => void;
  /** Calls in ten seconds before it can open. Default 5. */
  readonly volumeThreshold?: number;
  /** How long it stays open before one call may try. Default 15 s. */
  readonly resetMs?: number;
}

export function createCircuitBreakers<Request, Response>(
  options: CircuitBreakerOptions<Request, Response>,
): CircuitBreakers<Request, Response> {
  const breakers = new Map<string, CircuitBreaker<[Request], Response>>();
  const breakerOf = (system: string): CircuitBreaker<[Request], Response> => {
    const known = breakers.get(system);
    if (known) return known;
    forgetOldest(breakers);
    const made = new CircuitBreaker(options.action, {
      timeout: false,
      errorThresholdPercentage: 50,
      volumeThreshold: options.volumeThreshold ?? 5,
      resetTimeout: options.resetMs ?? 15_000,
      rollingPercentilesEnabled: false,
      enableSnapshots: false,
      errorFilter: options.isOurFault,
    });
    for (const state of ['open', 'halfOpen', 'close'] as const) made.on(state, () => options.onChange(system, state));
    breakers.set(system, made);
    return made;
  };
  return {
    call: async (system, request) => {
      try {
        return await breakerOf(system).fire(request);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EOPENBREAKER')) throw error;
        throw new AppError('UPSTREAM_UNAVAILABLE', `${system} has failed too often and is left alone for a while`, {
          detail: { reason: 'CIRCUIT_OPEN' },
        });
      }
    },
    close: () => {
      for (const breaker of breakers.values()) breaker.shutdown();
      breakers.clear();
    },
  };
}

/** Systems can be hosts that users name; their number is theirs to choose, our memory is not. */
const breakerLimit = 1_000;

function forgetOldest(breakers: Map<string, { shutdown(): void }>): void {
  if (breakers.size < breakerLimit) return;
  for (const [system, breaker] of breakers) {
    breaker.shutdown();
    breakers.delete(system);
    return;
  }
}

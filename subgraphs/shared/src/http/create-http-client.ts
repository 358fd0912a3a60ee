import type { LookupFunction } from 'node:net';
import pRetry from 'p-retry';
import { Agent, type Dispatcher } from 'undici';
import { AppError } from '../errors/app-error.ts';
import type { Log } from '../log/log.ts';
import type { Metrics } from '../metrics/metrics.ts';
import { pause } from '../pause.ts';
import { type CircuitBreakerOptions, createCircuitBreakers } from './circuit-breakers.ts';
import { exchange } from './exchange.ts';
import type { HttpClient, HttpRequest, HttpResponse } from './http-client.ts';
import { createPublicAgent } from './public-agent.ts';
import { retryDelayMs } from './retry-after.ts';

export interface HttpClientOptions {
  readonly log: Log;
  readonly metrics: Metrics;
  /** Lets `isPublicOnly` requests reach private networks too: for the demo, tests and closed networks. */
  readonly isPrivateNetworkAllowed: boolean;
  /** Resolves names for `isPublicOnly` requests; the system's way by default. */
  readonly lookup?: LookupFunction;
  readonly breaker?: Pick<CircuitBreakerOptions<HttpRequest, HttpResponse>, 'volumeThreshold' | 'resetMs'>;
  /** First pause between tries, doubled each time. Default 250 ms. */
  readonly retryMs?: number;
}

/** Outbound HTTP over undici. Log lines and metrics name the system, method, host and status, never a path or a header. */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const openAgent = new Agent();
  const publicAgent = createPublicAgent(options.lookup);
  const dispatcherOf = (request: HttpRequest): Dispatcher =>
    request.isPublicOnly && !options.isPrivateNetworkAllowed ? publicAgent : openAgent;

  const breakers = createCircuitBreakers<HttpRequest, HttpResponse>({
    ...options.breaker,
    action: async (request) => {
      const response = await measured(request);
      if (response.status >= 500) throw new FailingAnswer(response);
      return response;
    },
    isOurFault: (error) =>
      error instanceof AppError && ['ABORTED', 'PRIVATE_ADDRESS', 'INVALID_URL'].includes(String(error.detail.reason)),
    onChange: (system, state) => options.log.warn({ system, state }, 'A circuit breaker changed'),
  });

  const measured = async (request: HttpRequest): Promise<HttpResponse> => {
    const startedAt = performance.now();
    const report = (outcome: string, host: string): void => {
      const tookMs = performance.now() - startedAt;
      // A system may name a host of a user's choice; what follows the colon is no label.
      const labels = { system: request.system.split(':')[0] ?? '', outcome };
      options.metrics.observeSeconds('cauce_http_out_seconds', 'Calls to outside systems', tookMs / 1000, labels);
      const line = { system: request.system, method: request.method, host, outcome, tookMs: Math.round(tookMs) };
      options.log.debug(line, 'Called an outside system');
    };
    try {
      const response = await exchange(request, dispatcherOf(request));
      report(String(response.status), hostOf(request.url));
      return response;
    } catch (error) {
      report(error instanceof AppError ? String(error.detail.reason) : 'ERROR', hostOf(request.url));
      throw error;
    }
  };

  const attempt = async (request: HttpRequest): Promise<HttpResponse> => {
    try {
      return await breakers.call(request.system, request);
    } catch (error) {
      if (error instanceof FailingAnswer) return error.response;
      throw error;
    }
  };

  return {
    request: async (request) => {
      const retries = request.retries ?? 0;
      let last: HttpResponse | null = null;
      try {
        return await pRetry(
          async () => {
            last = await attempt(request);
            if (isWorthRepeating(last.status)) throw new FailingAnswer(last);
            return last;
          },
          {
            retries,
            // Pauses are ours: an answer may say how long to wait.
            minTimeout: 0,
            ...(request.signal ? { signal: request.signal } : {}),
            shouldRetry: ({ error }) => error instanceof FailingAnswer || isPassing(error),
            onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
              const isPassed = error instanceof FailingAnswer || isPassing(error);
              if (retriesLeft === 0 || !isPassed) return;
              const response = error instanceof FailingAnswer ? error.response : null;
              await pause(retryDelayMs(response, attemptNumber, options.retryMs ?? 250), request.signal);
            },
          },
        );
      } catch (error) {
        if (error instanceof FailingAnswer) return error.response;
        if (error instanceof AppError) throw error;
        throw unavailable(request, 'ABORTED', error);
      }
    },
    close: async () => {
      breakers.close();
      await Promise.all([openAgent.destroy(), publicAgent.destroy()]);
    },
  };
}

/** An answer that speaks of a failure of the system; counted and repeated, and returned in the end. */
class FailingAnswer extends Error {
  readonly response: HttpResponse;

  constructor(response: HttpResponse) {
    super(`Answered with ${response.status}`);
    this.response = response;
  }
}

function isWorthRepeating(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501);
}

function isPassing(error: unknown): boolean {
  return error instanceof AppError && ['TIMEOUT', 'NETWORK'].includes(String(error.detail.reason));
}

function unavailable(request: HttpRequest, reason: string, cause: unknown): AppError {
  return new AppError('UPSTREAM_UNAVAILABLE', `${request.system} could not be reached`, { cause, detail: { reason } });
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'invalid';
}

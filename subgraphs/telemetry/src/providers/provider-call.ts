import type { Clock } from '@cauce/shared/clock';
import { AppError } from '@cauce/shared/errors/app-error';
import type { HttpClient, HttpResponse } from '@cauce/shared/http/http-client';
import { parseRetryAfter } from '@cauce/shared/http/retry-after';
import { redactText } from '@cauce/shared/log/redact-text';
import { pause } from '@cauce/shared/pause';
import { ProviderFailure } from './provider-failure.ts';

export interface ProviderRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

/** Asks one provider and reads its answers. */
export interface ProviderCall {
  /** The answer's JSON; rejects with `ProviderFailure` for anything else. */
  json(request: ProviderRequest): Promise<unknown>;
  /** How far the provider's clock is ahead of ours, by the `Date` of its last answer; null before. */
  clockSkewMs(): number | null;
}

export interface ProviderCallOptions {
  readonly http: HttpClient;
  readonly clock: Clock;
  readonly providerId: string;
  /** Everything that must never be repeated in a message, wherever the provider puts it. */
  readonly secrets: readonly string[];
  readonly timeoutMs: number;
  /** First pause before asking again, doubled for the next one. Default 250 ms. */
  readonly retryPauseMs?: number;
}

const tries = 3;
const answerBytes = 16 * 1024 * 1024;

/**
 * Calls over the shared HTTP client: public addresses only, one circuit breaker for each provider. What may pass in a
 * moment (5xx, a broken connection) is tried three times; a timeout is not, because it would cost the run another one;
 * a 429 is not, because it says when to come back.
 */
export function createProviderCall(options: ProviderCallOptions): ProviderCall {
  const { http, clock, providerId, timeoutMs, retryPauseMs = 250 } = options;
  const secrets = secretForms(options.secrets);
  let skewMs: number | null = null;

  const once = async ({ body, headers, ...request }: ProviderRequest): Promise<unknown> => {
    let response: HttpResponse;
    try {
      response = await http.request({
        ...request,
        system: `provider:${providerId}`,
        headers: { accept: 'application/json', ...(body === undefined ? {} : json), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        timeoutMs,
        maxResponseBytes: answerBytes,
        isPublicOnly: true,
      });
    } catch (error) {
      throw unreachable(error, request.signal);
    }
    const now = clock.now().getTime();
    const date = Date.parse(response.headers.date ?? '');
    if (!Number.isNaN(date)) skewMs = date - now;
    if (response.status < 200 || response.status > 299) throw refused(response, secrets, now);
    return parse(response.body);
  };

  return {
    clockSkewMs: () => skewMs,
    json: async (request) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await once(request);
        } catch (error) {
          const mayPass = error instanceof ProviderFailure && error.kind === 'UNAVAILABLE';
          if (!mayPass || attempt === tries || request.signal.aborted) throw error;
          await pause(retryPauseMs * 2 ** (attempt - 1), request.signal);
        }
      }
    },
  };
}

const json = { 'content-type': 'application/json' };

/** A text from a provider, short and without its secrets, fit for a message that people read. */
export function maskProviderText(text: string, secrets: readonly string[]): string {
  // Cut afterwards: half a secret would not be known for one.
  return redactText(text, secrets).slice(0, 200);
}

/** A secret may come back as it was sent, percent-encoded: longer ones first, so that none hides part of another. */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const forms = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  return [...new Set(forms)].filter((form) => form !== '').sort((a, b) => b.length - a.length);
}

function unreachable(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted || !(error instanceof AppError)) return error;
  switch (error.detail.reason) {
    case 'TIMEOUT':
      return new ProviderFailure('TIMEOUT', 'No answer in time');
    case 'CIRCUIT_OPEN':
      return new ProviderFailure('CIRCUIT_OPEN', 'Failed too often just now and is left alone for a while');
    case 'PRIVATE_ADDRESS':
      return new ProviderFailure('PRIVATE_ADDRESS', 'The address leads into a private network');
    case 'INVALID_URL':
      return new ProviderFailure('BAD_SETTINGS', 'The address is no http or https URL');
    case 'RESPONSE_TOO_LARGE':
      return new ProviderFailure('TOO_MANY', 'The answer is too large');
    default:
      return new ProviderFailure('UNAVAILABLE', 'No connection could be made, or it broke');
  }
}

function refused({ status, headers, body }: HttpResponse, secrets: readonly string[], now: number): ProviderFailure {
  const said = saidIn(body);
  const message = said === null ? `Answered ${status}` : `Answered ${status}: ${maskProviderText(said, secrets)}`;
  const asked = headers['retry-after'];
  const retryAfterMs = asked === undefined ? null : parseRetryAfter(asked, now);
  if (status === 401) return new ProviderFailure('UNAUTHORISED', message);
  if (status === 403) return new ProviderFailure('FORBIDDEN', message);
  if (status === 404) return new ProviderFailure('MISSING', message);
  if (status === 429 || (status === 503 && retryAfterMs !== null)) {
    return new ProviderFailure('RATE_LIMITED', message, retryAfterMs);
  }
  return new ProviderFailure(status >= 500 || status === 408 ? 'UNAVAILABLE' : 'REFUSED', message);
}

function saidIn(body: string): string | null {
  try {
    const answer: unknown = JSON.parse(body);
    if (typeof answer !== 'object' || answer === null || !('message' in answer)) return null;
    return typeof answer.message === 'string' ? answer.message : null;
  } catch {
    return null;
  }
}

/** The parser's own message would quote the body. */
function parse(body: string): unknown {
  if (body.trim() === '') throw new ProviderFailure('MALFORMED', 'The answer is empty');
  try {
    return JSON.parse(body);
  } catch {
    throw new ProviderFailure('MALFORMED', 'The answer is not JSON');
  }
}

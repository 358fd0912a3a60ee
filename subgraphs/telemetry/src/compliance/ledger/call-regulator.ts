import { AppError } from '@cauce/shared/errors/app-error';
import type { HttpClient, HttpResponse } from '@cauce/shared/http/http-client';
import { parseRetryAfter } from '@cauce/shared/http/retry-after';
import { redactText } from '@cauce/shared/log/redact-text';
import {
  type Answer,
  RegistrationProblem,
  type RegulatorClient,
  type RegulatorRequest,
} from '../regulators/regulator.ts';

export interface CallOptions {
  readonly http: HttpClient;
  /** The regulator's code, for its circuit breaker. */
  readonly system: string;
  readonly sessions: Sessions;
  readonly nowMs: number;
  /** Whether the slot may still be sent, asked last before the call: the sender may have slept. */
  readonly mayStillSend: () => boolean;
}

/** Headers of sessions by account, until they end. */
export type Sessions = Map<string, { readonly headers: Readonly<Record<string, string>>; readonly until: number }>;

export interface CallEnd {
  readonly answer: Answer;
  readonly httpStatus: number | null;
  /** For how long the regulator asks to be left alone, ms. */
  readonly pauseMs?: number | null;
}

/**
 * Makes the call of one attempt, once, and says what came of it. Whatever may have reached the regulator without an
 * answer that can be understood is a lost answer; NOT_SENT is only what cannot have reached it.
 */
export async function callRegulator(
  client: RegulatorClient,
  request: RegulatorRequest,
  options: CallOptions,
): Promise<CallEnd> {
  const { http, system, sessions, nowMs, mayStillSend } = options;
  let headers = request.headers;
  const { signIn } = client;
  if (signIn !== null) {
    const session = await openSession(client, options);
    if ('answer' in session) return session;
    headers = { ...headers, ...session.headers };
  }
  if (!mayStillSend()) return unsent('Held for too long before it was sent');
  try {
    const response = await http.request({ ...toHttp(system, request), headers });
    const answer = client.classify(response);
    if (answer.outcome === 'NOT_SENT' && signIn !== null) sessions.delete(signIn.key);
    return { answer, httpStatus: response.status, pauseMs: pauseOf(response, nowMs) };
  } catch (error) {
    return failed(error, 'LOST_ANSWER');
  }
}

/** Asks once for what the regulator holds; null when it could not be asked. */
export async function askRegulator(
  http: HttpClient,
  system: string,
  request: RegulatorRequest,
): Promise<HttpResponse | null> {
  try {
    return await http.request(toHttp(system, request));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** What a regulator said, short, and without the secrets that it may repeat: cut first, half of one would not be known. */
export function maskAnswer(answer: Answer, secrets: readonly string[]): Answer {
  return answer.error === null ? answer : { ...answer, error: redactText(answer.error, secrets).slice(0, 300) };
}

async function openSession(
  { signIn }: RegulatorClient,
  { http, system, sessions, nowMs }: CallOptions,
): Promise<{ readonly headers: Readonly<Record<string, string>> } | CallEnd> {
  if (signIn === null) return { headers: {} };
  try {
    const known = sessions.get(signIn.key);
    if (known !== undefined && known.until > nowMs) return known;
    const response = await http.request(toHttp(system, signIn.request()));
    const headers = signIn.read(response);
    if (headers !== null) {
      sessions.set(signIn.key, { headers, until: nowMs + signIn.lifetimeMs });
      return { headers };
    }
    // Trying a wrong password again and again gets an account blocked.
    const isRefused = [400, 401, 403].includes(response.status);
    const answer: Answer = { outcome: 'UNRECOVERABLE', voucher: null, error: 'The sign-in was refused' };
    if (isRefused) return { answer, httpStatus: response.status };
    return { ...unsent(`The sign-in answered ${response.status}`), pauseMs: pauseOf(response, nowMs) };
  } catch (error) {
    return failed(error, 'NOT_SENT');
  }
}

function pauseOf({ status, headers }: HttpResponse, nowMs: number): number | null {
  const asked = headers['retry-after'];
  return asked !== undefined && (status === 429 || status === 503) ? parseRetryAfter(asked, nowMs) : null;
}

const neverLeft = new Set<unknown>(['CIRCUIT_OPEN', 'PRIVATE_ADDRESS', 'INVALID_URL']);

function failed(error: unknown, outcome: 'LOST_ANSWER' | 'NOT_SENT'): CallEnd {
  if (error instanceof RegistrationProblem) return unsent(error.message);
  if (!(error instanceof AppError)) throw error;
  const { reason } = error.detail;
  if (neverLeft.has(reason)) return unsent(`Not sent: ${String(reason)}`);
  return { answer: { outcome, voucher: null, error: `No answer: ${String(reason)}` }, httpStatus: null };
}

function unsent(error: string): CallEnd {
  return { answer: { outcome: 'NOT_SENT', voucher: null, error }, httpStatus: null };
}

function toHttp(system: string, { method, url, headers, body, timeoutMs }: RegulatorRequest) {
  const content = body === null ? {} : { body };
  return { system, method, url, headers, timeoutMs, isPublicOnly: true, ...content };
}

import { type Dispatcher, request as undiciRequest } from 'undici';
import { AppError } from '../errors/app-error.ts';
import type { HttpFailure, HttpRequest, HttpResponse } from './http-client.ts';
import { PrivateAddressError } from './public-agent.ts';

/** One request and its whole answer, within time and size. Throws `AppError('UPSTREAM_UNAVAILABLE')` with the reason. */
export async function exchange(request: HttpRequest, dispatcher: Dispatcher): Promise<HttpResponse> {
  const url = parseUrl(request);
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, timeout]) : timeout;
  try {
    const answer = await undiciRequest(url, {
      method: request.method,
      // Compressed answers would be bounded before they are unpacked, and not after.
      headers: { 'user-agent': 'cauce', 'accept-encoding': 'identity', ...request.headers },
      body: request.body ?? null,
      dispatcher,
      signal,
    });
    const limit = request.maxResponseBytes ?? defaultLimit;
    return {
      status: answer.statusCode,
      headers: flatten(answer.headers),
      body: await readBody(answer.body, limit, request),
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw failure(request, reasonOf(error, request.signal, timeout), error);
  }
}

const defaultLimit = 1_048_576;

function parseUrl(request: HttpRequest): URL {
  const url = URL.canParse(request.url) ? new URL(request.url) : null;
  const isUsable =
    url !== null && ['http:', 'https:'].includes(url.protocol) && url.username === '' && url.password === '';
  if (!isUsable) throw failure(request, 'INVALID_URL', new Error('An http or https URL without credentials is needed'));
  return url;
}

async function readBody(body: Dispatcher.ResponseData['body'], limit: number, request: HttpRequest): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) {
      body.destroy();
      throw failure(request, 'RESPONSE_TOO_LARGE', new Error(`More than ${limit} bytes`));
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]),
  );
}

function reasonOf(error: unknown, caller: AbortSignal | undefined, timeout: AbortSignal): HttpFailure {
  if (caller?.aborted) return 'ABORTED';
  if (timeout.aborted) return 'TIMEOUT';
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof PrivateAddressError) return 'PRIVATE_ADDRESS';
    if ('code' in cause && /TIMEOUT|TIMEDOUT/.test(String(cause.code))) return 'TIMEOUT';
  }
  return 'NETWORK';
}

function failure(request: HttpRequest, reason: HttpFailure, cause: unknown): AppError {
  return new AppError('UPSTREAM_UNAVAILABLE', `${request.system} could not be reached`, { cause, detail: { reason } });
}

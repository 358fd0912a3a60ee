import type { HttpResponse } from './http-client.ts';

/**
 * How long to wait before the next try, in milliseconds: what the answer asks for in `Retry-After` (seconds or a date),
 * but at most half a minute, or else a doubling pause with jitter, so that many callers do not come back together.
 */
export function retryDelayMs(
  response: HttpResponse | null,
  attempt: number,
  firstMs: number,
  now = Date.now(),
): number {
  const asked = response?.headers['retry-after'];
  const askedMs = asked === undefined ? null : parseRetryAfter(asked, now);
  if (askedMs !== null) return Math.min(longestMs, askedMs);
  const exponential = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return exponential / 2 + Math.random() * (exponential / 2);
}

/** Longer waits belong to the job queue, not to a call that somebody waits for. */
const longestMs = 30_000;

/** What a `Retry-After` header asks for, ms; null when it is neither seconds nor a date. */
export function parseRetryAfter(text: string, now: number): number | null {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

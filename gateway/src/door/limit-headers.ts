import type { FormattedExecutionResult } from 'graphql';
import type { QuotaLeft } from '../limits/quota.ts';

/**
 * What an answer says of limits in its headers: `retry-after` of a refusal, and for API keys what the operation cost
 * (`x-operation-cost`, in units) and what their quota has left of this minute and of today (`RateLimit`, as the IETF's
 * draft has it).
 */
export function limitHeaders(
  { errors }: FormattedExecutionResult,
  quotaLeft: QuotaLeft | undefined,
): Readonly<Record<string, string>> {
  const waitSeconds = errors?.[0]?.extensions?.retryAfterSeconds;
  return {
    ...(typeof waitSeconds === 'number' ? { 'retry-after': String(waitSeconds) } : {}),
    ...(quotaLeft === undefined
      ? {}
      : {
          'x-operation-cost': String(quotaLeft.unitsCharged),
          'ratelimit-policy': `"minute";q=${quotaLeft.unitsPerMinute};w=60, "day";q=${quotaLeft.unitsPerDay};w=86400`,
          ratelimit: `"minute";r=${quotaLeft.unitsLeftThisMinute}, "day";r=${quotaLeft.unitsLeftToday}`,
        }),
  };
}

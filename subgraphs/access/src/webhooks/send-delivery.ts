import { AppError } from '@cauce/shared/errors/app-error';
import type { AccessDeps } from '../access-deps.ts';
import type { ClaimedDelivery } from './delivery.store.ts';
import { signDelivery } from './signature.ts';

/** What came of one try. `refused`: it must not be sent, now or later. */
export type SendOutcome =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string; readonly durationMs: number }
  | { readonly kind: 'unanswered'; readonly error: string; readonly durationMs: number }
  | { readonly kind: 'refused'; readonly error: typeof notAllowed };

/** The error of what must not be sent: rights have ended, or the webhook was turned off. */
export const notAllowed = 'NOT_ALLOWED';

const largestAnswerBytes = 64 * 1024;

/** Posts the signed body. Redirects are answers like any other: what is behind one was never agreed to. */
export async function sendDelivery(
  { http, clock, secretBox }: Pick<AccessDeps, 'http' | 'clock' | 'secretBox'>,
  { id, webhookId, url, topic, secretsEncrypted, body }: ClaimedDelivery,
  timeoutMs: number,
): Promise<SendOutcome> {
  const text = JSON.stringify(body);
  const secrets = secretsEncrypted.map((sealed) => secretBox.open(sealed, secretContext(webhookId)));
  const startedAtMs = performance.now();
  const durationMs = () => Math.round(performance.now() - startedAtMs);
  try {
    const answer = await http.request({
      // One breaker for each webhook: partners on one host do not pay for each other.
      system: `webhook:${webhookId}`,
      method: 'POST',
      url,
      headers: {
        'content-type': 'application/json',
        'cauce-event': topic,
        'cauce-delivery': id,
        'cauce-signature': signDelivery(secrets, text, clock.now()),
      },
      body: text,
      timeoutMs,
      maxResponseBytes: largestAnswerBytes,
      isPublicOnly: true,
    });
    return { kind: 'answered', status: answer.status, body: answer.body, durationMs: durationMs() };
  } catch (error) {
    // Only the reason: an inner message could say which address inside our network a name leads to.
    const reason = error instanceof AppError ? error.detail.reason : undefined;
    return { kind: 'unanswered', error: typeof reason === 'string' ? reason : 'INTERNAL', durationMs: durationMs() };
  }
}

/** What a sealed secret belongs to, so that it opens nowhere else. */
export function secretContext(webhookId: string): string {
  return `webhook:${webhookId}`;
}

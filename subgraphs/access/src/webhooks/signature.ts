import { createHmac } from 'node:crypto';

/**
 * The `Cauce-Signature` header: `t=<unix seconds>,v1=<HMAC-SHA256 of "t.body" in hex>`, with one `v1` for each secret
 * that is good at the moment, the newest first: while a secret is rotated there are two, and either proves the sender.
 * The time is signed with the body, so that who records a delivery cannot replay it later: receivers refuse what is
 * older than five minutes.
 * @param body exactly as it is sent
 */
export function signDelivery(secrets: readonly string[], body: string, at: Date): string {
  const unixSeconds = Math.floor(at.getTime() / 1000);
  const signatures = secrets.map((secret) =>
    createHmac('sha256', secret).update(`${unixSeconds}.${body}`).digest('hex'),
  );
  return [`t=${unixSeconds}`, ...signatures.map((mac) => `v1=${mac}`)].join(',');
}

import { createHmac } from 'node:crypto';

/**
 * The `Cauce-Signature` header: `t=<unix seconds>,v1=<HMAC-SHA256 of "t.body" in hex>`. The time is signed with the
 * body, so that who records a delivery cannot replay it later: receivers refuse what is older than five minutes.
 * @param body exactly as it is sent
 */
export function signDelivery(secret: string, body: string, at: Date): string {
  const unixSeconds = Math.floor(at.getTime() / 1000);
  const mac = createHmac('sha256', secret).update(`${unixSeconds}.${body}`).digest('hex');
  return `t=${unixSeconds},v1=${mac}`;
}

// A receiver that believes only what Cauce has signed. Needs nothing but Node 22.18 or newer:
//   CAUCE_WEBHOOK_SECRET=whsec_… node receive-webhook.ts
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

/** Whether a delivery is from Cauce and not older than five minutes. `body` is the raw text, exactly as it came. */
export function isGenuine(secret: string, signature: string, body: string, nowSeconds = Date.now() / 1000): boolean {
  const parts = signature.split(',').map((part) => part.trim().split('='));
  const time = parts.find(([name]) => name === 't')?.[1] ?? '';
  if (!(Math.abs(nowSeconds - Number(time)) <= 300)) return false;
  const expected = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  // While a secret is being rotated there are two signatures: either will do.
  return parts.some(
    ([name, mac = '']) =>
      name === 'v1' && mac.length === expected.length && timingSafeEqual(Buffer.from(mac), Buffer.from(expected)),
  );
}

const secret = process.env.CAUCE_WEBHOOK_SECRET ?? '';
const seen = new Set<string>();

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body = Buffer.concat(chunks).toString('utf8');
  if (!isGenuine(secret, String(request.headers['cauce-signature']), body)) {
    console.log('refused: the signature does not hold');
    return response.writeHead(401).end();
  }
  // Answer quickly, work later; what comes twice has the same id.
  const delivery = String(request.headers['cauce-delivery']);
  response.writeHead(204).end();
  if (seen.has(delivery)) return;
  seen.add(delivery);
  console.log(`verified: ${request.headers['cauce-event']} ${body}`);
});
server.listen(Number(process.env.PORT ?? 8787), () => console.log(`listening on ${JSON.stringify(server.address())}`));

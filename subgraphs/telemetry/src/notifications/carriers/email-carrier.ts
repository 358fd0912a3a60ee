import { createTransport } from 'nodemailer';
import type { Carrier, CarrierOutcome } from './carrier.ts';

export interface EmailSettings {
  /** `smtp://user:password@host:port`, or `smtps://` for TLS from the first byte. */
  readonly smtpUrl: string;
  /** Who it is from: `Cauce <avisos@cauce.example>`. */
  readonly from: string;
  /** For each step of the exchange, ms. */
  readonly timeoutMs?: number;
}

/** Sends e-mail by SMTP. The message's id is made of the delivery's, so that a second try shows as the same mail. */
export function createEmailCarrier({ smtpUrl, from, timeoutMs = 15_000 }: EmailSettings): Carrier {
  const url = new URL(smtpUrl);
  const transport = createTransport({
    host: url.hostname,
    port: Number(url.port || (url.protocol === 'smtps:' ? 465 : 587)),
    secure: url.protocol === 'smtps:',
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    // What is sent is text of ours; nothing of it may make the server read a file or fetch an address.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return {
    async send({ id, to, subject, body, event }) {
      try {
        await transport.sendMail({
          ...{ from, to: { name: '', address: to }, subject, text: body, messageId: `<${id}@cauce.invalid>` },
          headers: { 'X-Cauce-Event': event, 'Auto-Submitted': 'auto-generated' },
        });
        return { kind: 'sent' };
      } catch (error) {
        return failureOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** A server's 5xx is its last word on this message; anything else may pass. Its text may repeat the address: only the code is kept. */
function failureOf(error: unknown): CarrierOutcome {
  const code: unknown = Reflect.get(Object(error), 'responseCode');
  if (typeof code === 'number') return { kind: 'failed', error: `SMTP_${code}`, isFinal: code >= 500 };
  const reason: unknown = Reflect.get(Object(error), 'code');
  return { kind: 'failed', error: typeof reason === 'string' ? reason : 'INTERNAL', isFinal: false };
}

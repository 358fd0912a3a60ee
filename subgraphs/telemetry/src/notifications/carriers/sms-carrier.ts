import { AppError } from '@cauce/shared/errors/app-error';
import type { HttpClient } from '@cauce/shared/http/http-client';
import type { CarriedMessage, Carrier, CarrierOutcome } from './carrier.ts';

/** How a service that sends text messages is asked, as data. `{to}`, `{text}` and `{id}` stand for the message's. */
export interface SmsSettings {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly format: 'json' | 'form';
  readonly fields: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface TwilioAccount {
  readonly accountSid: string;
  readonly authToken: string;
  /** The number that it is sent from, E.164. */
  readonly from: string;
  /** For another region, or a test. */
  readonly baseUrl?: string;
}

/** Three parts of a text message that is joined again on the phone. */
const longestText = 459;

/** How Twilio is asked. */
export function twilioSettings({ accountSid, authToken, from, baseUrl }: TwilioAccount): SmsSettings {
  const credentials = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
  return {
    url: `${baseUrl ?? 'https://api.twilio.com'}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}/Messages.json`,
    headers: { authorization: `Basic ${credentials}` },
    format: 'form',
    fields: { To: '{to}', From: from, Body: '{text}' },
  };
}

/** Sends text messages through any service that takes them by an HTTP POST. */
export function createSmsCarrier(settings: SmsSettings, http: HttpClient): Carrier {
  return {
    async send(message) {
      const fields = Object.fromEntries(
        Object.entries(settings.fields).map(([name, template]) => [name, filled(template, message)]),
      );
      try {
        const { status } = await http.request({
          ...{ system: 'sms', method: 'POST', url: settings.url, timeoutMs: settings.timeoutMs ?? 10_000 },
          headers: {
            ...settings.headers,
            'content-type':
              settings.format === 'json' ? 'application/json' : 'application/x-www-form-urlencoded;charset=UTF-8',
            'idempotency-key': message.id,
          },
          body: settings.format === 'json' ? JSON.stringify(fields) : new URLSearchParams(fields).toString(),
        });
        return outcomeOf(status);
      } catch (error) {
        return unanswered(error);
      }
    },
    close: () => {},
  };
}

/** What an answer means: taken, refused for good, or worth another try. */
export function outcomeOf(status: number): CarrierOutcome {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  const mayPass = status === 408 || status === 425 || status === 429 || status >= 500;
  return { kind: 'failed', error: `HTTP_${status}`, isFinal: !mayPass };
}

/** Only the reason: an inner message could hold a URL with a token in it. */
export function unanswered(error: unknown): CarrierOutcome {
  const reason = error instanceof AppError ? error.detail.reason : undefined;
  return { kind: 'failed', error: typeof reason === 'string' ? reason : 'INTERNAL', isFinal: false };
}

function filled(template: string, { to, id, subject, body }: CarriedMessage): string {
  const text = `${subject}\n${body}`.slice(0, longestText);
  return template.replaceAll(/\{(to|text|id)\}/g, (_whole, name: string) => ({ to, text, id })[name] ?? '');
}

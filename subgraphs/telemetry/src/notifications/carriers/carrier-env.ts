import { z } from 'zod';
import type { CarrierSettings } from './create-carriers.ts';
import { type SmsSettings, twilioSettings } from './sms-carrier.ts';

const record = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'must be JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.string()));

/** Settings of e-mail and text messages; each is off unless its first one is given. */
export const carrierVariables = {
  TELEMETRY_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  TELEMETRY_MAIL_FROM: z.string().trim().min(3).default('Cauce <avisos@cauce.invalid>'),
  TELEMETRY_SMS_URL: z.url({ protocol: /^https?$/ }).optional(),
  TELEMETRY_SMS_HEADERS: record.default({}),
  TELEMETRY_SMS_FORMAT: z.enum(['json', 'form']).default('json'),
  TELEMETRY_SMS_FIELDS: record.default({ to: '{to}', text: '{text}' }),
  TELEMETRY_TWILIO_ACCOUNT_SID: z.string().trim().min(1).optional(),
  TELEMETRY_TWILIO_AUTH_TOKEN: z.string().trim().min(1).optional(),
  TELEMETRY_TWILIO_FROM: z.string().trim().min(1).optional(),
};

type CarrierVariables = z.output<z.ZodObject<typeof carrierVariables>>;

/** Which carriers there are. Twilio goes before a described service. */
export function carrierSettings(env: CarrierVariables): CarrierSettings {
  const { TELEMETRY_SMTP_URL: smtpUrl, TELEMETRY_MAIL_FROM: from } = env;
  return { email: smtpUrl === undefined ? null : { smtpUrl, from }, sms: twilio(env) ?? described(env) };
}

function twilio(env: CarrierVariables): SmsSettings | null {
  const accountSid = env.TELEMETRY_TWILIO_ACCOUNT_SID;
  const authToken = env.TELEMETRY_TWILIO_AUTH_TOKEN;
  const from = env.TELEMETRY_TWILIO_FROM;
  return accountSid === undefined || authToken === undefined || from === undefined
    ? null
    : twilioSettings({ accountSid, authToken, from });
}

function described(env: CarrierVariables): SmsSettings | null {
  const url = env.TELEMETRY_SMS_URL;
  if (url === undefined) return null;
  const { TELEMETRY_SMS_HEADERS: headers, TELEMETRY_SMS_FORMAT: format, TELEMETRY_SMS_FIELDS: fields } = env;
  return { url, headers, format, fields };
}

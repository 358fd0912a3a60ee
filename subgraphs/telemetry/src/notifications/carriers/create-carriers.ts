import type { HttpClient } from '@cauce/shared/http/http-client';
import type { NotificationChannel } from '../notification.ts';
import type { Carrier } from './carrier.ts';
import { createEmailCarrier, type EmailSettings } from './email-carrier.ts';
import { createHookCarrier } from './hook-carrier.ts';
import { createSmsCarrier, type SmsSettings } from './sms-carrier.ts';

export interface CarrierSettings {
  readonly email: EmailSettings | null;
  readonly sms: SmsSettings | null;
}

/** Who carries what. A channel without a carrier keeps its messages to be read in the log. */
export type Carriers = Readonly<Record<NotificationChannel, Carrier | null>>;

export function createCarriers({ email, sms }: CarrierSettings, http: HttpClient): Carriers {
  return {
    EMAIL: email === null ? null : createEmailCarrier(email),
    SMS: sms === null ? null : createSmsCarrier(sms, http),
    WEBHOOK: createHookCarrier(http),
  };
}

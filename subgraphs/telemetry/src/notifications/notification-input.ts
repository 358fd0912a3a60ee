import { isTimeZone } from '@cauce/shared/time-zone';
import { z } from 'zod';
import { alertSeverities } from '../alerts/alert.ts';
import { languages, notificationChannels, notificationDigests, notificationEvents } from './notification.ts';

const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^\P{C}*$/u, 'must hold no control characters');

const minute = z.int().min(0).max(1_439).nullish();

const zone = text(64).refine(isTimeZone, 'must be an IANA time zone');

export const saveRecipientSchema = z
  .object({
    id: z.uuid().nullish(),
    companyId: z.uuid().nullish(),
    name: text(120),
    language: z.enum(languages).nullish(),
    email: z.email().max(254).toLowerCase().nullish(),
    phone: z
      .string()
      .trim()
      .regex(/^\+[1-9][0-9]{6,14}$/, 'must be in E.164: +56900000000')
      .nullish(),
    webhookUrl: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .nullish(),
    timeZone: zone.nullish(),
    quietFromMinute: minute,
    quietToMinute: minute,
    digest: z.enum(notificationDigests).nullish(),
    isActive: z.boolean().nullish(),
  })
  .refine(
    ({ quietFromMinute: from, quietToMinute: to }) => (from == null) === (to == null) && (from == null || from !== to),
    {
      path: ['quietToMinute'],
      message: 'give both ends of the quiet hours, and not the same',
    },
  );

/** The events that a rule can be for; a test goes to whom it is sent. */
export const ruleEvents = notificationEvents.filter((event) => event !== 'TEST');

export const saveNotificationRuleSchema = z.object({
  id: z.uuid().nullish(),
  companyId: z.uuid().nullish(),
  siteId: z.uuid().nullish(),
  pointId: z.uuid().nullish(),
  name: text(120),
  minimumSeverity: z.enum(alertSeverities).nullish(),
  events: z.array(z.enum(ruleEvents)).min(1),
  channels: z.array(z.enum(notificationChannels)).min(1),
  recipientIds: z.array(z.uuid()).min(1).max(100),
  isActive: z.boolean().nullish(),
});

export type SaveRecipientInput = z.output<typeof saveRecipientSchema>;
export type SaveNotificationRuleInput = z.output<typeof saveNotificationRuleSchema>;

import { Conflict, NotFound, ValidationFailed } from '@cauce/shared/errors/outcomes';
import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { addNotificationTypes, type NotificationRefs } from './notification-types.schema.ts';

/** Addresses are personal: who may not change them does not read them. */
const authScopes = { permission: 'telemetry:write' } as const;

/** Adds the queries and mutations of who is told of what. */
export function addNotifications(builder: TelemetryBuilder, refs: TelemetryRefs): void {
  const own = addNotificationTypes(builder, refs);
  addQueries(builder, own);
  addSaving(builder, refs, own);
  addSending(builder, own);
}

function addQueries(
  builder: TelemetryBuilder,
  { recipient, rule, delivery, status, channel, event }: NotificationRefs,
) {
  const filter = builder.inputType('NotificationDeliveryFilter', {
    description: 'Which messages; everything that is given must hold.',
    fields: (t) => ({
      statuses: t.field({ type: [status], required: false, description: 'In one of these states.' }),
      channels: t.field({ type: [channel], required: false, description: 'Over one of these ways.' }),
      events: t.field({ type: [event], required: false, description: 'About one of these.' }),
      alertIds: t.idList({ required: false, description: 'About one of these alerts.' }),
    }),
  });
  builder.queryFields((t) => ({
    notificationRecipients: t.field({
      type: [recipient],
      authScopes,
      description: 'Who can be told of what happens at points within reach, by name.',
      resolve: async (_root, _args, { services }) => [...(await services.notifications.recipients())],
    }),
    notificationRules: t.field({
      type: [rule],
      authScopes,
      description: 'What is told to whom, by name.',
      resolve: async (_root, _args, { services }) => [...(await services.notifications.rules())],
    }),
    notificationDeliveries: t.connection(
      {
        type: delivery,
        authScopes,
        description: 'What was told and what waits to be, newest first.',
        args: { filter: t.arg({ type: filter, required: false, description: 'Which; all if left out.' }) },
        resolve: (_root, { filter: given, ...page }, { services }) =>
          services.notifications.log.page(given ?? {}, page),
      },
      { name: 'NotificationDeliveryConnection', description: 'A page of messages.' },
      { name: 'NotificationDeliveryEdge', description: 'A message in a page.' },
    ),
  }));
}

function addSaving(
  builder: TelemetryBuilder,
  { severity }: TelemetryRefs,
  { recipient, rule, event, channel, digest, language }: NotificationRefs,
) {
  const recipientInput = builder.inputType('SaveNotificationRecipientInput', {
    description: 'A recipient, new or changed.',
    fields: (t) => ({
      id: t.id({ required: false, description: 'The recipient to change; a new one if left out.' }),
      companyId: t.id({ required: false, description: 'Whose it is; needed for a new one.' }),
      name: t.string({ description: 'Name, unique in the company, 120 characters at most.' }),
      language: t.field({ type: language, required: false, description: 'Spanish if new.' }),
      email: t.string({ required: false, description: 'E-mail address; none if left out.' }),
      phone: t.string({ required: false, description: 'Phone number, E.164: `+56900000000`; none if left out.' }),
      webhookUrl: t.string({
        required: false,
        description:
          'Incoming hook of a team chat, kept encrypted and never shown. Stays if left out, null removes it.',
      }),
      timeZone: t.string({ required: false, description: 'IANA zone; `America/Santiago` if new.' }),
      quietFromMinute: t.int({
        required: false,
        description: 'Quiet hours begin, minutes after midnight; none if left out.',
      }),
      quietToMinute: t.int({
        required: false,
        description: 'Quiet hours end, minutes after midnight; may pass midnight.',
      }),
      digest: t.field({ type: digest, required: false, description: 'IMMEDIATE if new.' }),
      isActive: t.boolean({ required: false, description: 'Whether anything is sent; yes if new.' }),
    }),
  });
  const ruleInput = builder.inputType('SaveNotificationRuleInput', {
    description: 'What is told to whom, new or changed.',
    fields: (t) => ({
      id: t.id({ required: false, description: 'The rule to change; a new one if left out.' }),
      companyId: t.id({ required: false, description: 'Whose it is; needed for a new one.' }),
      siteId: t.id({ required: false, description: 'Only this site; all if left out.' }),
      pointId: t.id({ required: false, description: 'Only this point; all if left out.' }),
      name: t.string({ description: 'Name, unique in the company, 120 characters at most.' }),
      minimumSeverity: t.field({ type: severity, required: false, description: 'WARNING if new.' }),
      events: t.field({ type: [event], description: 'What is told; not TEST.' }),
      channels: t.field({ type: [channel], description: 'Over which ways.' }),
      recipientIds: t.idList({ description: 'To whom; others are dropped.' }),
      isActive: t.boolean({ required: false, description: 'Whether it holds; yes if new.' }),
    }),
  });
  builder.mutationFields((t) => ({
    saveNotificationRecipient: t.field({
      type: recipient,
      authScopes,
      description: 'Registers who can be told, or changes them.',
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'SaveNotificationRecipientResult' } },
      args: { input: t.arg({ type: recipientInput, description: 'The recipient.' }) },
      resolve: (_root, { input }, { services }) => services.notifications.saving.saveRecipient(input),
    }),
    saveNotificationRule: t.field({
      type: rule,
      authScopes,
      description: 'Says what is told to whom.',
      errors: { types: [NotFound, Conflict, ValidationFailed], union: { name: 'SaveNotificationRuleResult' } },
      args: { input: t.arg({ type: ruleInput, description: 'The rule.' }) },
      resolve: (_root, { input }, { services }) => services.notifications.saving.saveRule(input),
    }),
    deleteNotificationRecipient: t.field({
      type: recipient,
      authScopes,
      description: 'Removes a recipient from every rule; what they were told stays in the log.',
      errors: { types: [NotFound, Conflict], union: { name: 'DeleteNotificationRecipientResult' } },
      args: { id: t.arg.id({ description: 'The recipient.' }) },
      resolve: (_root, { id }, { services }) => services.notifications.saving.deleteRecipient(id),
    }),
    deleteNotificationRule: t.field({
      type: rule,
      authScopes,
      description: 'Removes a rule; what it told stays in the log.',
      errors: { types: [NotFound, Conflict], union: { name: 'DeleteNotificationRuleResult' } },
      args: { id: t.arg.id({ description: 'The rule.' }) },
      resolve: (_root, { id }, { services }) => services.notifications.saving.deleteRule(id),
    }),
  }));
}

function addSending(builder: TelemetryBuilder, { delivery, channel }: NotificationRefs) {
  builder.mutationFields((t) => ({
    testNotification: t.field({
      type: delivery,
      authScopes,
      description: 'Sends a message to try an address out; its state tells soon what came of it.',
      errors: { types: [NotFound, Conflict], union: { name: 'TestNotificationResult' } },
      args: {
        recipientId: t.arg.id({ description: 'To whom.' }),
        channel: t.arg({ type: channel, description: 'Over which way.' }),
      },
      resolve: (_root, args, { services }) => services.notifications.log.test(args.recipientId, args.channel),
    }),
    retryNotification: t.field({
      type: delivery,
      authScopes,
      description: 'Sends again what failed, was kept or was held back.',
      errors: { types: [NotFound, Conflict], union: { name: 'RetryNotificationResult' } },
      args: { id: t.arg.id({ description: 'The message.' }) },
      resolve: (_root, { id }, { services }) => services.notifications.log.retry(id),
    }),
  }));
}

import type { TelemetryRefs } from '../refs.ts';
import type { TelemetryBuilder } from '../services.ts';
import { notificationChannels, notificationDigests, notificationEvents, notificationStatuses } from './notification.ts';
import type { DeliveryView, NotificationRuleView, RecipientView } from './notifications.store.ts';

export type NotificationRefs = ReturnType<typeof addNotificationTypes>;

/** Adds the types of who is told of what, and what was told. */
export function addNotificationTypes(
  builder: TelemetryBuilder,
  { company, site, point, alert, severity, language }: TelemetryRefs,
) {
  const event = builder.enumType('NotificationEvent', {
    description:
      'What people are told of. COMPLIANCE_REPORT: what was owed to regulators yesterday, at 07:00 in the points’ zone. DAILY_SUMMARY: yesterday, at 08:00 in the points’ zone. TEST: somebody tries it out.',
    values: notificationEvents,
  });
  const channel = builder.enumType('NotificationChannel', {
    description: 'The way there. SMS: a text message. WEBHOOK: an incoming hook of a team chat.',
    values: notificationChannels,
  });
  const status = builder.enumType('NotificationStatus', {
    description:
      'PENDING waits for its time or its next try. FAILED was given up. SUPPRESSED: the episode was over before it was told. KEPT: no carrier is set up for the channel, it is read here.',
    values: notificationStatuses,
  });
  const digest = builder.enumType('NotificationDigest', {
    description:
      'IMMEDIATE: each message by itself. HOURLY, DAILY: together, at the full hour or at 08:00. What is critical never waits.',
    values: notificationDigests,
  });

  const recipient = builder.objectRef<RecipientView>('NotificationRecipient').implement({
    description: 'Who is told, and how: a person, a shift, or a channel of a team.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      company: t.field({ type: company, description: 'Whose it is.', resolve: ({ companyId }) => ({ id: companyId }) }),
      name: t.exposeString('name', { description: 'Name, unique in the company.' }),
      language: t.expose('language', { type: language, description: 'Language of the messages.' }),
      email: t.exposeString('email', { nullable: true, description: 'E-mail address.' }),
      phone: t.exposeString('phone', { nullable: true, description: 'Phone number, E.164.' }),
      hasWebhook: t.exposeBoolean('hasWebhook', { description: 'Whether a hook is set; its URL is never shown.' }),
      timeZone: t.exposeString('timeZone', { description: 'IANA zone of quiet hours and digests.' }),
      quietFromMinute: t.exposeInt('quietFromMinute', {
        nullable: true,
        description: 'Quiet hours begin so many minutes after midnight; only what is critical goes out in them.',
      }),
      quietToMinute: t.exposeInt('quietToMinute', {
        nullable: true,
        description: 'Quiet hours end, minutes after midnight.',
      }),
      digest: t.expose('digest', { type: digest, description: 'Whether messages are gathered.' }),
      isActive: t.exposeBoolean('isActive', { description: 'Whether anything is sent.' }),
    }),
  });
  const rule = builder.objectRef<NotificationRuleView>('NotificationRule').implement({
    description: 'What of a company, a site or a point is told to whom.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id.' }),
      company: t.field({ type: company, description: 'Whose it is.', resolve: ({ companyId }) => ({ id: companyId }) }),
      site: t.field({
        type: site,
        nullable: true,
        description: 'Only this site; null for all.',
        resolve: ({ siteId }) => (siteId === null ? null : { id: siteId }),
      }),
      point: t.field({
        type: point,
        nullable: true,
        description: 'Only this point; null for all.',
        resolve: ({ pointId }, _args, { services }) => (pointId === null ? null : services.points.byId(pointId)),
      }),
      name: t.exposeString('name', { description: 'Name, unique in the company.' }),
      minimumSeverity: t.expose('minimumSeverity', { type: severity, description: 'Alerts below it are not told.' }),
      events: t.field({ type: [event], description: 'What is told.', resolve: ({ events }) => events }),
      channels: t.field({
        type: [channel],
        description: 'Over which ways, as far as a recipient has them.',
        resolve: ({ channels }) => notificationChannels.filter((one) => channels.includes(one)),
      }),
      recipients: t.field({ type: [recipient], description: 'To whom.', resolve: ({ recipients }) => [...recipients] }),
      isActive: t.exposeBoolean('isActive', { description: 'Whether it holds.' }),
    }),
  });
  const delivery = builder.objectRef<DeliveryView>('NotificationDelivery').implement({
    description: 'One message to one recipient over one channel.',
    fields: (t) => ({
      id: t.exposeID('id', { description: 'Opaque id; in the message’s own id too.' }),
      event: t.expose('event', { type: event, description: 'What it tells of.' }),
      channel: t.field({
        type: channel,
        nullable: true,
        description: 'The way it took; null for one that is not offered any more.',
        resolve: (row) => notificationChannels.find((one) => one === row.channel) ?? null,
      }),
      recipientName: t.string({
        nullable: true,
        description: 'Who it is for; null when they were removed.',
        resolve: (row) => row.recipient?.name ?? null,
      }),
      address: t.exposeString('address', { description: 'Where it went; `webhook` for a hook.' }),
      status: t.expose('status', { type: status, description: 'What became of it.' }),
      subject: t.exposeString('subject', { description: 'First line.' }),
      body: t.exposeString('body', { description: 'The rest, plain text.' }),
      attempts: t.exposeInt('attempts', { description: 'Tries so far.' }),
      nextAttemptAt: t.expose('nextAttemptAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it is due; null when it has ended.',
      }),
      error: t.exposeString('error', {
        nullable: true,
        description: 'Stable code of the last failure: `SMTP_550`, `HTTP_429`, `TIMEOUT`.',
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was planned.' }),
      sentAt: t.expose('sentAt', {
        type: 'DateTime',
        nullable: true,
        description: 'When it was taken by the carrier, or kept.',
      }),
      alert: t.field({
        type: alert,
        nullable: true,
        description: 'The alert that it tells of.',
        resolve: ({ alertId }, _args, { services }) => (alertId === null ? null : services.alerts.byId(alertId)),
      }),
    }),
  });
  return { event, channel, status, digest, language, recipient, rule, delivery };
}

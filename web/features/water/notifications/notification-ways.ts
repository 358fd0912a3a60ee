import type { NotificationChannel, NotificationRecipientRowFragment } from '../../../graphql/generated/graphql.ts';

export const channels = ['EMAIL', 'SMS', 'WEBHOOK'] as const satisfies readonly NotificationChannel[];

/** Over which ways a recipient can be reached. */
export function waysOf({
  email,
  phone,
  hasWebhook,
}: Pick<NotificationRecipientRowFragment, 'email' | 'phone' | 'hasWebhook'>): readonly NotificationChannel[] {
  const has = { EMAIL: email !== null, SMS: phone !== null, WEBHOOK: hasWebhook };
  return channels.filter((way) => has[way]);
}

/** `22:30` of minutes after midnight; empty for none. */
export function clockOf(minute: number | null): string {
  if (minute === null) return '';
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** Minutes after midnight of `22:30`; null for what is no time. */
export function minuteOf(clock: string): number | null {
  const [hours, minutes] = clock.split(':').map(Number);
  return clock === '' || hours === undefined || minutes === undefined ? null : hours * 60 + minutes;
}

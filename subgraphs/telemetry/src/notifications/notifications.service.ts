import { createNotificationLog, type NotificationLog, type NotificationLogDeps } from './notification-log.service.ts';
import {
  createNotificationSaving,
  type NotificationSaving,
  type NotificationSavingDeps,
} from './notification-saving.service.ts';
import { type NotificationRuleView, type RecipientView, readRecipients, readRules } from './notifications.store.ts';

/** Who is told of what, as far as one viewer may see and change it. */
export interface Notifications {
  readonly saving: NotificationSaving;
  readonly log: NotificationLog;
  recipients(): Promise<readonly RecipientView[]>;
  rules(): Promise<readonly NotificationRuleView[]>;
}

export function createNotifications(deps: NotificationSavingDeps & NotificationLogDeps): Notifications {
  return {
    saving: createNotificationSaving(deps),
    log: createNotificationLog(deps),
    recipients: () => readRecipients(deps.client),
    rules: () => readRules(deps.client, deps.actor.viewer),
  };
}

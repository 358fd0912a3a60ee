import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import type { Clock } from '@cauce/shared/clock';
import { type ScopedClient, unscoped } from '@cauce/shared/db/scoped-client';
import { Conflict, NotFound } from '@cauce/shared/errors/outcomes';
import type { JobQueue } from '@cauce/shared/jobs/job-queue';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import { testText } from './message-text.ts';
import type { NotificationChannel } from './notification.ts';
import {
  countDeliveries,
  type DeliveryFilter,
  type DeliveryView,
  findDelivery,
  findRecipient,
  pageDeliveries,
  type RecipientView,
} from './notifications.store.ts';
import type { SendNotifications } from './send-notifications.ts';

/** What was told to whom, as far as one viewer may see it, and the ways to try again. */
export interface NotificationLog {
  page(filter: DeliveryFilter, args: PageArgs): Promise<Page<DeliveryView>>;
  /** Sends one message to try an address out. @throws NotFound or Conflict (`NO_ADDRESS`) */
  test(recipientId: string, channel: NotificationChannel): Promise<DeliveryView>;
  /** Sends again what failed, was kept or was held back. @throws NotFound or Conflict (`NOT_ENDED`) */
  retry(id: string): Promise<DeliveryView>;
}

export interface NotificationLogDeps {
  readonly client: ScopedClient;
  readonly clock: Clock;
  readonly jobs: JobQueue;
  readonly actor: AuditActor;
  readonly send: SendNotifications;
}

export function createNotificationLog({ client, clock, jobs, actor, send }: NotificationLogDeps): NotificationLog {
  return {
    async page(filter, args) {
      const keyset = readKeyset(args, ['instant', 'id']);
      const rows = await pageDeliveries(client, actor.viewer, filter, keyset);
      return toPage(
        rows,
        keyset,
        ({ createdAt, id }) => [createdAt.toISOString(), id],
        () => countDeliveries(client, actor.viewer, filter),
      );
    },

    test: (recipientId, channel) =>
      client.$transaction(async (tx) => {
        const recipient = await findRecipient(tx, recipientId);
        if (recipient === null) throw new NotFound('NotificationRecipient');
        const address = addressFor(recipient, channel);
        if (address === null) throw new Conflict('NO_ADDRESS', 'The recipient has no address of this channel');
        const { id, companyId, language } = recipient;
        const now = clock.now();
        const made = await tx.notificationDelivery.create({
          data: {
            ...{ companyId, recipientId: id, event: 'TEST', channel, address, ...testText(language) },
            ...{ idempotencyKey: `test:${crypto.randomUUID()}`, createdAt: now, nextAttemptAt: now },
          },
        });
        await recordAudit(tx, actor, {
          action: 'telemetry.testNotification',
          ...{ entityType: 'NotificationDelivery', entityId: made.id, companyId, after: { recipientId, channel } },
        });
        await jobs.enqueue(send, {}, { tx: unscoped(tx) });
        return { ...made, recipient: { name: recipient.name } };
      }),

    retry: (id) =>
      client.$transaction(async (tx) => {
        const before = await findDelivery(tx, actor.viewer, id);
        if (before === null) throw new NotFound('NotificationDelivery');
        const { count } = await tx.notificationDelivery.updateMany({
          where: { id, status: { in: ['FAILED', 'KEPT', 'SUPPRESSED'] } },
          data: { status: 'PENDING', attempts: 0, error: null, sentAt: null, nextAttemptAt: clock.now() },
        });
        if (count === 0) throw new Conflict('NOT_ENDED', 'It was sent, or is still being tried');
        const after = await findDelivery(tx, actor.viewer, id);
        if (after === null) throw new NotFound('NotificationDelivery');
        await recordAudit(tx, actor, {
          action: 'telemetry.retryNotification',
          ...{ entityType: 'NotificationDelivery', entityId: id, companyId: after.companyId, before, after },
        });
        await jobs.enqueue(send, {}, { tx: unscoped(tx) });
        return after;
      }),
  };
}

function addressFor({ email, phone, hasWebhook }: RecipientView, channel: NotificationChannel): string | null {
  return { EMAIL: email, SMS: phone, WEBHOOK: hasWebhook ? 'webhook' : null }[channel];
}

import type { Prisma } from '@cauce/prisma/client';
import type { ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { isUuid, onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import type { NotificationChannel, NotificationEvent, NotificationStatus } from './notification.ts';

const shownRecipient = {
  ...{ id: true, companyId: true, name: true, language: true, email: true, phone: true, timeZone: true },
  ...{ quietFromMinute: true, quietToMinute: true, digest: true, isActive: true, updatedAt: true },
} as const satisfies Prisma.NotificationRecipientSelect;

/** A recipient without the URL of its hook: that is not read where it could be shown. */
export type RecipientView = Prisma.NotificationRecipientGetPayload<{ select: typeof shownRecipient }> & {
  readonly hasWebhook: boolean;
};

const shownRule = {
  recipients: { select: { recipient: { select: shownRecipient } }, orderBy: { recipient: { name: 'asc' } } },
} as const satisfies Prisma.NotificationRuleInclude;

export type NotificationRuleView = Omit<
  Prisma.NotificationRuleGetPayload<{ include: typeof shownRule }>,
  'recipients'
> & { readonly recipients: readonly RecipientView[] };

export type DeliveryView = Prisma.NotificationDeliveryGetPayload<{
  include: { recipient: { select: { name: true } } };
}>;

export interface DeliveryFilter {
  readonly statuses?: readonly NotificationStatus[] | null | undefined;
  readonly channels?: readonly NotificationChannel[] | null | undefined;
  readonly events?: readonly NotificationEvent[] | null | undefined;
  readonly alertIds?: readonly string[] | null | undefined;
}

/** More than a company will ever have. */
const atMost = 1_000;

export async function readRecipients(client: ScopedTransaction): Promise<readonly RecipientView[]> {
  return findRecipients(client, {});
}

export async function findRecipients(
  client: ScopedTransaction,
  where: Prisma.NotificationRecipientWhereInput,
): Promise<readonly RecipientView[]> {
  const rows = await client.notificationRecipient.findMany({
    where,
    select: shownRecipient,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: atMost,
  });
  const hooked = await client.notificationRecipient.findMany({
    where: { id: { in: rows.map(({ id }) => id) }, webhookUrlEncrypted: { not: null } },
    select: { id: true },
  });
  const withHook = new Set(hooked.map(({ id }) => id));
  return rows.map((row) => ({ ...row, hasWebhook: withHook.has(row.id) }));
}

/** One recipient; null when it is not there or out of reach. */
export async function findRecipient(client: ScopedTransaction, id: string): Promise<RecipientView | null> {
  return isUuid(id) ? ((await findRecipients(client, { id }))[0] ?? null) : null;
}

export async function readRules(client: ScopedTransaction, id?: string): Promise<readonly NotificationRuleView[]> {
  const rows = await client.notificationRule.findMany({
    where: id === undefined ? {} : { id: { in: onlyUuids([id]) } },
    include: shownRule,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: atMost,
  });
  const ids = rows.flatMap(({ recipients }) => recipients.map(({ recipient }) => recipient.id));
  const known = new Map((await findRecipients(client, { id: { in: ids } })).map((one) => [one.id, one]));
  return rows.map((row) => ({
    ...row,
    recipients: row.recipients.flatMap(({ recipient }) => known.get(recipient.id) ?? []),
  }));
}

const newestFirst = [
  { column: 'createdAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

export function pageDeliveries(
  client: ScopedTransaction,
  filter: DeliveryFilter,
  keyset: Keyset,
): Promise<readonly DeliveryView[]> {
  return client.notificationDelivery.findMany({
    where: { AND: [whereOf(filter), afterKeyset(newestFirst, keyset.after)] },
    include: { recipient: { select: { name: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: keyset.limit + 1,
  });
}

export function countDeliveries(client: ScopedTransaction, filter: DeliveryFilter): Promise<number> {
  return client.notificationDelivery.count({ where: whereOf(filter) });
}

export async function findDelivery(client: ScopedTransaction, id: string): Promise<DeliveryView | null> {
  if (!isUuid(id)) return null;
  return client.notificationDelivery.findFirst({ where: { id }, include: { recipient: { select: { name: true } } } });
}

function whereOf({ statuses, channels, events, alertIds }: DeliveryFilter): Prisma.NotificationDeliveryWhereInput {
  return {
    ...(statuses ? { status: { in: [...statuses] } } : {}),
    ...(channels ? { channel: { in: [...channels] } } : {}),
    ...(events ? { event: { in: [...events] } } : {}),
    ...(alertIds ? { alertId: { in: onlyUuids(alertIds) } } : {}),
  };
}

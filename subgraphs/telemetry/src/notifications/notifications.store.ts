import type { Prisma } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { isUuid, onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import { companiesInPart } from '../places/reach-of-points.ts';
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

/** Those of whole companies, and those of the sites and points within reach. */
export async function readRules(
  client: ScopedTransaction,
  viewer: Viewer,
  id?: string,
): Promise<readonly NotificationRuleView[]> {
  const rows = await client.notificationRule.findMany({
    where: {
      AND: [await rulesWithin(client, viewer), id === undefined ? {} : { id: { in: onlyUuids([id]) } }],
    },
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

async function rulesWithin(client: ScopedTransaction, { siteIds }: Viewer): Promise<Prisma.NotificationRuleWhereInput> {
  if (siteIds === 'all') return {};
  return {
    AND: [
      { OR: [{ siteId: null }, { siteId: { in: [...siteIds] } }] },
      { OR: [{ pointId: null }, { pointId: { in: await pointsWithin(client) } }] },
    ],
  };
}

async function pointsWithin(client: ScopedTransaction): Promise<string[]> {
  const points = await client.catchmentPoint.findMany({ select: { id: true } });
  return points.map(({ id }) => id);
}

/**
 * What was told of points within reach. Of a company that is reached in part, only what an alert or a rule of one's own
 * sites made, and what somebody sent to try an address out.
 */
async function deliveriesWithin(
  client: ScopedTransaction,
  viewer: Viewer,
): Promise<Prisma.NotificationDeliveryWhereInput> {
  const { siteIds } = viewer;
  if (siteIds === 'all') return {};
  const [inPart, pointIds] = await Promise.all([companiesInPart(client, viewer), pointsWithin(client)]);
  const sites = { in: [...siteIds] };
  const ofOwn = { OR: [{ siteId: sites }, { pointId: { in: pointIds } }] };
  return {
    OR: [
      { companyId: { notIn: [...inPart] } },
      { alert: { is: { siteId: sites } } },
      { alertId: null, rule: { is: ofOwn } },
      { event: 'TEST' },
    ],
  };
}

const newestFirst = [
  { column: 'createdAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

export async function pageDeliveries(
  client: ScopedTransaction,
  viewer: Viewer,
  filter: DeliveryFilter,
  keyset: Keyset,
): Promise<readonly DeliveryView[]> {
  const within = await deliveriesWithin(client, viewer);
  return client.notificationDelivery.findMany({
    where: { AND: [within, whereOf(filter), afterKeyset(newestFirst, keyset.after)] },
    include: { recipient: { select: { name: true } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: keyset.limit + 1,
  });
}

export async function countDeliveries(
  client: ScopedTransaction,
  viewer: Viewer,
  filter: DeliveryFilter,
): Promise<number> {
  const within = await deliveriesWithin(client, viewer);
  return client.notificationDelivery.count({ where: { AND: [within, whereOf(filter)] } });
}

export async function findDelivery(
  client: ScopedTransaction,
  viewer: Viewer,
  id: string,
): Promise<DeliveryView | null> {
  if (!isUuid(id)) return null;
  const where = { AND: [{ id }, await deliveriesWithin(client, viewer)] };
  return client.notificationDelivery.findFirst({ where, include: { recipient: { select: { name: true } } } });
}

function whereOf({ statuses, channels, events, alertIds }: DeliveryFilter): Prisma.NotificationDeliveryWhereInput {
  return {
    ...(statuses ? { status: { in: [...statuses] } } : {}),
    ...(channels ? { channel: { in: [...channels] } } : {}),
    ...(events ? { event: { in: [...events] } } : {}),
    ...(alertIds ? { alertId: { in: onlyUuids(alertIds) } } : {}),
  };
}

import type { Prisma, WebhookDeliveryStatus } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';

/** A webhook without its secrets. */
export type WebhookRow = Prisma.WebhookGetPayload<{ omit: typeof withoutSecret }>;
export type DeliveryRow = Prisma.WebhookDeliveryGetPayload<object>;

export interface WebhookFilter {
  readonly companyId?: string | null | undefined;
  readonly topic?: string | null | undefined;
  readonly isActive?: boolean | null | undefined;
}

export interface DeliveryFilter {
  readonly webhookId?: string | null | undefined;
  readonly topic?: string | null | undefined;
  readonly statuses?: readonly WebhookDeliveryStatus[] | null | undefined;
}

export const withoutSecret = { secretEncrypted: true, previousSecretEncrypted: true } as const;
const order = [
  { column: 'createdAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;
const newestFirst: [{ createdAt: 'desc' }, { id: 'desc' }] = [{ createdAt: 'desc' }, { id: 'desc' }];

/** Webhooks and deliveries of the companies that the client's viewer reaches, and of those only what is theirs. */
export function createWebhookStore(client: ScopedClient, viewer: Viewer) {
  const mine = () => visibleWebhooks(client, viewer);
  return {
    byIds: async (ids: readonly string[]): Promise<WebhookRow[]> =>
      client.webhook.findMany({ where: { AND: [{ id: { in: [...ids] } }, await mine()] }, omit: withoutSecret }),
    page: async (filter: WebhookFilter, { limit, after }: Keyset): Promise<WebhookRow[]> =>
      client.webhook.findMany({
        where: { AND: [whereWebhook(filter), await mine(), afterKeyset(order, after)] },
        omit: withoutSecret,
        orderBy: newestFirst,
        take: limit + 1,
      }),
    count: async (filter: WebhookFilter) =>
      client.webhook.count({ where: { AND: [whereWebhook(filter), await mine()] } }),
    deliveries: async (filter: DeliveryFilter, { limit, after }: Keyset): Promise<DeliveryRow[]> =>
      client.webhookDelivery.findMany({
        where: { AND: [whereDelivery(filter), { webhook: await mine() }, afterKeyset(order, after)] },
        orderBy: newestFirst,
        take: limit + 1,
      }),
    countDeliveries: async (filter: DeliveryFilter) =>
      client.webhookDelivery.count({ where: { AND: [whereDelivery(filter), { webhook: await mine() }] } }),
  };
}

/**
 * A webhook is seen by its owner and by who reaches everything: its deliveries hold whatever its owner reaches. An API
 * key sees those of its owner's that reach no further than the key does.
 */
export async function visibleWebhooks(
  client: ScopedTransaction,
  { kind, userId, siteIds, companyIds }: Viewer,
): Promise<Prisma.WebhookWhereInput> {
  if (companyIds === 'all' && siteIds === 'all') return {};
  const own: Prisma.WebhookWhereInput = { createdBy: { in: userId === null ? [] : [userId] } };
  if (kind !== 'apiKey' || siteIds === 'all') return own;
  const rows = await client.webhook.findMany({ where: own, select: { id: true, siteIds: true } });
  const within = rows.filter((row) => row.siteIds.length > 0 && row.siteIds.every((id) => siteIds.includes(id)));
  return { id: { in: within.map(({ id }) => id) } };
}

function whereWebhook({ companyId, topic, isActive }: WebhookFilter): Prisma.WebhookWhereInput {
  return {
    ...(companyId ? { companyId: { in: onlyUuids([companyId]) } } : {}),
    ...(topic ? { topics: { has: topic } } : {}),
    ...(typeof isActive === 'boolean' ? { isActive } : {}),
  };
}

function whereDelivery({ webhookId, topic, statuses }: DeliveryFilter): Prisma.WebhookDeliveryWhereInput {
  return {
    ...(webhookId ? { webhookId: { in: onlyUuids([webhookId]) } } : {}),
    ...(topic ? { topic } : {}),
    ...(statuses ? { status: { in: [...statuses] } } : {}),
  };
}

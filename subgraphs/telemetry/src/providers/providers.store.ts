import type { Prisma } from '@cauce/prisma/client';
import type { ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { isUuid } from '@cauce/shared/db/uuid';

const shown = {
  id: true,
  companyId: true,
  name: true,
  kind: true,
  connection: true,
  isActive: true,
  isTesting: true,
  lastConnectedAt: true,
  lastError: true,
  lastErrorAt: true,
  updatedAt: true,
  schedules: { orderBy: { name: 'asc' } },
} as const satisfies Prisma.ProviderSelect;

/** A provider without its credentials: they are not read where they could be shown. */
export type ProviderView = Prisma.ProviderGetPayload<{ select: typeof shown }> & { readonly hasCredentials: boolean };

/** More than a company will ever have. */
const providersAtMost = 500;

/** The providers within the viewer's reach, by name. */
export function readProviders(client: ScopedTransaction): Promise<readonly ProviderView[]> {
  return findProviders(client, {});
}

/** One provider, or null when it is not there or out of reach. */
export async function findProvider(client: ScopedTransaction, id: string): Promise<ProviderView | null> {
  return isUuid(id) ? ((await findProviders(client, { id }))[0] ?? null) : null;
}

/** Those of the ids that are within reach. */
export function readProvidersById(client: ScopedTransaction, ids: readonly string[]): Promise<readonly ProviderView[]> {
  return findProviders(client, { id: { in: [...ids] } });
}

async function findProviders(
  client: ScopedTransaction,
  where: Prisma.ProviderWhereInput,
): Promise<readonly ProviderView[]> {
  const rows = await client.provider.findMany({
    where,
    select: shown,
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: providersAtMost,
  });
  const secret = await client.provider.findMany({
    where: { id: { in: rows.map(({ id }) => id) }, credentialsEncrypted: { not: null } },
    select: { id: true },
  });
  const withSecret = new Set(secret.map(({ id }) => id));
  return rows.map((row) => ({ ...row, hasCredentials: withSecret.has(row.id) }));
}

const shownDevice = {
  id: true,
  providerId: true,
  pointId: true,
  deviceId: true,
  description: true,
  isActive: true,
  lastSeenAt: true,
  channels: { orderBy: { channel: 'asc' } },
} as const satisfies Prisma.ReadingSourceSelect;

export type ProviderDevice = Prisma.ReadingSourceGetPayload<{ select: typeof shownDevice }>;

/** The devices of providers, as far as their points are within reach: who sees an account does not see every site. */
export function readProviderDevices(
  client: ScopedTransaction,
  providerIds: readonly string[],
): Promise<readonly ProviderDevice[]> {
  return client.readingSource.findMany({
    where: { providerId: { in: [...providerIds] }, point: { deletedAt: null } },
    select: shownDevice,
    orderBy: [{ deviceId: 'asc' }, { id: 'asc' }],
    take: 10_000,
  });
}

/** Whatever speaks for points: the devices of providers, and the point's own on our topic, which has no provider. */
export function readPointDevices(
  client: ScopedTransaction,
  pointIds: readonly string[],
): Promise<readonly ProviderDevice[]> {
  return client.readingSource.findMany({
    where: { pointId: { in: [...pointIds] } },
    select: shownDevice,
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    take: 10_000,
  });
}

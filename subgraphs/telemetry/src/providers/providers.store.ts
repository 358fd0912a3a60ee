import type { Prisma } from '@cauce/prisma/client';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';

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
  schedules: { orderBy: { name: 'asc' } },
} as const satisfies Prisma.ProviderSelect;

/** A provider without its credentials: they are not read where they could be shown. */
export type ProviderView = Prisma.ProviderGetPayload<{ select: typeof shown }> & { readonly hasCredentials: boolean };

/** More than a company will ever have. */
const providersAtMost = 500;

/** The providers within the viewer's reach, by name. */
export async function readProviders(client: ScopedClient): Promise<readonly ProviderView[]> {
  const rows = await client.provider.findMany({
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

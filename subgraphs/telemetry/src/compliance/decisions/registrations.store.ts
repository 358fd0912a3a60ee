import type { ScopedClient, ScopedTransaction } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import type { Registration } from './registration.ts';

/** The registrations of points within reach that are in force. */
export async function readRegistrations(
  client: ScopedClient,
  pointIds: readonly string[],
): Promise<readonly Registration[]> {
  const rows = await client.complianceConfig.findMany({
    where: { pointId: { in: onlyUuids(pointIds) }, isActive: true },
    include: { source: true },
    orderBy: [{ startsAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ credentialsEncrypted, ...row }) => ({ ...row, hasCredentials: credentialsEncrypted !== null }));
}

/** One registration within reach that is in force; null when there is none. */
export async function findRegistration(
  tx: ScopedTransaction,
  where: { readonly id: string } | { readonly pointId: string; readonly sourceId: string },
): Promise<Registration | null> {
  const row = await tx.complianceConfig.findFirst({ where: { ...where, isActive: true }, include: { source: true } });
  if (row === null) return null;
  const { credentialsEncrypted, ...rest } = row;
  return { ...rest, hasCredentials: credentialsEncrypted !== null };
}

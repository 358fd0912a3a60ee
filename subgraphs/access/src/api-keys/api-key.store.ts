import type { Prisma, PrismaClient } from '@cauce/prisma/client';
import { can, type Viewer } from '@cauce/shared/auth/viewer';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import { visibleUsers } from '../people/user.store.ts';

/** A key without its hashes. */
export type ApiKeyRow = Prisma.ApiKeyGetPayload<{ omit: typeof withoutHash }>;

export interface ApiKeyFilter {
  readonly userId?: string | null | undefined;
  /** Neither revoked nor expired. */
  readonly isStanding?: boolean | null | undefined;
}

export const withoutHash = { hash: true, previousHash: true } as const;
const order = [
  { column: 'createdAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

/** Keys that a viewer may know of. */
export function createApiKeyStore(client: PrismaClient, viewer: Viewer, now: Date) {
  const visible = visibleApiKeys(viewer);
  return {
    page: (filter: ApiKeyFilter, { limit, after }: Keyset): Promise<ApiKeyRow[]> =>
      client.apiKey.findMany({
        where: { AND: [whereOf(filter, now), visible, afterKeyset(order, after)] },
        omit: withoutHash,
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      }),
    one: (id: string): Promise<ApiKeyRow | null> =>
      client.apiKey.findFirst({ where: { AND: [{ id: { in: onlyUuids([id]) } }, visible] }, omit: withoutHash }),
    count: (filter: ApiKeyFilter) => client.apiKey.count({ where: { AND: [whereOf(filter, now), visible] } }),
  };
}

/** People see their own keys, who manages access those of the people they see, and a key nothing but itself. */
export function visibleApiKeys(viewer: Viewer): Prisma.ApiKeyWhereInput {
  if (can(viewer, 'access:write')) return { user: visibleUsers(viewer) };
  if (viewer.kind === 'apiKey') return { id: { in: onlyUuids([viewer.id]) } };
  return { userId: { in: viewer.userId === null ? [] : [viewer.userId] } };
}

function whereOf({ userId, isStanding }: ApiKeyFilter, now: Date): Prisma.ApiKeyWhereInput {
  const standing: Prisma.ApiKeyWhereInput = {
    revokedAt: null,
    OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
  };
  return {
    ...(userId ? { userId: { in: onlyUuids([userId]) } } : {}),
    ...(typeof isStanding === 'boolean' ? (isStanding ? standing : { NOT: standing }) : {}),
  };
}

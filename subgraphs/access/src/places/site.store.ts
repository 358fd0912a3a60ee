import type { Prisma, Site, SiteKind } from '@cauce/prisma/client';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import { searchText } from '../plain-text.ts';

export type SiteRow = Site;

export interface SiteFilter {
  readonly search?: string | null | undefined;
  readonly kinds?: readonly SiteKind[] | null | undefined;
  readonly companyIds?: readonly string[] | null | undefined;
  readonly isActive?: boolean | null | undefined;
}

const order = [
  { column: 'name', direction: 'asc' },
  { column: 'id', direction: 'asc' },
] as const;

/** Sites, kept to those that the client's viewer reaches. */
export function createSiteStore(client: ScopedClient) {
  const inOrder = { orderBy: [{ name: 'asc' }, { id: 'asc' }] } satisfies Prisma.SiteFindManyArgs;
  return {
    byIds: (ids: readonly string[]) => client.site.findMany({ where: { id: { in: [...ids] } } }),
    byCodes: (codes: readonly string[]) => client.site.findMany({ where: { code: { in: [...codes] } } }),
    byCompanies: (companyIds: readonly string[]) =>
      client.site.findMany({ where: { companyId: { in: [...companyIds] } }, ...inOrder }),
    all: () => client.site.findMany(inOrder),
    page: (filter: SiteFilter, { limit, after }: Keyset) =>
      client.site.findMany({
        where: { AND: [whereOf(filter), afterKeyset(order, after)] },
        ...inOrder,
        take: limit + 1,
      }),
    count: (filter: SiteFilter) => client.site.count({ where: whereOf(filter) }),
  };
}

function whereOf({ search, kinds, companyIds, isActive }: SiteFilter): Prisma.SiteWhereInput {
  const text = searchText(search);
  return {
    ...(typeof isActive === 'boolean' ? { isActive } : {}),
    ...(kinds ? { kind: { in: [...kinds] } } : {}),
    ...(companyIds ? { companyId: { in: onlyUuids(companyIds) } } : {}),
    ...(text
      ? {
          OR: [{ name: { contains: text, mode: 'insensitive' } }, { code: { contains: text, mode: 'insensitive' } }],
        }
      : {}),
  };
}

import type { Company, Prisma } from '@cauce/prisma/client';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import { searchText } from '../plain-text.ts';

export type CompanyRow = Company;

export interface CompanyFilter {
  readonly search?: string | null | undefined;
  readonly isActive?: boolean | null | undefined;
}

const order = [
  { column: 'name', direction: 'asc' },
  { column: 'id', direction: 'asc' },
] as const;

/** Companies, kept to those that the client's viewer reaches. */
export function createCompanyStore(client: ScopedClient) {
  return {
    byIds: (ids: readonly string[]) => client.company.findMany({ where: { id: { in: [...ids] } } }),
    byCodes: (codes: readonly string[]) => client.company.findMany({ where: { code: { in: [...codes] } } }),
    all: () => client.company.findMany({ orderBy: [{ name: 'asc' }, { id: 'asc' }] }),
    page: (filter: CompanyFilter, { limit, after }: Keyset) =>
      client.company.findMany({
        where: { AND: [whereOf(filter), afterKeyset(order, after)] },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: limit + 1,
      }),
    count: (filter: CompanyFilter) => client.company.count({ where: whereOf(filter) }),
  };
}

function whereOf({ search, isActive }: CompanyFilter): Prisma.CompanyWhereInput {
  const text = searchText(search);
  return {
    ...(typeof isActive === 'boolean' ? { isActive } : {}),
    ...(text
      ? {
          OR: [{ name: { contains: text, mode: 'insensitive' } }, { code: { contains: text, mode: 'insensitive' } }],
        }
      : {}),
  };
}

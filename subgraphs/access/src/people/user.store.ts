import type { Dashboard, Prisma, PrismaClient, Role } from '@cauce/prisma/client';
import { type Reach, reaches, type Viewer } from '@cauce/shared/auth/viewer';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import { searchText } from '../plain-text.ts';

/** A person without what proves who they are. */
export type UserRow = Prisma.UserGetPayload<{ omit: typeof withoutPassword }>;

/** What a person was given, as stored. An ADMIN reaches everything, whatever stands here. */
export interface Grants {
  readonly userId: string;
  readonly companyIds: readonly string[];
  /** Only sites of those companies: a grant of a site counts inside a granted company. */
  readonly siteIds: readonly string[];
  readonly dashboards: readonly Dashboard[];
}

export interface UserFilter {
  readonly search?: string | null | undefined;
  readonly role?: Role | null | undefined;
  readonly companyId?: string | null | undefined;
  readonly siteId?: string | null | undefined;
  readonly isActive?: boolean | null | undefined;
}

const withoutPassword = { passwordHash: true } as const;
const order = [
  { column: 'name', direction: 'asc' },
  { column: 'id', direction: 'asc' },
] as const;

/** People that a viewer may know of: themselves, and whoever shares a company with them. */
export function createUserStore(client: PrismaClient, viewer: Viewer) {
  const visible = visibleUsers(viewer);
  return {
    byIds: (ids: readonly string[]): Promise<UserRow[]> =>
      client.user.findMany({ where: { AND: [{ id: { in: [...ids] } }, visible] }, omit: withoutPassword }),
    page: (filter: UserFilter, { limit, after }: Keyset): Promise<UserRow[]> =>
      client.user.findMany({
        where: { AND: [whereOf(filter, viewer), visible, afterKeyset(order, after)] },
        omit: withoutPassword,
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: limit + 1,
      }),
    count: (filter: UserFilter) => client.user.count({ where: { AND: [whereOf(filter, viewer), visible] } }),
    /** Of people who were seen through one of the queries above. */
    grants: (userIds: readonly string[]) => readGrants(client, userIds),
  };
}

/** What people were given, as stored: not kept to anybody's reach. */
export function readGrants(client: Pick<PrismaClient, '$queryRaw'>, userIds: readonly string[]): Promise<Grants[]> {
  return client.$queryRaw<Grants[]>`
    SELECT u.id::text AS "userId",
      ARRAY(SELECT uc.company_id::text FROM access.user_companies uc WHERE uc.user_id = u.id ORDER BY 1) AS "companyIds",
      ARRAY(
        SELECT us.site_id::text FROM access.user_sites us
        JOIN access.sites s ON s.id = us.site_id
        JOIN access.user_companies uc ON uc.user_id = us.user_id AND uc.company_id = s.company_id
        WHERE us.user_id = u.id ORDER BY 1
      ) AS "siteIds",
      ARRAY(SELECT ud.dashboard::text FROM access.user_dashboards ud WHERE ud.user_id = u.id ORDER BY ud.dashboard)
        AS "dashboards"
    FROM access.users u
    WHERE u.id = ANY(${[...userIds]}::uuid[])`;
}

/** The filter for people that a viewer may know of. */
export function visibleUsers({ userId, companyIds }: Viewer): Prisma.UserWhereInput {
  if (companyIds === 'all') return {};
  const isSelf = userId === null ? [] : [{ id: userId }];
  return { OR: [...isSelf, { companies: { some: { companyId: { in: [...companyIds] } } } }] };
}

/**
 * A company or site out of the viewer's reach has nobody: that somebody they share one company with also works in
 * another is not theirs to learn.
 */
function whereOf(
  { search, role, companyId, siteId, isActive }: UserFilter,
  { companyIds, siteIds }: Viewer,
): Prisma.UserWhereInput {
  const text = searchText(search);
  return {
    ...(typeof isActive === 'boolean' ? { isActive } : {}),
    ...(role ? { role } : {}),
    ...(companyId ? { companies: { some: { companyId: { in: within(companyId, companyIds) } } } } : {}),
    ...(siteId ? { sites: { some: { siteId: { in: within(siteId, siteIds) } } } } : {}),
    ...(text
      ? {
          OR: [{ name: { contains: text, mode: 'insensitive' } }, { email: { contains: text, mode: 'insensitive' } }],
        }
      : {}),
  };
}

function within(id: string, reach: Reach): string[] {
  return onlyUuids([id]).filter((known) => reaches(reach, known));
}

import type { DatabaseTransaction } from '@cauce/shared/db/database';
import type { Access } from './granting.ts';
import { readGrants } from './user.store.ts';

/** A person as they are while locked: what they hold, and whether they are let in at all. */
export interface LockedUser extends Access {
  readonly id: string;
  readonly isActive: boolean;
}

/**
 * Locks everybody who is an active ADMIN, in one order, and answers how many there are. Two who demote each other
 * wait here for one another, and the second sees what the first has left.
 */
export async function lockActiveAdmins(tx: DatabaseTransaction): Promise<readonly string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id::text FROM access.users WHERE role = 'ADMIN' AND is_active ORDER BY id FOR UPDATE`;
  return rows.map(({ id }) => id);
}

/** Locks a person and reads what they hold; null when there is none. */
export async function lockUser(tx: DatabaseTransaction, userId: string): Promise<LockedUser | null> {
  const [user] = await tx.$queryRaw<Pick<LockedUser, 'id' | 'role' | 'isActive'>[]>`
    SELECT id::text, role::text, is_active AS "isActive" FROM access.users WHERE id = ${userId}::uuid FOR UPDATE`;
  if (user === undefined) return null;
  const [grants] = await readGrants(tx, [userId]);
  if (grants === undefined) return null;
  return { ...user, companyIds: grants.companyIds, siteIds: grants.siteIds, dashboards: grants.dashboards };
}

/** Replaces what a locked person holds. Older access tokens stop counting. */
export async function writeAccess(
  tx: DatabaseTransaction,
  userId: string,
  { role, companyIds, siteIds, dashboards, isActive }: Access & { readonly isActive: boolean },
): Promise<void> {
  await tx.user.update({ where: { id: userId }, data: { role, isActive, permissionsVersion: { increment: 1 } } });
  await tx.userCompany.deleteMany({ where: { userId, companyId: { notIn: [...companyIds] } } });
  await tx.userSite.deleteMany({ where: { userId, siteId: { notIn: [...siteIds] } } });
  await tx.userDashboard.deleteMany({ where: { userId, dashboard: { notIn: [...dashboards] } } });
  await insertGrants(tx, userId, { companyIds, siteIds, dashboards });
}

/** Adds grants; those that are there stay as they are. */
export async function insertGrants(
  tx: DatabaseTransaction,
  userId: string,
  { companyIds, siteIds, dashboards }: Omit<Access, 'role'>,
): Promise<void> {
  await tx.userCompany.createMany({
    data: companyIds.map((companyId) => ({ userId, companyId })),
    skipDuplicates: true,
  });
  await tx.userSite.createMany({ data: siteIds.map((siteId) => ({ userId, siteId })), skipDuplicates: true });
  await tx.userDashboard.createMany({
    data: dashboards.map((dashboard) => ({ userId, dashboard })),
    skipDuplicates: true,
  });
}

/** The companies and, with the company each belongs to, the sites that exist among the given ids. */
export async function findPlaces(
  tx: DatabaseTransaction,
  { companyIds, siteIds }: Pick<Access, 'companyIds' | 'siteIds'>,
) {
  const companies = await tx.company.findMany({ where: { id: { in: [...companyIds] } }, select: { id: true } });
  const sites = await tx.site.findMany({ where: { id: { in: [...siteIds] } }, select: { id: true, companyId: true } });
  return { companies, sites };
}

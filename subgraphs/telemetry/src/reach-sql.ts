import { Prisma } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';

/**
 * Keeps hand-written SQL to the rows of a viewer by the column that holds the site: the same rule as `bySite` on the
 * scoped client. A test holds the two against each other.
 */
export function siteReachSql({ siteIds }: Pick<Viewer, 'siteIds'>, siteColumn: Prisma.Sql): Prisma.Sql {
  return siteIds === 'all' ? Prisma.sql`TRUE` : Prisma.sql`${siteColumn} = ANY(${[...siteIds]}::uuid[])`;
}

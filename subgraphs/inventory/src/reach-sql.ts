import { Prisma } from '@cauce/prisma/client';
import { type Reach, reaches, type Viewer } from '@cauce/shared/auth/viewer';
import { onlyUuids } from '@cauce/shared/db/uuid';

type Sight = Pick<Viewer, 'siteIds' | 'companyIds'>;

/**
 * What a viewer reaches, as a condition for hand-written SQL: the same rules as on the scoped client. A test holds the
 * two against each other.
 * @param alias of the table in the statement
 */
export function siteReachSql({ siteIds, companyIds }: Sight, alias: string): Prisma.Sql {
  if (siteIds === 'all' && companyIds === 'all') return Prisma.sql`TRUE`;
  const site = Prisma.raw(`${alias}.site_id`);
  const sited = siteIds === 'all' ? Prisma.sql`${site} IS NOT NULL` : anyOf(site, siteIds);
  const siteless = Prisma.sql`(${site} IS NULL AND ${companyReachSql({ companyIds }, alias)})`;
  return Prisma.sql`(${sited} OR ${siteless})`;
}

/** The same for rows that belong to a company as a whole. */
export function companyReachSql({ companyIds }: Pick<Sight, 'companyIds'>, alias: string): Prisma.Sql {
  return companyIds === 'all' ? Prisma.sql`TRUE` : anyOf(Prisma.raw(`${alias}.company_id`), companyIds);
}

/** The column is one of the ids; ids that are no UUID match nothing. */
export function anyOf(column: Prisma.Sql, ids: readonly string[]): Prisma.Sql {
  const valid = onlyUuids(ids);
  // Equality keeps the order of an index whose first column this is, which a list would break.
  return valid.length === 1 ? Prisma.sql`${column} = ${valid[0]}::uuid` : Prisma.sql`${column} = ANY(${valid}::uuid[])`;
}

/** Those of the wanted ids that are reached, in one spelling. */
export function reachedIds(reach: Reach, wanted: readonly string[]): string[] {
  return onlyUuids(wanted).filter((id) => reaches(reach, id));
}

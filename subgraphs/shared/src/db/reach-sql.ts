import { Prisma } from '@cauce/prisma/client';
import type { Viewer } from '../auth/viewer.ts';

export interface ReachColumns {
  /** Qualified column of the site; null when the table has none. */
  readonly site: string | null;
  /** Qualified column of the company; null when the table has none. */
  readonly company: string | null;
}

/**
 * The rows that a viewer reaches, for hand-written SQL: the rule of `bySiteOrCompany` on the scoped client (a row with
 * a site belongs to the site, one without to its company), or of the one column there is. Column names are written by
 * us, never by a client.
 */
export function reachSql(
  { siteIds, companyIds }: Pick<Viewer, 'siteIds' | 'companyIds'>,
  columns: ReachColumns,
): Prisma.Sql {
  const site = columns.site === null ? null : Prisma.raw(columns.site);
  const company = columns.company === null ? null : Prisma.raw(columns.company);
  const inSite = site === null ? null : siteIds === 'all' ? Prisma.sql`TRUE` : anyOf(site, siteIds);
  const inCompany = company === null ? null : companyIds === 'all' ? Prisma.sql`TRUE` : anyOf(company, companyIds);
  if (inSite === null || site === null) return inCompany ?? Prisma.sql`FALSE`;
  if (inCompany === null) return inSite;
  if (siteIds === 'all' && companyIds === 'all') return Prisma.sql`TRUE`;
  return Prisma.sql`((${site} IS NOT NULL AND ${inSite}) OR (${site} IS NULL AND ${inCompany}))`;
}

function anyOf(column: Prisma.Sql, ids: readonly string[]): Prisma.Sql {
  return Prisma.sql`${column} = ANY(${[...ids]}::uuid[])`;
}

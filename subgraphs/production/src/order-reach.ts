import type { Prisma } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { reachSql } from '@cauce/shared/db/reach-sql';

/** The orders that a viewer reaches, under the alias `o`: for aggregates what the scoped client is for rows. */
export function orderReach(viewer: Pick<Viewer, 'siteIds' | 'companyIds'>): Prisma.Sql {
  return reachSql(viewer, { site: 'o.site_id', company: 'o.company_id' });
}

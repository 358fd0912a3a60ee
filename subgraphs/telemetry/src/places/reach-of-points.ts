import { Prisma } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { Conflict } from '@cauce/shared/errors/outcomes';

/** All points of a company, or those that an account speaks for, or those that a schema names. */
export type PointsOf = { readonly companyId: string } | { readonly providerId: string } | { readonly schemaId: string };

/**
 * Throws Conflict (`NOT_ALL_SITES`) where one of the points is out of the viewer's reach. What holds for several points
 * is changed by who reaches all of them; who reaches some may see it, for it holds for theirs too.
 */
export async function requireAllPoints(
  tx: ScopedTransaction,
  { siteIds }: Pick<Viewer, 'siteIds'>,
  points: PointsOf,
): Promise<void> {
  if (siteIds === 'all') return;
  const hidden = await unscoped(tx).$queryRaw<unknown[]>`
    SELECT FROM telemetry.catchment_points p
    WHERE p.deleted_at IS NULL AND p.site_id <> ALL (${[...siteIds]}::uuid[]) AND ${conditionOf(points)} LIMIT 1`;
  if (hidden.length > 0) throw new Conflict('NOT_ALL_SITES', 'It holds for points out of your reach too');
}

function conditionOf(points: PointsOf): Prisma.Sql {
  if ('companyId' in points) return Prisma.sql`p.company_id = ${points.companyId}::uuid`;
  if ('providerId' in points) {
    return Prisma.sql`EXISTS (SELECT FROM telemetry.reading_sources s
      WHERE s.point_id = p.id AND s.provider_id = ${points.providerId}::uuid)`;
  }
  return Prisma.sql`EXISTS (SELECT FROM telemetry.telemetry_schema_points s
    WHERE s.point_id = p.id AND s.schema_id = ${points.schemaId}::uuid)`;
}

/** Of the companies within reach, those with points that are not: what a viewer sees of them is kept to their sites. */
export async function companiesInPart(
  client: ScopedTransaction,
  { siteIds, companyIds }: Pick<Viewer, 'siteIds' | 'companyIds'>,
): Promise<readonly string[]> {
  if (siteIds === 'all') return [];
  const reached = companyIds === 'all' ? null : [...companyIds];
  const rows = await unscoped(client).$queryRaw<{ companyId: string }[]>`
    SELECT DISTINCT p.company_id::text AS "companyId" FROM telemetry.catchment_points p
    WHERE p.deleted_at IS NULL AND p.site_id <> ALL (${[...siteIds]}::uuid[])
      AND (${reached}::uuid[] IS NULL OR p.company_id = ANY (${reached}::uuid[]))`;
  return rows.map(({ companyId }) => companyId);
}

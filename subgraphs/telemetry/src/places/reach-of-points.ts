import type { Prisma } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { Conflict } from '@cauce/shared/errors/outcomes';

/**
 * Throws Conflict (`NOT_ALL_SITES`) where one of the points is out of the viewer's reach. What holds for several points
 * is changed by who reaches all of them; who reaches some may see it, for it holds for theirs too.
 */
export async function requireAllPoints(
  tx: ScopedTransaction,
  { siteIds }: Pick<Viewer, 'siteIds'>,
  points: Prisma.CatchmentPointWhereInput,
): Promise<void> {
  if (siteIds === 'all') return;
  const outOfReach = { deletedAt: null, siteId: { notIn: [...siteIds] } };
  const hidden = await unscoped(tx).catchmentPoint.findFirst({
    where: { AND: [points, outOfReach] },
    select: { id: true },
  });
  if (hidden !== null) throw new Conflict('NOT_ALL_SITES', 'It holds for points out of your reach too');
}

/** Of the companies within reach, those with points that are not: what a viewer sees of them is kept to their sites. */
export async function companiesInPart(
  tx: ScopedTransaction,
  { siteIds, companyIds }: Pick<Viewer, 'siteIds' | 'companyIds'>,
): Promise<readonly string[]> {
  if (siteIds === 'all') return [];
  const rows = await unscoped(tx).catchmentPoint.groupBy({
    by: ['companyId'],
    where: {
      ...{ deletedAt: null, siteId: { notIn: [...siteIds] } },
      ...(companyIds === 'all' ? {} : { companyId: { in: [...companyIds] } }),
    },
  });
  return rows.map(({ companyId }) => companyId);
}

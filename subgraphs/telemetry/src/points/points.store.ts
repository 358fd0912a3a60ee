import type { LatestMeasurement, PointVariable, Prisma } from '@cauce/prisma/client';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import type { CatchmentPoint, PointFilter, PointOrder } from './point.ts';

export type PointStore = ReturnType<typeof createPointStore>;

/** More points than a site has anywhere; a site's list is not paged. */
const pointsPerRead = 5_000;

/** Catchment points and what hangs on them, kept to the viewer of the client. */
export function createPointStore(client: ScopedClient) {
  return {
    byIds: (ids: readonly string[]): Promise<CatchmentPoint[]> =>
      client.catchmentPoint.findMany({ where: { id: { in: [...ids] }, deletedAt: null } }),

    byCodes: (codes: readonly string[]): Promise<CatchmentPoint[]> =>
      client.catchmentPoint.findMany({ where: { code: { in: [...codes] }, deletedAt: null } }),

    bySites: (siteIds: readonly string[]): Promise<CatchmentPoint[]> =>
      client.catchmentPoint.findMany({
        where: { siteId: { in: [...siteIds] }, deletedAt: null },
        orderBy: [{ siteId: 'asc' }, { code: 'asc' }],
        take: pointsPerRead,
      }),

    page: (filter: PointFilter, order: PointOrder, keyset: Keyset): Promise<CatchmentPoint[]> => {
      const column = order.startsWith('NAME') ? 'name' : 'code';
      const direction = order.endsWith('ASC') ? 'asc' : 'desc';
      const after = afterKeyset(
        [
          { column, direction },
          { column: 'id', direction },
        ],
        keyset.after,
      );
      return client.catchmentPoint.findMany({
        where: { AND: [whereOf(filter), after] },
        orderBy: [{ [column]: direction }, { id: direction }],
        take: keyset.limit + 1,
      });
    },

    count: (filter: PointFilter): Promise<number> => client.catchmentPoint.count({ where: whereOf(filter) }),

    latest: (pointIds: readonly string[]): Promise<LatestMeasurement[]> =>
      client.latestMeasurement.findMany({
        where: { pointId: { in: [...pointIds] } },
        orderBy: [{ pointId: 'asc' }, { variable: 'asc' }],
      }),

    variables: (pointIds: readonly string[]): Promise<PointVariable[]> =>
      client.pointVariable.findMany({
        where: { pointId: { in: [...pointIds] } },
        orderBy: [{ variable: 'asc' }, { validFrom: 'desc' }],
      }),
  };
}

function whereOf(filter: PointFilter): Prisma.CatchmentPointWhereInput {
  const { search, siteIds, companyIds, types, statuses, hasOpenAlerts } = filter;
  const text = search?.trim().replaceAll('\0', '');
  const open: Prisma.AlertWhereInput = { status: { not: 'RESOLVED' } };
  return {
    deletedAt: null,
    ...(text ? { OR: [{ name: contains(text) }, { code: contains(text) }] } : {}),
    ...(siteIds ? { siteId: { in: onlyUuids(siteIds) } } : {}),
    ...(companyIds ? { companyId: { in: onlyUuids(companyIds) } } : {}),
    ...(types ? { type: { in: [...types] } } : {}),
    ...(statuses ? { status: { in: [...statuses] } } : {}),
    ...(hasOpenAlerts === true ? { alerts: { some: open } } : {}),
    ...(hasOpenAlerts === false ? { alerts: { none: open } } : {}),
  };
}

/** `%` and `_` mean themselves. */
function contains(text: string): Prisma.StringFilter {
  return { contains: text.replaceAll(/[\\%_]/g, String.raw`\$&`), mode: 'insensitive' };
}

import type { LatestMeasurement, PointVariable } from '@cauce/prisma/client';
import type { Clock } from '@cauce/shared/clock';
import { createIdLoader, createListLoader, createLoader } from '@cauce/shared/db/create-loader';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { CatchmentPoint, PointFilter, PointOrder } from './point.ts';
import type { PointStore } from './points.store.ts';

/** Catchment points as far as one viewer may see them, each read once. */
export interface Points {
  byId(id: string): Promise<CatchmentPoint | null>;
  byCode(code: string): Promise<CatchmentPoint | null>;
  /** By code; none for a site out of reach. */
  ofSite(siteId: string): Promise<readonly CatchmentPoint[]>;
  page(filter: PointFilter, order: PointOrder, args: PageArgs): Promise<Page<CatchmentPoint>>;
  /** Newest value of each quantity. */
  latest(pointId: string): Promise<readonly LatestMeasurement[]>;
  /** The constants now in force, one version of each quantity. */
  constants(pointId: string): Promise<readonly PointVariable[]>;
}

export function createPoints(store: PointStore, clock: Clock): Points {
  const byId = createIdLoader(store.byIds);
  const byCode = createLoader(
    (codes) => store.byCodes(codes.filter((code) => !code.includes('\0'))),
    (point: CatchmentPoint) => point.code,
  );
  const remembered = async (reading: Promise<CatchmentPoint[]>) => {
    const points = await reading;
    for (const point of points) byId.prime(point.id, point);
    return points;
  };
  const bySite = createListLoader(
    (siteIds) => remembered(store.bySites(onlyUuids(siteIds))),
    (point) => point.siteId,
  );
  const latest = createListLoader(store.latest, (row) => row.pointId);
  const variables = createListLoader(store.variables, (row) => row.pointId);
  return {
    byId: (id) => byId.load(id),
    byCode: (code) => byCode.load(code),
    ofSite: (siteId) => bySite.load(siteId.toLowerCase()),
    latest: (pointId) => latest.load(pointId),
    constants: async (pointId) => inForce(await variables.load(pointId), clock.now()),
    async page(filter, order, args) {
      const keyset = readKeyset(args, ['text', 'id']);
      const rows = await remembered(store.page(filter, order, keyset));
      const isByName = order.startsWith('NAME');
      return toPage(
        rows,
        keyset,
        (point) => [isByName ? point.name : point.code, point.id],
        () => store.count(filter),
      );
    },
  };
}

/** Of each quantity the newest version that has begun; versions come newest first. */
function inForce(versions: readonly PointVariable[], now: Date): PointVariable[] {
  const begun = versions.filter((version) => version.isActive && version.validFrom <= now);
  return [...Map.groupBy(begun, ({ variable }) => variable).values()].flatMap(([newest]) => newest ?? []);
}

import { Prisma } from '@cauce/prisma/client';
import { type ScopedClient, type ScopedTransaction, unscoped } from '@cauce/shared/db/scoped-client';
import { appendEvents } from '@cauce/shared/events/outbox';
import { pointStatusChanged } from '../events.ts';
import type { CatchmentPoint } from './point.ts';

type NewPoint = Prisma.CatchmentPointUncheckedCreateInput;
type PointChanges = Prisma.CatchmentPointUncheckedUpdateManyInput;

/** Changes of points inside one transaction, kept to the viewer of the client. */
export interface PointWrites {
  find(id: string): Promise<CatchmentPoint | null>;
  /** The company that a site's points belong to; null for a site without points. */
  companyOfSite(siteId: string): Promise<string | null>;
  insert(point: NewPoint): Promise<CatchmentPoint>;
  /** Null when the point is no longer the one that was read. */
  replace(before: CatchmentPoint, changes: PointChanges): Promise<CatchmentPoint | null>;
  /** Whether a device ever said anything of the point. */
  hasReadings(id: string): Promise<boolean>;
  /** Tells who listens that the point is new or has another state. */
  announce(point: CatchmentPoint, previousStatus: string | null, now: Date): Promise<void>;
}

export type PointWriteStore = ReturnType<typeof createPointWriteStore>;

export function createPointWriteStore(client: ScopedClient) {
  return {
    transaction: <Value>(work: (writes: PointWrites, tx: ScopedTransaction) => Promise<Value>): Promise<Value> =>
      client.$transaction((tx) => work(writesIn(tx), tx)),

    /** By any point, whoever's it is. */
    isCodeTaken: async (code: string): Promise<boolean> => {
      const sql = Prisma.sql`SELECT EXISTS (SELECT FROM telemetry.catchment_points WHERE code = ${code}) AS is`;
      const [row] = await client.$transaction((tx) => unscoped(tx).$queryRaw<{ is: boolean }[]>(sql));
      return row?.is === true;
    },
  };
}

function writesIn(tx: ScopedTransaction): PointWrites {
  const find = (id: string) => tx.catchmentPoint.findFirst({ where: { id, deletedAt: null } });
  return {
    find,
    async companyOfSite(siteId) {
      const point = await tx.catchmentPoint.findFirst({ where: { siteId, deletedAt: null }, orderBy: { code: 'asc' } });
      return point?.companyId ?? null;
    },
    insert: (point) => tx.catchmentPoint.create({ data: point }),
    async replace({ id, updatedAt }, changes) {
      const { count } = await tx.catchmentPoint.updateMany({ where: { id, updatedAt }, data: changes });
      return count === 0 ? null : find(id);
    },
    async hasReadings(id) {
      const [row] = await unscoped(tx).$queryRaw<{ has: boolean }[]>`
        SELECT EXISTS (SELECT FROM telemetry.raw_readings WHERE point_id = ${id}::uuid)
          OR EXISTS (SELECT FROM telemetry.latest_measurements WHERE point_id = ${id}::uuid) AS has`;
      return row?.has === true;
    },
    announce: ({ id, code, status, siteId, companyId }, previousStatus, now) =>
      appendEvents(unscoped(tx), [
        {
          topic: pointStatusChanged,
          key: id,
          siteId,
          companyId,
          occurredAt: now,
          payload: { pointId: id, pointCode: code, status, previousStatus },
        },
      ]),
  };
}

import { Prisma, type PrismaClient } from '@cauce/prisma/client';
import type { Viewer } from '@cauce/shared/auth/viewer';
import { type ScopedClient, unscoped } from '@cauce/shared/db/scoped-client';
import { appendEvents } from '@cauce/shared/events/outbox';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { alertChanged } from '../events.ts';
import { siteReachSql } from '../reach-sql.ts';
import { onlyUuids } from '../uuid.ts';
import type { Alert, AlertFilter } from './alert.ts';

export type AlertStore = ReturnType<typeof createAlertStore>;

export interface Acknowledgement {
  readonly by: string | null;
  readonly at: Date;
  readonly note: string | null;
}

const newestFirst = [
  { column: 'openedAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

/** Alerts, kept to the viewer. */
export function createAlertStore(client: ScopedClient, sql: PrismaClient, viewer: Viewer) {
  return {
    byIds: (ids: readonly string[]): Promise<Alert[]> =>
      client.alert.findMany({ where: { id: { in: [...ids] } }, include: { rule: true } }),

    page: (filter: AlertFilter, keyset: Keyset): Promise<Alert[]> =>
      client.alert.findMany({
        where: { AND: [whereOf(filter), afterKeyset(newestFirst, keyset.after)] },
        include: { rule: true },
        orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
        take: keyset.limit + 1,
      }),

    count: (filter: AlertFilter): Promise<number> => client.alert.count({ where: whereOf(filter) }),

    /** The newest unresolved ones of each site or point, so many of each. */
    unresolved: async (column: 'site' | 'point', ids: readonly string[], perId: number) => {
      const key = column === 'site' ? Prisma.sql`a.site_id` : Prisma.sql`a.point_id`;
      const rows = await sql.$queryRaw<{ id: string }[]>`
        SELECT found.id FROM unnest(${[...ids]}::uuid[]) AS wanted (id)
        CROSS JOIN LATERAL (
          SELECT a.id FROM telemetry.alerts a
          WHERE ${key} = wanted.id AND a.status IN ('OPEN', 'ACKNOWLEDGED') AND ${siteReachSql(viewer, Prisma.sql`a.site_id`)}
          ORDER BY a.opened_at DESC, a.id DESC LIMIT ${perId}) AS found`;
      return client.alert.findMany({
        where: { id: { in: rows.map(({ id }) => id) } },
        include: { rule: true },
        orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
      });
    },

    /** Marks an open alert as seen, with its audit entry and event. Null when it is not open any more. */
    acknowledge: (alert: Alert, { by, at, note }: Acknowledgement, actor: AuditActor): Promise<Alert | null> =>
      client.$transaction(async (tx) => {
        const { id, pointId, siteId, companyId } = alert;
        const { count } = await tx.alert.updateMany({
          where: { id, status: 'OPEN' },
          data: { status: 'ACKNOWLEDGED', acknowledgedBy: by, acknowledgedAt: at, acknowledgement: note },
        });
        if (count === 0) return null;
        const after = await tx.alert.findFirst({ where: { id }, include: { rule: true } });
        const place = { siteId, companyId };
        await recordAudit(tx, actor, {
          ...place,
          action: 'telemetry.acknowledgeAlert',
          entityType: 'Alert',
          entityId: id,
          before: alert,
          after,
        });
        await appendEvents(unscoped(tx), [
          {
            ...place,
            topic: alertChanged,
            key: pointId,
            occurredAt: at,
            payload: { alertId: id, pointId, status: 'ACKNOWLEDGED' },
          },
        ]);
        return after;
      }),
  };
}

function whereOf({ siteIds, pointIds, statuses, severities, kinds }: AlertFilter): Prisma.AlertWhereInput {
  return {
    ...(siteIds ? { siteId: { in: onlyUuids(siteIds) } } : {}),
    ...(pointIds ? { pointId: { in: onlyUuids(pointIds) } } : {}),
    ...(statuses ? { status: { in: [...statuses] } } : {}),
    ...(severities ? { severity: { in: [...severities] } } : {}),
    ...(kinds ? { rule: { is: { kind: { in: [...kinds] } } } } : {}),
  };
}

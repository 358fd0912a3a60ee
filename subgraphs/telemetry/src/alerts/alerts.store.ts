import type { Prisma } from '@cauce/prisma/client';
import { type AuditActor, recordAudit } from '@cauce/shared/audit/audit';
import { type ScopedClient, unscoped } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { appendEvents } from '@cauce/shared/events/outbox';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import { alertChanged } from '../events.ts';
import type { Alert, AlertFilter } from './alert.ts';

export type AlertStore = ReturnType<typeof createAlertStore>;

export interface Acknowledgement {
  readonly by: string | null;
  readonly at: Date;
  readonly note: string | null;
}

/** One per point, rule and quantity: far more than a page shows. */
const unresolvedAtMost = 5_000;

const newestFirst = [
  { column: 'openedAt', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

/** Alerts, kept to the viewer of the client. */
export function createAlertStore(client: ScopedClient) {
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

    /** Unresolved ones of sites or points, newest first. */
    unresolved: (column: 'siteId' | 'pointId', ids: readonly string[]): Promise<Alert[]> =>
      client.alert.findMany({
        where: { [column]: { in: [...ids] }, status: { in: ['OPEN', 'ACKNOWLEDGED'] } },
        include: { rule: true },
        orderBy: [{ openedAt: 'desc' }, { id: 'desc' }],
        take: unresolvedAtMost,
      }),

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

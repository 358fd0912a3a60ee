import type { AuditEntry, Prisma } from '@cauce/prisma/client';
import type { ScopedClient } from '@cauce/shared/db/scoped-client';
import { onlyUuids } from '@cauce/shared/db/uuid';
import { afterKeyset, type Keyset } from '@cauce/shared/schema/keyset';
import { searchText } from '../plain-text.ts';

export type AuditEntryRow = AuditEntry;

export interface AuditFilter {
  /** `access.signIn`; with a dot at the end, all of a subgraph. */
  readonly action?: string | null | undefined;
  readonly outcome?: string | null | undefined;
  readonly actorUserId?: string | null | undefined;
  readonly entityType?: string | null | undefined;
  readonly entityId?: string | null | undefined;
  readonly companyId?: string | null | undefined;
  readonly siteId?: string | null | undefined;
  readonly from?: Date | null | undefined;
  readonly to?: Date | null | undefined;
}

const order = [
  { column: 'at', direction: 'desc' },
  { column: 'id', direction: 'desc' },
] as const;

/** Entries whose subject the client's viewer reaches, newest first. */
export function createAuditLogStore(client: ScopedClient) {
  return {
    byIds: (ids: readonly string[]) => client.auditEntry.findMany({ where: { id: { in: [...ids] } } }),
    page: (filter: AuditFilter, { limit, after }: Keyset) =>
      client.auditEntry.findMany({
        where: { AND: [whereOf(filter), afterKeyset(order, after)] },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit + 1,
      }),
    count: (filter: AuditFilter) => client.auditEntry.count({ where: whereOf(filter) }),
  };
}

function whereOf(filter: AuditFilter): Prisma.AuditEntryWhereInput {
  const { from, to } = filter;
  const [action, outcome] = [searchText(filter.action), searchText(filter.outcome)];
  const [entityType, entityId] = [searchText(filter.entityType), searchText(filter.entityId)];
  const ids = (id: string | null | undefined) => (id ? { in: onlyUuids([id]) } : undefined);
  const [actorUserId, companyId, siteId] = [ids(filter.actorUserId), ids(filter.companyId), ids(filter.siteId)];
  return {
    ...(action ? { action: action.endsWith('.') ? { startsWith: action } : action } : {}),
    ...(outcome ? { outcome } : {}),
    ...(entityType ? { entityType } : {}),
    ...(entityId ? { entityId } : {}),
    ...(actorUserId ? { actorUserId } : {}),
    ...(companyId ? { companyId } : {}),
    ...(siteId ? { siteId } : {}),
    ...(from || to ? { at: { ...(from ? { gte: from } : {}), ...(to ? { lt: to } : {}) } } : {}),
  };
}

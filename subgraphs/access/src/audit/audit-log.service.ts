import { auditEntryAdded } from '@cauce/shared/audit/audit';
import { reachableEvents } from '@cauce/shared/events/reachable-events';
import { type Page, type PageArgs, readKeyset, toPage } from '@cauce/shared/schema/keyset';
import type { RequestScope } from '@cauce/shared/subgraph/request-scope';
import type { AccessDeps } from '../access-deps.ts';
import type { Seen, Sight } from '../sight.ts';
import { type AuditEntryRow, type AuditFilter, createAuditLogStore } from './audit-log.store.ts';

export type AuditEntry = Seen<AuditEntryRow>;

/** What was done, by whom, to what a viewer reaches. */
export interface AuditLog {
  entries(filter: AuditFilter, page: PageArgs): Promise<Page<AuditEntry>>;
  /** Entries from now on. Each comes with fresh eyes, so that a long stream neither keeps nor shows old names. */
  added(): AsyncIterable<AuditEntry>;
}

export function createAuditLogMaker(deps: AccessDeps): (scope: RequestScope, sight: Sight) => AuditLog {
  return ({ viewer, signal }, sight) => {
    const store = createAuditLogStore(deps.scopedFor(viewer));
    return {
      async entries(filter, args) {
        const keyset = readKeyset(args, ['instant', 'id']);
        const rows = (await store.page(filter, keyset)).map((row) => ({ ...row, sight }));
        return toPage(
          rows,
          keyset,
          ({ at, id }) => [at.toISOString(), id],
          () => store.count(filter),
        );
      },
      added: () =>
        reachableEvents(deps.bus, auditEntryAdded, {
          viewer,
          signal,
          async read({ payload }) {
            const [row] = await store.byIds([payload.entryId]);
            return row === undefined ? null : { ...row, sight: deps.createSight(viewer) };
          },
        }),
    };
  };
}

import type { DatabaseTransaction } from '../db/database.ts';
import { type ScopedTransaction, unscoped } from '../db/scoped-client.ts';
import { defineTopic } from '../events/domain-event.ts';
import { appendEvents } from '../events/outbox.ts';
import type { RequestScope } from '../subgraph/request-scope.ts';
import { auditSnapshot } from './audit-snapshot.ts';

/** Who did it and from where: a request's scope, or the system viewer of a job. */
export type AuditActor = Pick<RequestScope, 'viewer' | 'requestId' | 'address'>;

export interface AuditChange {
  /** `<subgraph>.<mutation>`: `inventory.updateProduct`. */
  readonly action: string;
  /** The GraphQL type that was changed. */
  readonly entityType: string;
  /** Null when the thing was not found out, as in a sign-in under an unknown name. */
  readonly entityId: string | null;
  /** Row scope of the thing: who reaches it may read the entry. With neither, only who reaches everything. */
  readonly companyId?: string | null;
  readonly siteId?: string | null;
  /** State before and after; secrets are removed here, so rows may be given as they are. */
  readonly before?: unknown;
  readonly after?: unknown;
  /** `ok` unless said: otherwise why it was refused, for refusals worth keeping. */
  readonly outcome?: string;
}

/** An entry has been written; read it by its id. Not for partners: its subject may be anybody. */
export const auditEntryAdded = defineTopic<{ readonly entryId: string }>('access.auditEntryAdded');

const actorKinds = { anonymous: 'ANONYMOUS', user: 'USER', apiKey: 'API_KEY', system: 'SYSTEM' } as const;

/**
 * Writes one entry of the append-only audit log in the transaction of the change, and announces it. Every mutation of
 * every subgraph calls it; a change without its entry is rolled back with it.
 */
export async function recordAudit(
  tx: ScopedTransaction | DatabaseTransaction,
  { viewer, requestId, address }: AuditActor,
  change: AuditChange,
): Promise<void> {
  const raw = unscoped(tx);
  const { companyId = null, siteId = null } = change;
  const [entry] = await raw.$queryRaw<{ id: string; at: Date }[]>`
    INSERT INTO access.audit_log
      (actor_kind, actor_id, actor_user_id, action, outcome, entity_type, entity_id,
       company_id, site_id, before, after, request_id, address)
    VALUES
      (${actorKinds[viewer.kind]}::access.actor_kind, ${viewer.id}, ${viewer.userId}::uuid, ${change.action},
       ${change.outcome ?? 'ok'}, ${change.entityType}, ${change.entityId}, ${companyId}::uuid, ${siteId}::uuid,
       ${jsonText(change.before)}::jsonb, ${jsonText(change.after)}::jsonb, ${requestId}, ${address})
    RETURNING id::text, at`;
  if (entry === undefined) throw new Error('The audit log answered no id');
  await appendEvents(raw, [
    { topic: auditEntryAdded, companyId, siteId, key: entry.id, occurredAt: entry.at, payload: { entryId: entry.id } },
  ]);
}

/** Null as SQL's null, not JSON's: "there was nothing" is not a value. */
function jsonText(state: unknown): string | null {
  const snapshot = auditSnapshot(state);
  return snapshot === null ? null : JSON.stringify(snapshot);
}

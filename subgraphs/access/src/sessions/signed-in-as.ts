import type { AuditActor } from '@cauce/shared/audit/audit';

/** Whoever has just proved who they are did this, although the request came from nobody. */
export function signedInAs(userId: string, { viewer, ...rest }: AuditActor): AuditActor {
  return { ...rest, viewer: { ...viewer, kind: 'user', id: userId, userId } };
}

import type { DatabaseTransaction } from '@cauce/shared/db/database';
import { defineTopic } from '@cauce/shared/events/domain-event';
import { appendEvents } from '@cauce/shared/events/outbox';

/** Whose rights changed or ended. The narrowest id that is not null says which credentials it concerns. */
export interface ViewerChange {
  readonly userId: string;
  /** Only this API key. */
  readonly keyId: string | null;
  /** Only the sign-in with this family of refresh tokens. */
  readonly familyId: string | null;
}

/** The gateway forgets what it remembers of the viewer and ends their streams. */
const viewerChanged = defineTopic<ViewerChange>('access.viewerChanged');

/** Announces it in the transaction that changes the rights. */
export async function announceViewerChange(
  tx: DatabaseTransaction,
  at: Date,
  change: Pick<ViewerChange, 'userId'> & Partial<ViewerChange>,
): Promise<void> {
  const payload = { keyId: null, familyId: null, ...change };
  await appendEvents(tx, [
    { topic: viewerChanged, companyId: null, siteId: null, key: change.userId, occurredAt: at, payload },
  ]);
}

import type { Caller } from '../door/viewer-resolver.ts';
import { closeCodes } from './close-codes.ts';
import type { LiveConnections } from './connections.ts';

const longestTimeoutMs = 2_147_483_647;

/**
 * Keeps one live connection honest: it is listed so that a change of rights reaches it, and it ends when its
 * credential does. The returned function takes it off the list.
 */
export function keepSession(
  connections: LiveConnections,
  { viewer, familyId }: Caller,
  end: (code: number, reason: string) => void,
): () => void {
  const holderIds = [viewer.id, viewer.userId, familyId].filter((id) => id !== null);
  const remove = connections.add({ holderIds, end });
  const leftMs = viewer.expiresAtMs === null ? null : viewer.expiresAtMs - Date.now();
  const timer =
    leftMs === null
      ? null
      : setTimeout(
          () => end(closeCodes.tokenExpired, 'TOKEN_EXPIRED'),
          Math.min(Math.max(leftMs, 0), longestTimeoutMs),
        );
  timer?.unref();
  return () => {
    if (timer !== null) clearTimeout(timer);
    remove();
  };
}

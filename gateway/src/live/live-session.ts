import type { Viewer } from '@cauce/shared/auth/viewer';
import { closeCodes } from './close-codes.ts';
import type { LiveConnections } from './connections.ts';

const longestTimeoutMs = 2_147_483_647;

/**
 * Keeps one live connection honest: it is listed so that a change of rights reaches it, and it ends when its
 * credential does. The returned function takes it off the list.
 */
export function keepSession(
  connections: LiveConnections,
  viewer: Viewer,
  end: (code: number, reason: string) => void,
): () => void {
  const viewerIds = [viewer.id, viewer.userId].filter((id) => id !== null);
  const remove = connections.add({ viewerIds, end });
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

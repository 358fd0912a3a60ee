import { rightsFingerprint } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { Caller } from '../door/viewer-resolver.ts';
import { closeCodes } from './close-codes.ts';
import type { LiveConnections } from './connections.ts';

const longestTimeoutMs = 2_147_483_647;
/** API keys live for months: each is looked up again, should the announcement of its end have been missed. */
const lookUpAgainMs = 60_000;

export interface SessionOptions {
  readonly connections: LiveConnections;
  readonly caller: Caller;
  /** Looks the credential up again; rejects when it is not good any more. */
  readonly identify: () => Promise<Caller>;
  readonly end: (code: number, reason: string) => void;
  /** Default 60,000. */
  readonly lookUpAgainMs?: number;
}

/**
 * Keeps one live connection honest: it is listed so that a change of rights reaches it, it ends when its credential
 * does, and an API key is looked up again from time to time. The returned function takes it off the list.
 */
export function keepSession(options: SessionOptions): () => void {
  const { connections, caller, identify, end } = options;
  const { viewer, familyId } = caller;
  const holderIds = [viewer.id, viewer.userId, familyId].filter((id) => id !== null);
  const remove = connections.add({ holderIds, end });
  const timers: NodeJS.Timeout[] = [];
  if (viewer.expiresAtMs !== null) {
    const leftMs = Math.max(viewer.expiresAtMs - Date.now(), 0);
    // What ends in more than 24 days is for a later connection to end with.
    if (leftMs <= longestTimeoutMs)
      timers.push(setTimeout(() => end(closeCodes.tokenExpired, 'TOKEN_EXPIRED'), leftMs));
  }
  if (viewer.kind === 'apiKey') {
    const lookUp = () => {
      identify().then(
        (now) => {
          if (rightsFingerprint(now.viewer) !== rightsFingerprint(viewer))
            end(closeCodes.rightsChanged, 'RIGHTS_CHANGED');
        },
        // Only a plain no ends it: who cannot be asked now is asked again.
        (error: unknown) => {
          if (!(error instanceof AppError)) return;
          if (error.code === 'TOKEN_EXPIRED') end(closeCodes.tokenExpired, 'TOKEN_EXPIRED');
          if (error.code === 'UNAUTHENTICATED') end(closeCodes.rightsChanged, 'RIGHTS_CHANGED');
        },
      );
    };
    timers.push(setInterval(lookUp, options.lookUpAgainMs ?? lookUpAgainMs));
  }
  for (const timer of timers) timer.unref();
  return () => {
    for (const timer of timers) clearTimeout(timer);
    remove();
  };
}

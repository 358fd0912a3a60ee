import { createSession, type RefreshAnswer, type Session, type SessionMessage } from './session.ts';

const endpoint = '/api/session';
const lockName = 'cauce-session';

/** The session of this tab, over the app's own session route, Web Locks and a BroadcastChannel. */
export function createBrowserSession(): Session {
  const broadcast = new BroadcastChannel(lockName);
  const session = createSession({
    refresh: askForToken,
    signOut: async () => {
      await fetch(endpoint, { method: 'DELETE' });
    },
    exclusively: async (task) => {
      await navigator.locks.request(lockName, task);
    },
    channel: {
      post: (message) => broadcast.postMessage(message),
      listen: (listener) => {
        const onMessage = ({ data }: MessageEvent<SessionMessage>) => listener(data);
        broadcast.addEventListener('message', onMessage);
        return () => broadcast.removeEventListener('message', onMessage);
      },
    },
    now: Date.now,
  });
  return {
    ...session,
    dispose: () => {
      session.dispose();
      broadcast.close();
    },
  };
}

/** Longer than the platform itself takes to give up. */
const answersWithinMs = 20_000;

async function askForToken(): Promise<RefreshAnswer> {
  try {
    const response = await fetch(endpoint, { method: 'PUT', signal: AbortSignal.timeout(answersWithinMs) });
    if (response.status === 401) return { kind: 'ended' };
    if (!response.ok) return { kind: 'unreachable' };
    const body: { accessToken: string; expiresInMs: number } = await response.json();
    return { kind: 'granted', accessToken: body.accessToken, expiresInMs: body.expiresInMs };
  } catch {
    return { kind: 'unreachable' };
  }
}

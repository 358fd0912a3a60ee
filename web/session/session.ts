/** A short-lived access token and when it stops being of use, by this browser's own clock. */
export interface AccessGrant {
  readonly accessToken: string;
  readonly expiresAtMs: number;
}

/** What the server said when it was asked for a new access token. */
export type RefreshAnswer =
  | { readonly kind: 'granted'; readonly accessToken: string; readonly expiresInMs: number }
  | { readonly kind: 'ended' }
  | { readonly kind: 'unreachable' };

/** `unreachable` keeps the sign-in: a graph that is down must not sign anybody out. */
export type SessionStatus = 'starting' | 'active' | 'ended' | 'unreachable';

/** What tabs of one browser tell each other. */
export type SessionMessage = { readonly kind: 'granted'; readonly grant: AccessGrant } | { readonly kind: 'ended' };

export interface SessionDeps {
  /** Trades the refresh cookie, which this code cannot read, for an access token. */
  readonly refresh: () => Promise<RefreshAnswer>;
  /** Ends the session at the server. */
  readonly signOut: () => Promise<void>;
  /** Runs one task at a time over all tabs: refresh tokens rotate, and using one twice ends the whole family. */
  readonly exclusively: (task: () => Promise<void>) => Promise<void>;
  readonly channel: {
    readonly post: (message: SessionMessage) => void;
    readonly listen: (listener: (message: SessionMessage) => void) => () => void;
  };
  readonly now: () => number;
}

export interface Session {
  readonly status: () => SessionStatus;
  /** The token in hand, or null when there is none that is still good. */
  readonly currentToken: () => string | null;
  readonly expiresAtMs: () => number | null;
  /** A token that is good for at least half a minute, fetched when needed; null when there is no session. */
  readonly token: () => Promise<string | null>;
  /** Gets a new token; several calls, in any tab, make one request. True when there is a good token afterwards. */
  readonly refresh: () => Promise<boolean>;
  readonly signOut: () => Promise<void>;
  readonly subscribe: (listener: () => void) => () => void;
  readonly dispose: () => void;
}

/** A token this close to its end is replaced before it is used. */
const marginMs = 30_000;

/** Keeps the access token of this tab in memory and nowhere else. */
export function createSession(deps: SessionDeps): Session {
  let status: SessionStatus = 'starting';
  let grant: AccessGrant | null = null;
  let inFlight: Promise<boolean> | null = null;
  const listeners = new Set<() => void>();

  const become = (next: SessionStatus, nextGrant: AccessGrant | null) => {
    status = next;
    grant = nextGrant;
    for (const listener of listeners) listener();
  };
  const stopListening = deps.channel.listen((message) => {
    if (message.kind === 'granted') become('active', message.grant);
    else become('ended', null);
  });
  const isGood = (candidate: AccessGrant | null) => candidate !== null && candidate.expiresAtMs - deps.now() > marginMs;

  const refreshOnce = async (before: AccessGrant | null): Promise<boolean> => {
    await deps.exclusively(async () => {
      // While this tab waited, another one may have refreshed and said so.
      if (grant !== before && isGood(grant)) return;
      const answer = await deps.refresh();
      if (answer.kind === 'granted') {
        const next = { accessToken: answer.accessToken, expiresAtMs: deps.now() + answer.expiresInMs };
        become('active', next);
        deps.channel.post({ kind: 'granted', grant: next });
      } else if (answer.kind === 'ended') {
        become('ended', null);
        deps.channel.post({ kind: 'ended' });
      } else if (!isGood(grant)) become('unreachable', grant);
    });
    return status === 'active';
  };

  const session: Session = {
    status: () => status,
    currentToken: () => (grant !== null && grant.expiresAtMs > deps.now() ? grant.accessToken : null),
    expiresAtMs: () => grant?.expiresAtMs ?? null,
    token: async () => {
      if (!isGood(grant) && status !== 'ended') await session.refresh();
      return session.currentToken();
    },
    refresh: () => {
      inFlight ??= refreshOnce(grant).finally(() => {
        inFlight = null;
      });
      return inFlight;
    },
    signOut: async () => {
      await deps.exclusively(deps.signOut);
      become('ended', null);
      deps.channel.post({ kind: 'ended' });
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => {
      stopListening();
      listeners.clear();
    },
  };
  return session;
}

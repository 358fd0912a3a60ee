import { type AccessTokenClaims, createAccessTokenReader } from '@cauce/shared/auth/access-token';
import { anonymousViewer, type Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import { LRUCache } from 'lru-cache';
import type { Credential } from './credential.ts';

/** Asks the access subgraph who a credential belongs to and what they may do now. */
export interface ViewerSource {
  bySession(claims: AccessTokenClaims): Promise<Viewer>;
  byApiKey(secret: string): Promise<Viewer>;
}

/** Who is asking, and through which sign-in. */
export interface Caller {
  readonly viewer: Viewer;
  /** The sign-in whose end is the end of the credential; null for API keys and for nobody. */
  readonly familyId: string | null;
}

export interface ViewerResolver {
  /** The viewer behind a credential; throws UNAUTHENTICATED or TOKEN_EXPIRED when it is not good any more. */
  resolve(credential: Credential | null): Promise<Viewer>;
  /** The same, with the sign-in, for what lives longer than a request. */
  identify(credential: Credential | null): Promise<Caller>;
  /** Forgets what is remembered of a user, a sign-in or an API key, because its rights changed. */
  forget(id: string): void;
}

/** Rights are asked for again after this long, even when no change was heard of. */
const rememberedMs = 15_000;

/**
 * Verifies access tokens here and looks rights up in the access subgraph, remembering them briefly. Failures are
 * never remembered. The same viewer object is given to all requests of a credential, which is what the caches of
 * signed tokens and scoped clients hang on.
 */
export function createViewerResolver(source: ViewerSource, tokenSecret: string): ViewerResolver {
  const readAccessToken = createAccessTokenReader(tokenSecret);
  const callers = new LRUCache<string, Promise<Caller>>({ max: 20_000, ttl: rememberedMs });
  /** Under which keys a user, sign-in or API key is remembered; as bounded as the callers themselves. */
  const keysOf = new LRUCache<string, Set<string>>({ max: 20_000, ttl: rememberedMs });
  let forgotten = 0;

  const remember = (key: string, load: () => Promise<Caller>): Promise<Caller> => {
    const known = callers.get(key);
    if (known !== undefined) return known;
    const before = forgotten;
    const loading = load();
    callers.set(key, loading);
    loading.then(
      ({ viewer, familyId }) => {
        // Rights changed while they were being read: what came may be the old ones.
        if (forgotten !== before) callers.delete(key);
        for (const id of [viewer.id, viewer.userId, familyId]) if (id !== null) addTo(keysOf, id, key);
      },
      () => callers.delete(key),
    );
    return loading;
  };

  const identify = async (credential: Credential | null): Promise<Caller> => {
    if (credential === null) return { viewer: anonymousViewer, familyId: null };
    const { kind, value } = credential;
    if (kind === 'apiKey') {
      const load = async () => ({ viewer: await source.byApiKey(value), familyId: null });
      return stillValid(await remember(`key:${value}`, load));
    }
    // A signature that was good stays good: while the caller is remembered, only the time has to be looked at.
    const load = async () => {
      const claims = await readAccessToken(value);
      const { familyId, expiresAtMs } = claims;
      return { viewer: { ...(await source.bySession(claims)), expiresAtMs }, familyId };
    };
    return stillValid(await remember(`token:${value}`, load));
  };

  return {
    identify,
    resolve: async (credential) => (await identify(credential)).viewer,
    forget(id) {
      forgotten += 1;
      for (const key of keysOf.get(id) ?? []) callers.delete(key);
      keysOf.delete(id);
    },
  };
}

function stillValid(caller: Caller): Caller {
  const { expiresAtMs } = caller.viewer;
  if (expiresAtMs !== null && expiresAtMs <= Date.now()) {
    const what = caller.viewer.kind === 'apiKey' ? 'API key' : 'access token';
    throw new AppError('TOKEN_EXPIRED', `The ${what} has expired`);
  }
  return caller;
}

function addTo(index: LRUCache<string, Set<string>>, id: string, key: string): void {
  const keys = index.get(id) ?? new Set();
  keys.add(key);
  index.set(id, keys);
}

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

export interface ViewerResolver {
  /** The viewer behind a credential; throws UNAUTHENTICATED or TOKEN_EXPIRED when it is not good any more. */
  resolve(credential: Credential | null): Promise<Viewer>;
  /** Forgets what is remembered of a user or an API key, because their rights changed. */
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
  const viewers = new LRUCache<string, Promise<Viewer>>({ max: 20_000, ttl: rememberedMs });
  /** Under which keys a user or API key is remembered; as bounded as the viewers themselves. */
  const keysOf = new LRUCache<string, Set<string>>({ max: 20_000, ttl: rememberedMs });
  let forgotten = 0;

  const remember = (key: string, load: () => Promise<Viewer>): Promise<Viewer> => {
    const known = viewers.get(key);
    if (known !== undefined) return known;
    const before = forgotten;
    const loading = load();
    viewers.set(key, loading);
    loading.then(
      (viewer) => {
        // Rights changed while they were being read: what came may be the old ones.
        if (forgotten !== before) viewers.delete(key);
        for (const id of [viewer.id, viewer.userId]) if (id !== null) addTo(keysOf, id, key);
      },
      () => viewers.delete(key),
    );
    return loading;
  };

  return {
    async resolve(credential) {
      if (credential === null) return anonymousViewer;
      if (credential.kind === 'apiKey') {
        return stillValid(await remember(`key:${credential.value}`, () => source.byApiKey(credential.value)));
      }
      const claims = await readAccessToken(credential.value);
      return remember(`token:${credential.value}`, async () => ({
        ...(await source.bySession(claims)),
        expiresAtMs: claims.expiresAtMs,
      }));
    },
    forget(id) {
      forgotten += 1;
      for (const key of keysOf.get(id) ?? []) viewers.delete(key);
      keysOf.delete(id);
    },
  };
}

function stillValid(viewer: Viewer): Viewer {
  if (viewer.expiresAtMs !== null && viewer.expiresAtMs <= Date.now()) {
    throw new AppError('TOKEN_EXPIRED', 'The API key has expired');
  }
  return viewer;
}

function addTo(index: LRUCache<string, Set<string>>, id: string, key: string): void {
  const keys = index.get(id) ?? new Set();
  keys.add(key);
  index.set(id, keys);
}

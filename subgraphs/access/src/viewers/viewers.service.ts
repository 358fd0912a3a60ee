import type { Viewer } from '@cauce/shared/auth/viewer';
import { AppError } from '@cauce/shared/errors/app-error';
import type { createViewerStore, StandingCredential } from './viewer.store.ts';
import { viewerOf } from './viewer-rights.ts';

interface SessionClaims {
  readonly userId: string;
  readonly familyId: string;
  /** The rights version in the token. */
  readonly version: number;
}

/** Says who a credential belongs to, as things stand in the database now. */
export interface Viewers {
  /**
   * Throws `UNAUTHENTICATED` when the sign-in has ended or the user was shut out, `TOKEN_EXPIRED` when the user's
   * rights changed after the token was issued: a refresh gives a good one.
   */
  bySession(claims: SessionClaims): Promise<Viewer>;
  /** Who has just signed in or refreshed, and the version for their new token; null when that ended already. */
  ofSignIn(userId: string, familyId: string): Promise<{ readonly viewer: Viewer; readonly version: number } | null>;
  /** Throws `UNAUTHENTICATED` for a key that is unknown, revoked or expired, or whose owner was shut out. */
  byApiKey(keyId: string, secretHash: string): Promise<Viewer>;
}

export function createViewers(store: ReturnType<typeof createViewerStore>): Viewers {
  return {
    async bySession({ userId, familyId, version }) {
      const credential = standing(await store.session(userId, familyId), 'The sign-in has ended');
      if (credential.user.version !== version) {
        throw new AppError('TOKEN_EXPIRED', 'Rights have changed since the access token was issued');
      }
      return viewerOf(credential);
    },
    async ofSignIn(userId, familyId) {
      const credential = await store.session(userId, familyId);
      return credential === null ? null : { viewer: viewerOf(credential), version: credential.user.version };
    },
    async byApiKey(keyId, secretHash) {
      return viewerOf(standing(await store.apiKey(keyId, secretHash), 'The API key is not valid'));
    },
  };
}

function standing(credential: StandingCredential | null, message: string): StandingCredential {
  if (credential === null) throw new AppError('UNAUTHENTICATED', message);
  return credential;
}

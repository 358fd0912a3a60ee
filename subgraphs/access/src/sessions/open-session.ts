import type { AccessDeps } from '../access-deps.ts';
import type { User } from '../people/people.service.ts';
import type { RefreshTokenText } from './refresh-token.ts';

/** What a client holds after signing in. The texts of the tokens exist in this answer only. */
export interface Session {
  readonly accessToken: string;
  readonly accessTokenExpiresAt: Date;
  readonly refreshToken: string;
  readonly user: User;
}

/** A sign-in by its ids. */
export interface OpenSignIn {
  readonly userId: string;
  readonly familyId: string;
}

/**
 * Issues an access token for a sign-in, and shows its user with their own eyes. Null when it was ended in this very
 * moment by somebody else.
 */
export async function openSession(
  { viewers, issueAccessToken, createSight }: AccessDeps,
  { userId, familyId }: OpenSignIn,
  refreshToken: RefreshTokenText,
): Promise<Session | null> {
  const standing = await viewers.ofSignIn(userId, familyId);
  const user = standing === null ? null : await createSight(standing.viewer).people.user(userId);
  if (standing === null || user === null) return null;
  const { token, expiresAt } = await issueAccessToken({ userId, familyId, version: standing.version });
  return { accessToken: token, accessTokenExpiresAt: expiresAt, refreshToken: refreshToken.text, user };
}

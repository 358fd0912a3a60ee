import { SignJWT } from 'jose';
import { z } from 'zod';
import { type Clock, systemClock } from '../clock.ts';
import { AppError } from '../errors/app-error.ts';
import { hmacKey } from './hmac-key.ts';
import { createHs256Reader } from './hs256.ts';

/** What an access token says: who, in which sign-in, and with which state of their rights. Never the rights. */
export interface AccessTokenClaims {
  readonly userId: string;
  /** The sign-in it came from; ended when the family of its refresh tokens is. */
  readonly familyId: string;
  /** The user's `permissionsVersion` when it was issued. */
  readonly version: number;
  readonly expiresAtMs: number;
}

export interface IssuedAccessToken {
  readonly token: string;
  readonly expiresAt: Date;
}

const issuer = 'cauce-access';
const audience = 'cauce-gateway';
/** RFC 9068's type, so that no other token signed with the same secret can pass for one. */
const header = { alg: 'HS256', typ: 'at+jwt' } as const;
const lifetimeMs = 10 * 60 * 1000;

const payloadSchema = z.object({
  iss: z.literal(issuer),
  aud: z.literal(audience),
  sub: z.uuid(),
  sid: z.uuid(),
  ver: z.int().nonnegative(),
  exp: z.number(),
  /** Ours carry none; were one to come, it would count. */
  nbf: z.number().optional(),
  iat: z.number().optional(),
});

/** Signs access tokens (JWT, HS256) that live ten minutes. Rights are looked up on use, so none stand in them. */
export function createAccessTokenIssuer(
  secret: string,
  clock: Clock = systemClock,
): (subject: Omit<AccessTokenClaims, 'expiresAtMs'>) => Promise<IssuedAccessToken> {
  const key = hmacKey(secret, 'sign');
  return async ({ userId, familyId, version }) => {
    const issuedAtMs = clock.now().getTime();
    // JWT counts in seconds: what is announced must not outlive what is signed.
    const expiresAtSeconds = Math.floor((issuedAtMs + lifetimeMs) / 1000);
    const token = await new SignJWT({ sid: familyId, ver: version })
      .setProtectedHeader(header)
      .setSubject(userId)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(Math.floor(issuedAtMs / 1000))
      .setExpirationTime(expiresAtSeconds)
      .sign(await key);
    return { token, expiresAt: new Date(expiresAtSeconds * 1000) };
  };
}

/**
 * Reads an access token at the door. Throws `TOKEN_EXPIRED` for one that was good once, `UNAUTHENTICATED` for
 * anything else; whether the user and the sign-in still stand is for the access subgraph to say.
 */
export function createAccessTokenReader(
  secret: string,
  clock: Clock = systemClock,
): (token: string) => Promise<AccessTokenClaims> {
  const read = createHs256Reader(secret, header);
  return async (token) => {
    const { success, data, error } = payloadSchema.safeParse(read(token));
    if (!success) throw new AppError('UNAUTHENTICATED', 'The access token is not valid', { cause: error });
    const { sub, sid, ver, exp, nbf } = data;
    const nowSeconds = Math.floor(clock.now().getTime() / 1000);
    if (nbf !== undefined && nbf > nowSeconds) throw new AppError('UNAUTHENTICATED', 'The access token is not valid');
    if (exp <= nowSeconds) throw new AppError('TOKEN_EXPIRED', 'The access token has expired');
    return { userId: sub, familyId: sid, version: ver, expiresAtMs: exp * 1000 };
  };
}

import { SignJWT } from 'jose';
import { z } from 'zod';
import type { Clock } from '../clock.ts';
import { AppError } from '../errors/app-error.ts';
import { hmacKey } from './hmac-key.ts';
import { createHs256Reader } from './hs256.ts';

export interface RegulatorTokens {
  issue(accountId: string): Promise<{ readonly token: string; readonly expiresAt: Date }>;
  /** The account behind a token. Throws TOKEN_EXPIRED for one that was good once, UNAUTHENTICATED for anything else. */
  read(token: string): string;
}

const issuer = 'cauce-telemetry';
const audience = 'regulators';
/** A type of its own: neither can pass for a person's access token, nor such a one for it. */
const header = { alg: 'HS256', typ: 'regulator+jwt' } as const;
/** As the manual has it; there is no refresh. */
const lifetimeMs = 24 * 60 * 60 * 1000;

const payloadSchema = z.object({
  ...{ iss: z.literal(issuer), aud: z.literal(audience), sub: z.uuid(), exp: z.number() },
});

/** Tokens that regulators read our history with (JWT, HS256), good for a day. What they may read is looked up on use. */
export function createRegulatorTokens(secret: string, clock: Clock): RegulatorTokens {
  const key = hmacKey(secret, 'sign');
  const read = createHs256Reader(secret, header);
  return {
    async issue(accountId) {
      const issuedAt = Math.floor(clock.now().getTime() / 1000);
      const expiresAt = issuedAt + lifetimeMs / 1000;
      const token = await new SignJWT({})
        .setProtectedHeader(header)
        .setSubject(accountId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(await key);
      return { token, expiresAt: new Date(expiresAt * 1000) };
    },
    read(token) {
      const { success, data } = payloadSchema.safeParse(read(token));
      if (!success) throw new AppError('UNAUTHENTICATED', 'The token is not valid');
      if (data.exp * 1000 <= clock.now().getTime()) throw new AppError('TOKEN_EXPIRED', 'The token has expired');
      return data.sub;
    },
  };
}

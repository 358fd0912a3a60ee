import { createHash, createHmac, randomBytes } from 'node:crypto';

/** An opaque token of 256 bits and what may be stored of it. */
export interface RefreshTokenText {
  readonly text: string;
  /** SHA-256, hex. */
  readonly hash: string;
}

const pattern = /^[\w-]{43}$/;

/** The first token of a sign-in: random. */
export function createRefreshToken(): RefreshTokenText {
  return tokenOf(randomBytes(32));
}

/** What a presented text would be stored as, or null when it cannot be a token of ours. */
export function readRefreshToken(text: string): RefreshTokenText | null {
  return pattern.test(text) ? { text, hash: hashOf(text) } : null;
}

/**
 * The token that follows one: always the same for the same token, and unguessable without the secret. So a request
 * that is repeated because its answer got lost gets the same answer, although no token is stored.
 */
export function successorOf(token: RefreshTokenText, secret: string): RefreshTokenText {
  return tokenOf(createHmac('sha256', `refresh-successor:${secret}`).update(token.text).digest());
}

function tokenOf(bytes: Buffer): RefreshTokenText {
  const text = bytes.toString('base64url');
  return { text, hash: hashOf(text) };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

import { createHash, randomBytes } from 'node:crypto';

/** A secret that is shown once: 192 random bits, and their hash, which is all that is kept. */
export function makeSecret(): { readonly secret: string; readonly hash: string } {
  const secret = randomBytes(24).toString('base64url');
  return { secret, hash: hashSecret(secret) };
}

/** Random enough that a plain hash cannot be tried out; looked up by it, nothing is compared letter by letter. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

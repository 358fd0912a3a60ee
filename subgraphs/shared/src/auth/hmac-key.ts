import { webcrypto } from 'node:crypto';

/** A secret as the key for HS256, imported once: given as bytes, it would be imported again for every token. */
export function hmacKey(secret: string, usage: 'sign' | 'verify'): Promise<webcrypto.CryptoKey> {
  const bytes = new TextEncoder().encode(secret);
  return webcrypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, [usage]);
}

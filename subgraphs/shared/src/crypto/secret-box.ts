import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/** Encrypts credentials that we must be able to use again: provider passwords, refresh tokens, webhook secrets. */
export interface SecretBox {
  /**
   * The sealed text, `v1.<key id>.<nonce>.<tag>.<ciphertext>`. `context` says what it belongs to (`provider:<id>`) and
   * is needed to open it, so that a sealed value copied into another row does not open there.
   */
  seal(plaintext: string, context: string): string;
  /** The plaintext; throws `SecretBoxError` for anything altered, foreign, or sealed with a key we no longer have. */
  open(sealed: string, context: string): string;
  /** Whether it was sealed with an older key, and should be sealed again when next written. */
  isOutdated(sealed: string): boolean;
}

export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
}

/**
 * AES-256-GCM with the current key; older keys still open what they sealed, which is how a key is rotated.
 * @param currentKey 32 bytes in base64. Throws `SecretBoxError` for any other length.
 */
export function createSecretBox(currentKey: string, olderKeys: readonly string[] = []): SecretBox {
  const current = readKey(currentKey);
  const keys = new Map([...olderKeys.map(readKey), current].map((key) => [key.id, key.bytes]));
  return {
    seal: (plaintext, context) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', current.bytes, nonce);
      cipher.setAAD(associatedData(current.id, context));
      const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      const parts = [nonce, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'));
      return [version, current.id, ...parts].join('.');
    },
    open: (sealed, context) => {
      const { keyId, nonce, tag, ciphertext } = split(sealed);
      const key = keys.get(keyId);
      if (!key) throw new SecretBoxError('Sealed with a key that is not configured');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
        decipher.setAAD(associatedData(keyId, context));
        decipher.setAuthTag(tag);
        return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
      } catch {
        throw new SecretBoxError('The sealed value was altered or belongs to something else');
      }
    },
    isOutdated: (sealed) => split(sealed).keyId !== current.id,
  };
}

const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;

function readKey(key: string): { id: string; bytes: Buffer } {
  const bytes = Buffer.from(key, 'base64');
  if (bytes.length !== 32) throw new SecretBoxError('An encryption key must be 32 bytes in base64');
  return { id: createHash('sha256').update(bytes).digest('hex').slice(0, 8), bytes };
}

function associatedData(keyId: string, context: string): Buffer {
  return Buffer.from(`${version}.${keyId}.${context}`, 'utf8');
}

function split(sealed: string): { keyId: string; nonce: Buffer; tag: Buffer; ciphertext: Buffer } {
  const [given, keyId, nonce, tag, ciphertext, ...rest] = sealed.split('.');
  const isComplete = keyId !== undefined && nonce !== undefined && tag !== undefined && ciphertext !== undefined;
  if (given !== version || !isComplete || rest.length > 0) throw new SecretBoxError('Not a sealed value');
  const read = (part: string): Buffer => Buffer.from(part, 'base64url');
  const parts = { keyId, nonce: read(nonce), tag: read(tag), ciphertext: read(ciphertext) };
  // A shorter tag would be accepted by GCM and be easier to forge.
  if (parts.nonce.length !== nonceBytes || parts.tag.length !== tagBytes)
    throw new SecretBoxError('Not a sealed value');
  return parts;
}

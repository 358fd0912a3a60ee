import { createHash, randomBytes } from 'node:crypto';

/** The parts of a key that may be stored and sent between processes. The secret is not among them. */
export interface ApiKeyReference {
  /** The readable name of the key, shown in lists and used to find it. */
  readonly keyId: string;
  /** SHA-256 of the secret, hex. 256 random bits need no slow hash. */
  readonly secretHash: string;
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const keyIdLength = 12;
const secretLength = 43;
const checksumLength = 6;
const pattern = new RegExp(`^cauce_([0-9A-Za-z]{${keyIdLength}})_([0-9A-Za-z]{${secretLength + checksumLength}})$`);

/**
 * Makes a key: `cauce_<keyId>_<secret><checksum>`. The prefix and the checksum let secret scanners recognise it and
 * the door refuse a mistyped one without a look-up. The text exists only in this answer.
 */
export function createApiKey(): ApiKeyReference & { readonly text: string } {
  const keyId = randomText(keyIdLength);
  const secret = randomText(secretLength);
  return { text: `cauce_${keyId}_${secret}${checksumOf(keyId, secret)}`, keyId, secretHash: hashOf(secret) };
}

/** What a key refers to, or null when the text is no key of ours: wrong shape or wrong checksum. */
export function parseApiKey(text: string): ApiKeyReference | null {
  const match = pattern.exec(text);
  const [keyId, rest] = [match?.[1], match?.[2]];
  if (keyId === undefined || rest === undefined) return null;
  const secret = rest.slice(0, secretLength);
  if (rest.slice(secretLength) !== checksumOf(keyId, secret)) return null;
  return { keyId, secretHash: hashOf(secret) };
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Guards against typing errors only; it is made from public parts and proves nothing. */
function checksumOf(keyId: string, secret: string): string {
  let rest = createHash('sha256').update(`${keyId}_${secret}`).digest().readUIntBE(0, 6);
  let text = '';
  for (let position = 0; position < checksumLength; position++) {
    text += alphabet.charAt(rest % alphabet.length);
    rest = Math.floor(rest / alphabet.length);
  }
  return text;
}

/** Each character equally likely: bytes beyond the last multiple of 62 are drawn again. */
function randomText(length: number): string {
  const limit = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < limit && text.length < length) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}

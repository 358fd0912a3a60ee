import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

/**
 * Reads the payload of JWTs that carry exactly this header and were signed with HS256 and this secret; null for any
 * other text. What the payload says, its expiry included, is for the caller to check.
 *
 * At once, where a library goes through the thread pool: the door reads a token in the time of one hash, and no
 * algorithm is ever taken from the token itself. The signature is compared as text, so only one spelling of it is good.
 */
export function createHs256Reader(
  secret: string,
  header: Readonly<Record<string, string>>,
): (token: string) => unknown {
  const key = createSecretKey(secret, 'utf8');
  const start = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.`;
  return (token) => {
    const end = token.lastIndexOf('.');
    if (!token.startsWith(start) || end < start.length) return null;
    const expected = createHmac('sha256', key).update(token.slice(0, end)).digest('base64url');
    if (!equalTexts(token.slice(end + 1), expected)) return null;
    return payloadOf(token.slice(start.length, end));
  };
}

/** In a time that does not tell where they differ. */
function equalTexts(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What was signed and still is no JSON is as good as nothing. */
function payloadOf(text: string): unknown {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) return null;
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return null;
  }
}
